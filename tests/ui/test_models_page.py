"""The models page: what is here, how another one comes, and what can be done with each."""

from __future__ import annotations

import json
import shutil
import threading
from functools import partial
from pathlib import Path

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.library import Library
from nearling.core.errors import EngineLost
from nearling.core.language_model import Resident, Setup
from nearling.core.writers import Speed
from nearling.instance.doorbell import Request
from nearling.settings.options import Options
from scripted.engines import ScriptedWriter, candidate, says
from scripted.voice import ScriptedVoice
from scripted.writer_folders import hub_folder
from scripted.writers import MEASURED
from ui.conftest import answering, spin, until
from ui.test_choosing_writers import button, open_menu
from ui.test_window import ended, press, receipt

__all__ = ["receipt"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """An account in which no other program has fetched anything."""
    home = tmp_path / "account"
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "OLLAMA_MODELS"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "home" / "models")


def speech_folder(folder: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, folder))


def open_page(window):
    press("ctrl+shift+m")
    until(lambda: window.models.page is not None and window.models.page.isVisible())
    until(window.models.page._computer.text)
    return window.models.page


def card(page, model: str):
    return until(lambda: page.cards.get(model))


def visible(card) -> list[str]:
    """What its buttons say."""
    from PySide6.QtWidgets import QPushButton

    return [each.text() for each in card.findChildren(QPushButton) if each.isVisible()]


def push(card, words: str) -> None:
    from PySide6.QtWidgets import QPushButton

    until(lambda: words in visible(card))
    (found,) = (each for each in card.findChildren(QPushButton) if each.text() == words)
    found.click()


def test_it_takes_the_conversations_place_and_gives_it_back(open_window):
    window = open_window(says("x"))
    page = open_page(window)
    assert "cores" in page._computer.text() or "core" in page._computer.text()
    assert not window.composer.isVisible()
    press("Escape")
    until(window.composer.text.hasFocus)
    assert not page.isVisible()
    open_page(window)
    page.back.click()
    until(window.composer.isVisible)
    open_page(window)
    press("ctrl+n")
    until(lambda: window.composer.isVisible() and not page.isVisible())


def test_the_menu_of_who_answers_leads_to_it(open_window):
    window = open_window(says("x"), id="quoting")
    menu = open_menu(window)
    at = [each.text() for each in menu.actions() if each.isEnabled() and each.text()]
    assert at[-1] == "Models …"
    press("Up", "Return")
    until(lambda: window.models.page is not None and window.models.page.isVisible())
    assert not menu.isVisible()


def test_it_says_of_each_model_what_it_is_and_how_it_runs(open_window, library, tmp_path):
    library.add(hub_folder(tmp_path / "quick", "_q4"))
    library.add(hub_folder(tmp_path / "slow", "_q4"))
    library.add(hub_folder(tmp_path / "new", "_q4"))
    library.add(speech_folder(tmp_path / "ears"))
    broken = hub_folder(tmp_path / "broken", "_q4")
    library.add(broken)
    (broken / "tokenizer.json").unlink()
    window = open_window(
        candidates=(
            candidate("quick", says("x"), tier=1, speed=Speed(200.0, 23.4)),
            candidate("slow", says("x"), tier=1, speed=Speed(20.0, 2.34)),
        )
    )
    page = open_page(window)
    card(page, "quick")
    told = {name: each.verdict.text() for name, each in page.cards.items()}
    assert told == {
        "broken": "Not whole",
        "ears": "Runs well",
        "new": "Fits · not measured yet",
        "quick": "Runs well · 23 tokens/s",
        "slow": "Slow here · 2.3 tokens/s",
    }
    looks = {name: each.verdict.property("look") for name, each in page.cards.items()}
    assert (looks["quick"], looks["slow"], looks["broken"]) == ("good", "bad", "bad")
    assert page.cards["quick"].about.text() == "Writes answers · q4 · 2,048 tokens · 1 MB"
    assert page.cards["ears"].about.text().startswith("Writes down what you say · ")
    assert page.cards["ears"].about.text().endswith(" MB · in use")
    assert page.cards["quick"].note.text().startswith("It needs about 0.2 GB of memory")
    assert "tokenizer.json" in page.cards["broken"].note.text()
    until(lambda: visible(page.cards["quick"]) == ["Measure", "Remove"])
    assert visible(page.cards["ears"]) == visible(page.cards["broken"]) == ["Remove"]


def test_a_shape_that_nobody_tried_is_called_untested(open_window, library, tmp_path):
    config = json.loads((hub_folder(tmp_path / "made", "_q4") / "config.json").read_text())
    library.add(hub_folder(tmp_path / "odd", "_q4", config=config | {"model_type": "gpt_neox"}))
    page = open_page(open_window(says("x")))
    assert "Untested" in card(page, "odd").note.text()


def test_a_dropped_folder_is_a_model_from_then_on(open_window, library, tmp_path):
    window = open_window(says("x"), id="quoting")
    dropped(window, hub_folder(tmp_path / "smol", "_q4"))
    page = until(lambda: window.models.page)
    card(page, "smol")
    assert [each.id for each in library.installed("writer")] == ["smol"]
    assert page.isVisible()
    assert len(window.landing.pending) == 0


def test_a_folder_and_a_picture_that_are_dropped_together_both_land(
    open_window, library, tmp_path, receipt
):
    window = open_window(says("x"), reads={"receipt.png": ["Total"]})
    dropped(window, hub_folder(tmp_path / "smol", "_q4"), receipt)
    until(lambda: len(window.landing.pending) == 1 and library.installed())


def test_what_lands_in_a_question_is_shown_in_place_of_the_page(open_window, tmp_path, receipt):
    voice = ScriptedVoice(tmp_path / "takes")
    window = open_window(says("x"), reads={"receipt.png": ["Total"]}, voice=voice)
    page = open_page(window)
    dropped(window, receipt)
    until(lambda: window.composer.isVisible() and not page.isVisible())
    open_page(window)
    window.receive(Request((), "Why?"))
    until(lambda: window.composer.isVisible() and not page.isVisible())
    open_page(window)
    voice.talking.begin(hands_free=True)
    until(lambda: window.composer.live.isVisible() and not page.isVisible())
    voice.talking.end_take()
    voice.talking.finish("Why?")
    until(lambda: not window.composer.live.isVisible())


def test_an_answer_that_ends_leaves_the_page_where_it_is(open_window):
    go = threading.Event()
    window = open_window(ScriptedWriter(go.wait, *says("x")._says))
    window.composer.text.setPlainText("Why?")
    window.composer.send.click()
    until(lambda: window.session._live is not None)
    page = open_page(window)
    go.set()
    ended(window)
    spin(0.2)
    assert page.isVisible()
    press("Escape")
    until(window.composer.isVisible)
    assert not page.isVisible()


def test_a_folder_that_is_no_model_is_said_to_be_none(open_window, library, tmp_path):
    (tmp_path / "holiday").mkdir()
    window = open_window(says("x"))
    dropped(window, tmp_path / "holiday")
    until(window.notice.isVisible)
    assert window.notice.sentence.text().startswith("There is no whole model in")
    assert window.notice.advice.text().endswith("drop the pictures in it.")
    assert (library.installed(), window.models.page) == ((), None)


def test_a_picked_folder_is_added(open_window, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    window = open_window(says("x"))
    window.models._pick_folder = lambda: str(folder)
    page = open_page(window)
    page.add.click()
    card(page, "smol")
    writers = window._house.writers
    writers.candidates += (candidate("smol", says("y"), tier=1),)
    window.models.changed.emit()
    until(lambda: window.models.known.find("smol"))


def test_what_other_programs_have_fetched_is_offered(open_window, library, elsewhere):
    from PySide6.QtWidgets import QPushButton

    hub = elsewhere / "huggingface" / "hub"
    usable = hub / "models--someone--smol" / "snapshots" / "1"
    hub_folder(usable, "_q4")
    other = hub / "models--someone--other" / "snapshots" / "1"
    other.mkdir(parents=True)
    (other / "model.safetensors").write_bytes(b"x")
    (other / "config.json").write_text('{"model_type": "llama"}')
    page = open_page(open_window(says("x")))
    until(lambda: len(page.offers) == 2)
    problems = [each.note.text() for each in page.offers if each.note.text()]
    assert len(problems) == 1
    assert "ONNX" in problems[0]
    offers = {each.accessibleName(): each for each in page.offers}
    assert not offers["someone/other"].findChildren(QPushButton)
    push(offers["someone/smol"], "Use it")
    card(page, "smol")
    until(lambda: [each.accessibleName() for each in page.offers] == ["someone/other"])


def test_what_is_removed_leaves_the_shelf_and_its_folder_stays(open_window, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    window = open_window(says("x"))
    writers = window._house.writers
    writers.in_memory = Resident(Setup(folder, 1024), 312)
    page = open_page(window)
    push(card(page, "smol"), "Remove")
    until(lambda: not page.cards)
    assert (library.installed(), folder.is_dir(), writers.rested) == ((), True, 1)


@pytest.mark.parametrize("answer", ["Delete", "Keep"])
def test_a_copy_is_deleted_only_if_that_is_meant(open_window, library, tmp_path, answer):
    copy = library.add(hub_folder(tmp_path / "smol", "_q4"), copy=True).folder
    page = open_page(open_window(says("x")))
    smol = card(page, "smol")

    def answer_it(box):
        (chosen,) = (each for each in box.buttons() if each.text() == answer)
        chosen.click()

    with answering(answer_it):
        push(smol, "Remove")
    until(lambda: copy.exists() is (answer == "Keep") and bool(page.cards) is (answer == "Keep"))


def test_what_is_in_memory_is_seen_and_sent_to_sleep(open_window, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    window = open_window(says("x"))
    page = open_page(window)
    smol = card(page, "smol")
    assert "Let it sleep" not in visible(smol)
    window._house.writers.in_memory = Resident(Setup(folder, 1024), 312)
    until(lambda: smol.about.text().endswith(" · in memory, 312 MB"))
    push(smol, "Let it sleep")
    until(lambda: "in memory" not in smol.about.text())
    assert window._house.writers.rested == 1
    assert "Let it sleep" not in visible(smol)


def test_while_a_question_is_answered_its_model_is_let_be(open_window, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    go = threading.Event()
    window = open_window(ScriptedWriter(go.wait, *says("x")._says))
    window._house.writers.in_memory = Resident(Setup(folder, 1024), 312)
    window.composer.text.setPlainText("Why?")
    window.composer.send.click()
    until(lambda: window.session._live is not None)
    page = open_page(window)
    smol = card(page, "smol")
    until(lambda: "in memory" in smol.about.text())
    until(lambda: visible(smol) == ["Remove"])
    go.set()
    until(lambda: visible(smol) == ["Measure", "Let it sleep", "Remove"])


def test_a_model_is_measured_once_at_a_time(open_window, library, tmp_path):
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    library.add(hub_folder(tmp_path / "other", "_q4"))
    window = open_window(says("x"))
    writers = window._house.writers
    go = threading.Event()
    measure = writers.measure

    def slowly(id, cancellation):
        go.wait(60)
        writers.candidates = (candidate("smol", says("x"), tier=1, speed=Speed(200.0, 23.4)),)
        return measure(id, cancellation)

    writers.measure = slowly
    page = open_page(window)
    smol = card(page, "smol")
    push(smol, "Measure")
    until(lambda: visible(smol) == ["Stop", "Remove"])
    until(lambda: visible(page.cards["other"]) == ["Remove"])
    assert smol.note.text().startswith("It is being measured")
    go.set()
    until(lambda: smol.verdict.text() == "Runs well · 23 tokens/s")
    until(lambda: visible(smol) == ["Measure", "Remove"])
    assert (writers.measured, writers.measures) == (["smol"], MEASURED)


def test_a_measurement_that_is_stopped_or_fails_is_over(open_window, library, tmp_path):
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    window = open_window(says("x"))
    writers = window._house.writers
    started = threading.Event()

    def until_cancelled(id, cancellation):
        del id
        started.set()
        while True:
            threading.Event().wait(0.01)
            cancellation.check()

    measure, writers.measure = writers.measure, until_cancelled
    page = open_page(window)
    smol = card(page, "smol")
    push(smol, "Measure")
    until(started.is_set)
    push(smol, "Stop")
    until(lambda: visible(smol) == ["Measure", "Remove"])
    assert not window.notice.isVisible()
    writers.measure, writers.measures = measure, EngineLost("It died.", "Try a smaller one.")
    push(smol, "Measure")
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "It died."
    until(lambda: visible(smol) == ["Measure", "Remove"])


def test_a_speech_model_that_comes_writes_down_what_waits(open_window, tmp_path):
    voice = ScriptedVoice(tmp_path / "takes")
    window = open_window(says("x"), voice=voice)
    looked = []
    window.talk.model.look_again = partial(looked.append, True)
    window.models.changed.connect(window.talk.model.look_again)
    dropped(window, speech_folder(tmp_path / "ears"))
    until(lambda: looked)


def test_the_chosen_speech_model_is_in_use(open_window, library, tmp_path):
    for name in ("one", "two"):
        library.add(speech_folder(tmp_path / name))
    page = open_page(open_window(says("x"), options=Options(speech_model="two")))
    assert "in use" in card(page, "two").about.text()
    assert "in use" not in page.cards["one"].about.text()


def test_it_is_reached_by_the_list_and_says_its_keys(open_window):
    from PySide6.QtWidgets import QPushButton

    window = open_window(says("x"))
    (icon,) = (
        each for each in window.panel.findChildren(QPushButton) if each.accessibleName() == "Models"
    )
    assert icon.toolTip() == "Models (Ctrl+Shift+M)"
    icon.click()
    until(lambda: window.models.page is not None and window.models.page.isVisible())
    assert button(window) is not None
    assert any(each.text() == "Models" for each in window.actions())


def dropped(window, *paths) -> None:
    """As the desktop tells it."""
    from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    mime, middle = QMimeData(), window.rect().center()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    around = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    QApplication.sendEvent(window, QDragEnterEvent(middle, *around))
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), *around))
