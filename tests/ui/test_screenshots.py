"""The pictures in the README: the demonstration's questions, asked of real engines in the window.

They are renewed by `NEARLING_SCREENSHOTS=1 python3 dev.py test tests/ui/test_screenshots.py`.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from nearling.app import App
from nearling.assistant.routing import Rules
from nearling.bench.demo.asking import ERRANDS, Errand
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.media import Capture, Medium
from nearling.core.writers import Price, Zone
from nearling.engines.registry import DECODERS, DOCUMENT_READERS, READERS
from nearling.instance.doorbell import Request
from nearling.settings.assets import assets
from nearling.ui.chat.turn_view import State
from scripted.papers import papers as read_papers
from ui.conftest import spin, until

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"
RECEIPT, ERROR, TABLE = (
    next(errand for errand in ERRANDS if errand.name == name)
    for name in ("receipt", "error", "table")
)
SIZE = (1280, 820)
LARGEST = 200_000


@pytest.fixture
def a_desktops_font(qt):
    """One that a desktop would have: Qt takes the system's, and a bare system has but one."""
    from PySide6.QtGui import QFont, QFontDatabase

    before = qt.font()
    files = (assets() / "fonts" / "open-sans").glob("*.ttf")
    added = [QFontDatabase.addApplicationFont(str(file)) for file in files]
    qt.setFont(QFont(QFontDatabase.applicationFontFamilies(added[0])[0]))
    yield
    qt.setFont(before)
    for each in added:
        QFontDatabase.removeApplicationFont(each)


@pytest.fixture
def awake(engines):
    """The engines whose children that read were there before the window's threads are counted."""
    for family in (DECODERS[0].family, DOCUMENT_READERS[0].family, READERS[0].family):
        engines._supervisors[family].warm()
    return engines


@pytest.fixture
def app(tmp_path, monkeypatch, awake):
    monkeypatch.setenv("NEARLING_HOME", str(tmp_path / "home"))
    children = (*awake._supervisors.values(), awake._patient)
    before = [child.pid for child in children]
    with App() as app:
        app.pool = awake
        yield app
        del app.pool  # one of its own it would close
    for child, pid in zip(children, before, strict=True):
        if child.pid != pid:  # what came in a test goes with it
            child.close()


@pytest.fixture
def open_real_window(awake, themed, a_desktops_font, app):
    """Opens the window before the real house, in which other things were asked before."""
    from nearling.ui.tasks import Tasks
    from nearling.ui.window import MainWindow

    opened = []

    def build(theme, *before, house=app):
        for errand in before:
            capture = Capture(Medium.PICTURE, errand.picture.file, errand.picture.data())
            list(app.assistant.answer(Draft(errand.question, (capture,)), Rules(), Cancellation()))
        window = MainWindow(house, themed(theme), Tasks())
        opened.append(window)
        window.show()
        window.activateWindow()
        until(window.isActiveWindow)
        window.begin_talking()
        window.composer.text.setFocus()
        return window

    yield build
    for window in opened:
        window.close()
        window.deleteLater()
    spin(0.05)


def ask(window, errand: Errand):
    """Brings picture and question along and sends them by a key; the answered turn's widget."""
    window.receive(Request((str(assets() / "demo" / errand.picture.file),), errand.question))
    until(lambda: len(window.landing.pending) == 1)
    subprocess.run(["xdotool", "mousemove", "1500", "900", "key", "Return"], check=True)
    turn = until(lambda: len(window.session.transcript) and window.transcript.widget(0))
    until(lambda: turn.view.finished and not window.session.is_busy, 60)
    assert turn.view.state is State.ANSWERED
    assert any(truth in turn.view.text for truth in errand.truths)
    until(lambda: shows_places(turn._canvases[0][1]))
    until(lambda: window.panel.model.rowCount() >= 4)  # the day, and three conversations
    return turn


def shows_places(canvas) -> bool:
    return canvas._shown is not None and any(canvas._regions)


def keep(window, name: str, *, focused=None) -> None:
    """Writes what is seen to where the README shows it, if that is wanted."""
    (focused or window.composer.text).setFocus()
    spin(0.1)  # what was changed is painted
    seen = window.grab()
    assert (seen.width(), seen.height()) == SIZE
    if os.environ.get("NEARLING_SCREENSHOTS"):
        file = SCREENSHOTS / name
        file.parent.mkdir(exist_ok=True)
        seen.save(str(file))
        if file.stat().st_size >= LARGEST:  # a photograph is in it: a palette is hardly seen there
            with Image.open(file) as picture:
                small = picture.convert("RGB").quantize(256)
            small.save(file, optimize=True)


def test_the_line_that_answers_is_outlined(open_real_window):
    window = open_real_window("light", RECEIPT, TABLE)
    ask(window, ERROR)
    keep(window, "light.png")


def test_a_clicked_picture_is_opened_with_the_places_outlined(open_real_window):
    window = open_real_window("dark", ERROR, TABLE)
    small = ask(window, RECEIPT)._canvases[0][1]
    middle = small.mapToGlobal(small.rect().center())
    moved = ("mousemove", str(middle.x()), str(middle.y()))
    subprocess.run(["xdotool", *moved, "click", "1", "mousemove", "1500", "900"], check=True)
    until(window.looking.pictures.isVisible)
    large = window.looking.pictures.canvas
    until(lambda: shows_places(large) and large._shown.image.height() == large._shown.height)
    keep(window, "dark.png")


def test_consent_is_asked_with_what_would_leave(open_real_window, app):
    price = Price(150_000, 600_000)
    model = RemoteModel("openai/gpt-4o-mini", context_length=128_000, price=price)
    endpoint = Endpoint("openrouter", "https://openrouter.ai/api/v1", (model,), Zone.CLOUD)
    app.endpoints.add(endpoint)
    app.options = replace(app.options, new_mode="ask")
    window = open_real_window("light", ERROR, TABLE)
    question = "Write a friendly note to the bakery about this receipt."
    window.receive(Request((str(assets() / "demo" / RECEIPT.picture.file),), question))
    until(lambda: len(window.landing.pending) == 1)
    subprocess.run(["xdotool", "mousemove", "1500", "900", "key", "Return"], check=True)
    turn = until(lambda: len(window.session.transcript) and window.transcript.widget(0))
    until(lambda: turn.view.finished and not window.session.is_busy, 60)
    assert turn.view.state is State.WAITING
    until(lambda: window.panel.model.rowCount() >= 4)
    spin(0.5)
    keep(window, "consent.png")
    assert app.history.connections() == ()


@pytest.fixture
def papers(tmp_path):
    """Receipts and invoices of made-up shops; the date of one can be read in two ways."""
    text = Path(__file__).parents[1] / "engines" / "local" / "built_in" / "extraction"
    wanted = ("kettle", "weber", "parking", "diner", "repair", "coworking")
    made = {paper.name: paper for paper in read_papers(text / "papers.txt")}
    files = [tmp_path / f"{name}.jpg" for name in wanted]
    for name, file in zip(wanted, files, strict=True):
        file.write_bytes(made[name].picture())
    return files


def test_a_table_is_made_of_receipts(open_real_window, papers):
    window = open_real_window("light", RECEIPT, ERROR)
    window.extractions.open_page()
    page = window.extractions.page
    window.extractions.extracting.add(papers)
    until(lambda: len(page.sheet.paths) == len(papers))
    page.run.click()
    until(lambda: page.sheet.counted()[0] == len(papers) and page.run.isVisible(), 90)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 1))
    until(page.preview.isVisible)
    assert page.preview.canvas._regions[0] is not None
    assert page.sheet.text(0, 1) == "THE COPPER KETTLE"
    assert page.sheet.is_doubtful(0, 0)
    assert [page.sheet.text(row, 2) for row in range(3)] == ["11.40", "11,37", "4,50 EUR"]
    until(lambda: window.panel.model.rowCount() >= 3)
    keep(window, "table.png", focused=page.table)


@pytest.mark.parametrize("name", ["light.png", "dark.png", "consent.png", "table.png"])
def test_the_readme_shows_them(name):
    file = SCREENSHOTS / name
    assert file.stat().st_size < LARGEST
    with Image.open(file) as picture:
        assert picture.size == SIZE
    assert f"docs/screenshots/{name}" in (SCREENSHOTS.parents[1] / "README.md").read_text("utf-8")
