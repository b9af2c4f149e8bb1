"""Documents in the window: they land, are cited with their page, and are looked at beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nearling.assistant.assistant import Assistant
from nearling.assistant.documents import Documents
from nearling.core.conversation import Citation
from nearling.core.document import Page, PageKind, Pages
from nearling.core.errors import UnusableFile
from nearling.core.events import Cited, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.instance.doorbell import Request
from scripted.engines import ScriptedWriter, reading_of, says
from ui.conftest import spin, until
from ui.test_window import ended, press, shown, type_into

PAGES = tuple(
    ("Lease", f"This is page {number}", *(("The deposit is 1,250",) if number in (3, 9) else ()))
    for number in range(1, 13)
)


@pytest.fixture
def lease(tmp_path):
    file = tmp_path / "lease.pdf"
    file.write_bytes(b"%PDF-1.7 a lease")
    return file


@pytest.fixture
def notes(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("a lease")
    return file


def citing(file, page=3):
    digest = Capture(Medium.DOCUMENT, file.name, file.read_bytes()).digest
    place = Citation(file.name, digest, "The deposit is 1,250", Box(0, 40, 100, 56), page)
    return ScriptedWriter(Delta("1,250"), Cited(place), Finished(1, 1))


def bring(window, *files):
    window.receive(Request(tuple(map(str, files))))
    until(lambda: len(window.landing.pending) == len(files))


def document_chip(window, at=0):
    digest = window.landing.pending.captures[at].digest
    return window.composer.document_chip(digest)


def asked_about(open_window, file, theme="light"):
    """A window in which a question about `file` was answered from its third page."""
    window = open_window(citing(file), opens={file.name: PAGES}, theme=theme)
    bring(window, file)
    type_into(window, "What is the deposit?")
    ended(window)
    turn = shown(window)
    until(lambda: turn._citations.buttons)
    return window, turn


def click(widget):
    """Once it stands still: what has just been read may still be finding its width."""
    middle = None

    def still():
        nonlocal middle
        before, middle = middle, widget.mapToGlobal(widget.rect().center())
        spin(0.1)
        now = widget.mapToGlobal(widget.rect().center())
        return widget.isVisible() and widget.isEnabled() and before == middle == now

    until(still)
    moved = ("mousemove", str(middle.x()), str(middle.y()))
    subprocess.run(["xdotool", *moved, "click", "1"], check=True)


def page_shown(window, number):
    pane = window.looking.documents
    until(lambda: pane.isVisible() and pane._leaf is not None and pane._leaf.number == number)
    return pane


def test_a_document_lands_and_is_read_ahead(open_window, lease):
    window = open_window(says("x"), opens={"lease.pdf": PAGES})
    bring(window, lease)
    chip = document_chip(window)
    until(lambda: chip.state.text() == "Read, 12 pages")
    click(chip.remove)
    until(lambda: not len(window.landing.pending))


def test_how_far_a_document_is_read_is_seen_and_can_be_stopped(open_window, lease):
    go, stopped = threading.Event(), threading.Event()

    class Slow:
        def open(self, document, cancellation):
            yield Pages(12, PageKind.PAGE)
            for number, texts in enumerate(PAGES, 1):
                if number == 6:
                    go.wait(20)
                if cancellation.cancelled:
                    stopped.set()
                cancellation.check()
                yield Page(number, PageKind.PAGE, "", reading_of(document, *texts))

    def with_slow(history, reader, engine, heard, writers, *, documents, **more):
        slow = Documents(history, Slow(), reader, engine)
        return Assistant(history, reader, engine, heard, writers, documents=slow, **more)

    window = open_window(says("x"), assistant=with_slow)
    bring(window, lease)
    chip = document_chip(window)
    until(lambda: chip.state.text() == "Reading page 6 of 12")
    click(chip.remove)
    until(lambda: not len(window.landing.pending))
    go.set()
    until(stopped.is_set)


def test_what_cannot_be_read_says_so_on_its_chip(open_window, lease):
    locked = UnusableFile("lease.pdf is locked with a password.", "Save it without one.")
    window = open_window(says("x"), opens={"lease.pdf": locked})
    bring(window, lease)
    chip = document_chip(window)
    until(lambda: "locked" in chip.state.text())
    assert chip.state.text() == "lease.pdf is locked with a password. Save it without one."
    assert not window.notice.isVisible()


def test_several_of_several_kinds_land_together(open_window, lease, notes, tmp_path):
    from scripted.pictures import draw, saved

    picture = saved(draw("Total: 12.50"), tmp_path / "bill.png").rename(tmp_path / "bill.dat")
    opens = {"lease.pdf": PAGES, "notes.txt": PAGES[:1]}
    window = open_window(says("x"), opens=opens)
    bring(window, lease, picture, notes)
    media = {each.name: each.medium for each in window.landing.pending.captures}
    assert media == {
        "lease.pdf": Medium.DOCUMENT,
        "bill.dat": Medium.PICTURE,
        "notes.txt": Medium.DOCUMENT,
    }


def test_a_citation_names_its_page_and_opens_it(open_window, lease):
    window, turn = asked_about(open_window, lease)
    (cite,) = turn._citations.buttons
    assert cite.text() == "[1]  “The deposit is 1,250”  in lease.pdf, page 3"
    cite.setFocus()
    press("Return")
    pane = page_shown(window, 3)
    assert pane.canvas._regions == (Box(0, 40, 100, 56),)
    assert pane.canvas._lit == 0
    until(lambda: pane.number.maximum() == 12)
    assert pane._of.text() == "of 12"
    assert window._house.page_renderer.asked == [3]
    press("Escape")
    until(lambda: not pane.isVisible())


def test_a_document_is_leafed_through_by_buttons_keys_and_numbers(open_window, notes):
    window, turn = asked_about(open_window, notes)
    turn.attached[0].button.click()
    pane = page_shown(window, 3)  # where the answer rests
    until(lambda: pane.number.maximum() == 12)
    assert window._house.page_renderer.asked == []  # drawn from what was read
    pane.behind.click()
    page_shown(window, 4)
    assert pane.canvas._regions == (None,)
    pane.canvas.setFocus()
    press("Prior")
    page_shown(window, 3)
    pane.number.setFocus()
    pane.number.selectAll()
    subprocess.run(["xdotool", "type", "--delay", "8", "12"], check=True)
    press("Return")
    page_shown(window, 12)
    assert not pane.behind.isEnabled()
    assert "page 12" in pane.canvas.accessibleName()
    assert len(pane._leaves._kept) <= 2
    scale = pane.magnifier.scale
    press("ctrl+plus")
    until(lambda: pane.magnifier.scale > scale)


def test_words_are_found_page_by_page(open_window, notes):
    window, turn = asked_about(open_window, notes)
    turn.attached[0].button.click()
    pane = page_shown(window, 3)
    pane.canvas.setFocus()
    press("ctrl+f")
    until(pane.find_bar.words.hasFocus)
    subprocess.run(["xdotool", "type", "--delay", "8", "DEPOSIT is"], check=True)
    until(lambda: pane.find_bar.count.text() == "1 of 2")
    assert pane.canvas.selected_text == "deposit is"
    press("Return")
    page_shown(window, 9)
    until(lambda: pane.canvas.selected_text == "deposit is")
    assert pane.find_bar.count.text() == "2 of 2"
    pane.find_bar.words.setText("nowhere")
    until(lambda: pane.find_bar.count.text() == "Not found")
    press("Escape")
    until(lambda: not pane.find_bar.isVisible())
    assert pane.isVisible()


def test_text_of_a_page_is_selected_and_copied(open_window, notes, qt):
    window, turn = asked_about(open_window, notes)
    turn.attached[0].button.click()
    pane = page_shown(window, 3)
    pane.canvas.setFocus()
    press("ctrl+a")
    until(lambda: pane.canvas.selected_text)
    press("ctrl+c")
    until(lambda: qt.clipboard().text() == "Lease\nThis is page 3\nThe deposit is 1,250")


def test_a_picture_takes_the_documents_place_and_the_other_way_round(open_window, notes, tmp_path):
    from nearling.core.media import Attachment

    window, turn = asked_about(open_window, notes)
    turn.attached[0].button.click()
    pane = page_shown(window, 3)
    wide = pane.width()
    window.looking.open(turn.view, Attachment(Medium.PICTURE, "a.png", "0" * 64, 0))
    until(window.looking.pictures.isVisible)
    assert not pane.isVisible()
    assert abs(window.looking.pictures.width() - wide) < 4
    window.looking.open(turn.view, turn.view.attachments[0])
    page_shown(window, 3)
    assert not window.looking.pictures.isVisible()


@pytest.mark.alone
def test_no_event_takes_long_with_500_pages(display, application, tmp_path, capsys):
    file = tmp_path / "long.txt"
    file.write_text("a long document")
    program = Path(__file__).with_name("timed_document.py")
    environ = os.environ | {"NEARLING_HOME": str(tmp_path / "home"), "DISPLAY": display}
    timed = subprocess.run(
        [sys.executable, str(program), str(file)],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (timed.returncode, timed.stderr) == (0, "")
    slowest = {what: min(times) for what, times in json.loads(timed.stdout).items()}
    with capsys.disabled():
        print("\nslowest events:", {what: f"{ms:.1f} ms" for what, ms in slowest.items()})
    assert all(ms <= 16.0 for ms in slowest.values()), slowest
