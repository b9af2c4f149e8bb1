"""What can be done with a picture, a document or the clipboard without writing a question."""

from __future__ import annotations

import pytest

from nearling.core.errors import UnusableFile
from nearling.core.events import Delta, Finished
from nearling.core.means import Means
from nearling.core.media import Medium
from nearling.settings.options import Options
from scripted.engines import ScriptedWriter, says
from scripted.pictures import draw, saved
from ui.conftest import until
from ui.test_document_pane import asked_about, bring, click, document_chip, page_shown
from ui.test_window import ended, press, shown, type_into

LONG = tuple((f"Page {number} has quite a few words on it, " * 4,) for number in range(1, 13))


@pytest.fixture
def log(tmp_path):
    file = tmp_path / "build.log"
    file.write_text("a log")
    return file


@pytest.fixture
def receipt(tmp_path):
    return saved(draw("Apples: 3.20", "Total: 12.50 EUR"), tmp_path / "receipt.png")


def opened(window):
    menu = until(lambda: window.acting.menu)
    until(menu.isVisible)
    return menu


def names(menu, *, enabled=True):
    actions = [each for each in menu.actions() if not each.isSeparator()]
    return [each.text() for each in actions if each.isEnabled() is enabled]


def test_only_what_works_can_be_chosen(open_window, log):
    window = open_window(says("x"), opens={"build.log": (("short",),)})
    bring(window, log)
    until(lambda: document_chip(window).state.text() == "Read, 1 page")
    click(document_chip(window).more)
    menu = opened(window)
    until(menu.read.isEnabled)
    until(lambda: window._tasks.idle)
    assert names(menu) == ["Read text", "Copy all text", "Save as …"]
    from shiboken6 import isValid

    press("Escape")
    until(lambda: not (isValid(menu) and menu.isVisible()))


def test_an_error_is_explained_where_somebody_here_can(open_window, log):
    knows = ScriptedWriter(Delta("It is full."), Finished(0, 0, means=Means.EXPLAINED))
    window = open_window(knows, opens={"build.log": LONG})
    bring(window, log)
    until(lambda: document_chip(window).state.text() == "Read, 12 pages")
    window.composer.text.setPlainText("what I was writing")
    click(document_chip(window).more)
    menu = opened(window)
    until(lambda: menu.explain.isEnabled() and menu.summarise.isEnabled())
    press("Down", "Down", "Down", "Return")
    view = ended(window)
    assert (view.question, view.text) == ("Explain this error", "It is full.")
    assert [each.name for each in view.attachments] == ["build.log"]
    assert len(window.landing.pending) == 0
    assert window.composer.text.toPlainText() == "what I was writing"


def test_one_of_several_is_asked_about_alone(open_window, log, receipt):
    window = open_window(says("done"), opens={"build.log": LONG})
    bring(window, log, receipt)
    digest = next(
        each.digest for each in window.landing.pending.captures if each.name == "build.log"
    )
    until(lambda: window.composer.document_chip(digest).state.text() == "Read, 12 pages")
    window.acting.offer_pending(digest)
    menu = opened(window)
    until(menu.summarise.isEnabled)
    menu.summarise.trigger()
    view = ended(window)
    assert view.question == "Summarise this"
    assert [each.name for each in view.attachments] == ["build.log"]
    assert [each.name for each in window.landing.pending.captures] == ["receipt.png"]


def test_own_actions_stand_in_the_menu(open_window, receipt):
    options = Options(own_actions="Deadline = By when = at the latest?\nnonsense\n= no name")
    window = open_window(says("Friday"), options=options)
    bring(window, receipt)
    digest = window.landing.pending.captures[0].digest
    window.composer.chip(digest).canvas.setFocus()
    press("Menu")
    menu = opened(window)
    assert [each.text() for each in menu.own] == ["Deadline"]
    menu.own[0].trigger()
    assert ended(window).question == "By when = at the latest?"


def test_what_was_asked_about_before_can_be_acted_on_again(open_window, log, qt):
    window, turn = asked_about(open_window, log)
    turn.attached[0].more.click()
    menu = opened(window)
    until(menu.copy_all.isEnabled)
    menu.copy_all.trigger()
    menu.close()
    until(lambda: qt.clipboard().text().startswith("Lease\nThis is page 1\n\nLease\nThis is"))
    assert window.composer._hint.text() == "All of the text is on the clipboard."
    turn.attached[0].button.click()
    pane = page_shown(window, 3)
    window.acting.menu = None
    pane.canvas.setFocus()
    press("Menu")
    menu = opened(window)
    until(menu.read.isEnabled)
    menu.read.trigger()
    view = ended(window, 1)
    assert view.question == "Write it down"
    assert [each.medium for each in view.attachments] == [Medium.DOCUMENT]


def test_what_stays_here_stays_here_when_it_is_acted_on(open_window, log, history):
    window = open_window(says("x"), opens={"build.log": LONG})
    bring(window, log)
    window.composer.lock.setChecked(True)
    type_into(window, "What is it?")
    ended(window)
    turn = shown(window)
    window.acting.offer(turn.view, turn.view.attachments[0], window.pos())
    menu = opened(window)
    until(menu.summarise.isEnabled)
    menu.summarise.trigger()
    assert ended(window, 1).local_only


def test_nothing_is_asked_elsewhere_than_where_it_was_brought(open_window, log):
    window, turn = asked_about(open_window, log)
    window.open_new()
    window.acting.offer(turn.view, turn.view.attachments[0], window.pos())
    menu = opened(window)
    until(menu.copy_all.isEnabled)
    assert names(menu) == ["Copy all text", "Save as …"]
    menu.close()


def test_it_is_saved_as_it_came(open_window, log, tmp_path):
    window, turn = asked_about(open_window, log)
    fetch = lambda: window.acting._fetched(turn.view.attachments[0])  # noqa: E731
    window.acting.write(tmp_path / "copy.log", fetch)
    until(lambda: window.composer._hint.text() == "Saved as copy.log.")
    assert (tmp_path / "copy.log").read_bytes() == log.read_bytes()
    window.acting.write(tmp_path / "missing" / "copy.log", fetch)
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "copy.log could not be written."


def test_text_of_the_clipboard_is_taken_and_offered(open_window, qt, monkeypatch):
    from nearling.capture import mime

    class Noon(mime.datetime):
        @classmethod
        def now(cls, _zone=None):
            return cls(2026, 3, 4, 12, 0, 0)

    monkeypatch.setattr(mime, "datetime", Noon)
    name = "text 2026-03-04 12.00.00.txt"
    window = open_window(says("x"), opens={name: LONG})
    qt.clipboard().setText("It failed with error 17.")
    press("ctrl+shift+v")
    menu = opened(window)
    (capture,) = window.landing.pending.captures
    assert (capture.medium, capture.name) == (Medium.DOCUMENT, name)
    assert capture.data == b"It failed with error 17."
    until(lambda: document_chip(window).state.text() == "Read, 12 pages")
    menu.close()


def test_an_empty_clipboard_is_told(open_window, qt):
    window = open_window(says("x"))
    qt.clipboard().clear()
    window.resize(1280, 820)
    until(window.composer.clipboard.isVisible)
    click(window.composer.clipboard)
    sentence = "There is no picture, file or text on the clipboard."
    until(lambda: window.composer._hint.text() == sentence)


def test_own_actions_are_kept_with_their_lines(open_window):
    from nearling.settings.store import load_options
    from nearling.ui.dialogs.settings import SettingsDialog

    window = open_window(says("x"))
    dialog = SettingsDialog(Options(), "settings.toml", window)
    told = []
    dialog.changed.connect(told.append)
    dialog.show()
    field = dialog.field("own_actions")
    field.setFocus()
    field.insertPlainText("Due = When?\nWho = Who pays?")
    dialog.accept()
    until(lambda: told)
    window._use(told[-1])
    kept = load_options(window._house.paths.settings_file)
    assert kept.own_actions == "Due = When?\nWho = Who pays?"


def test_a_document_that_cannot_be_read_offers_nothing(open_window, log):
    window = open_window(says("x"), opens={"build.log": UnusableFile("It is damaged.", "Sorry.")})
    bring(window, log)
    until(lambda: "damaged" in document_chip(window).state.text())
    assert not document_chip(window).more.isVisible()
