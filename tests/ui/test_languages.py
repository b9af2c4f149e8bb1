"""No text of the window is left untranslated, and none is cut off where another is longer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from nearling import __version__
from nearling.core.conversation import Citation
from nearling.core.errors import ModelMissing
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.language_model import Resident, Setup
from nearling.core.speech_models import Suggestion
from nearling.core.talk import (
    HandsFree,
    ListeningAhead,
    NothingArrives,
    SomethingArrives,
    Troubled,
)
from nearling.core.writers import Speed
from nearling.settings.options import Options
from scripted.catalogues import make_pseudo, untranslated
from scripted.engines import ScriptedWriter, candidate, citation, says
from scripted.voice import ScriptedVoice
from scripted.writer_folders import hub_folder
from ui.conftest import answering, spin, until
from ui.reading import cut_off, texts
from ui.test_window import drop, ended, receipt, shown

__all__ = ["receipt"]

SAME_EVERYWHERE = (
    "Nearling", __version__, "Ctrl", "Shift", "Enter", "Return", "Esc", "Tab", "Home", "End", "F1",
    "F9", "USD", "Python", "Linux", "scripted", "receipt.png", "python", "PgUp",
    *(f"+{letter}" for letter in "NOFLVACQWMET"),
)  # fmt: skip


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory):
    return make_pseudo(tmp_path_factory.mktemp("locale"))


@pytest.fixture(params=["pseudo", "de"])
def language(request, monkeypatch, pseudo):
    chosen = pseudo if request.param == "pseudo" else {"NEARLING_LANGUAGE": "de"}
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    return request.param


def read(window, language: str, *known: str) -> None:
    """Looks at all of `window` once it is laid out; `known` is what a person or a picture said."""

    def wrong() -> list[tuple[str, str]]:
        same = (*SAME_EVERYWHERE, *known)
        foreign = language == "pseudo"
        left = [each for each in texts(window) if foreign and untranslated(each[1], same)]
        return left + cut_off(window)

    for _ in range(200):
        if not wrong():
            return
        spin(0.02)
    assert wrong() == []


def ask(window) -> None:
    """Whether real keys arrive is asked elsewhere."""
    window.composer.text.setPlainText("123?")
    window.composer.send.click()


@pytest.mark.parametrize("width", [1280, 860])
def test_an_empty_window(open_window, language, width):
    window = open_window(says("x"))
    window.resize(width, 700)
    until(lambda: window.width() == width)
    read(window, language)


def test_a_conversation(open_window, language, receipt):
    window = open_window(
        ScriptedWriter(
            Delta("7 *8*\n\n```python\n9\n```\n"), Cited(citation("12.50")), Finished(1, 1)
        ),
        reads={"receipt.png": ["Total"]},
        id="quoting",
    )
    drop(window, receipt)
    until(lambda: window.landing.pending.captures and not window.landing._under_way)
    (chip,) = window.composer._chips.values()
    until(lambda: "1" in chip.state.text())
    read(window, language)
    ask(window)
    ended(window)
    shown(window)._canvases[0][1].opened.emit()
    until(window.looking.pictures.isVisible)
    window.tell_bug("0")
    until(lambda: window.panel.model.rowCount() == 2)
    read(window, language, "quoting", "a.png", "7 *8*")
    shown(window)._badge.click()
    (popup,) = (
        each for each in window.findChildren(type(shown(window)._bubble)) if each.isWindow()
    )
    read(popup, language, "quoting")
    popup.close()


@pytest.mark.parametrize("width", [1280, 860])
def test_answers_of_a_language_model(open_window, language, width):
    from PySide6.QtWidgets import QApplication

    room = 512 + 100
    small = candidate("m-1", says(*["7 “8” "] * 40), tier=2, context_length=room)
    window = open_window(candidates=(small, candidate("m-2", says("9"), tier=1)))
    window.resize(width, 760)
    until(lambda: window.width() == width)
    for row in range(2):
        ask(window)
        ended(window, row)
    until(shown(window, 1).remarks.whole.isVisible)
    read(window, language, "m-1", "m-2", "“8”")
    shown(window, 1).remarks.whole.click()
    until(lambda: ended(window, 1).text == "9")
    shown(window, 1).anew.again.click()
    read(window, language, "m-1", "m-2", "“8”")
    menu = until(QApplication.activePopupWidget)
    left = [each.text() for each in menu.actions() if untranslated(each.text(), ("m-1", "m-2"))]
    assert left == [] or language != "pseudo"
    menu.close()


@pytest.mark.parametrize("width", [1280, 860])
def test_the_models_page(open_window, language, width, tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    cached = tmp_path / "huggingface" / "hub" / "models--1--2" / "snapshots" / "3"
    hub_folder(cached, "_q4")
    window = open_window(
        candidates=(candidate("4", says("5"), tier=1, speed=Speed(200.0, 23.4)),),
    )
    window.resize(width, 700)
    until(lambda: window.width() == width)
    here = hub_folder(tmp_path / "4", "_q4")
    window._house.library.add(here)
    copy = window._house.library.add(hub_folder(tmp_path / "6", "_int8"), copy=True).folder
    (copy / "tokenizer.json").unlink()
    window._house.writers.in_memory = Resident(Setup(here, 1024), 312)
    window.models.open_page()
    page = until(lambda: window.models.page)
    until(lambda: len(page.cards) == 2 and page.offers and page._resident)
    folders = (str(copy), str(cached), str(here))
    known = ("q4", "Hugging Face", "GB", "MB", "tokenizer.json", *folders)
    read(window, language, *known)

    def look(box) -> None:
        read(box, language, *known)
        box.close()

    with answering(look):
        page.remove_wanted.emit(page._rows["6"])
    page.show_measuring("4")
    read(window, language, *known)


@pytest.mark.parametrize("width", [1280, 860])
def test_talking(open_window, language, tmp_path, width):
    voice = ScriptedVoice(tmp_path / "takes")
    voice.fitting = Suggestion("123", "4/5", 145, "6.", Path("/7"))
    window = open_window(says("7."), voice=voice)
    window.resize(width, 760)
    until(lambda: window.width() == width)
    known = ("Scripted microphone", "4/5", "wav")
    read(window, language, *known)
    take = voice.talking.begin()
    voice.talking.hearing("12", "34")
    until(window.composer.live.words.isVisible)
    known = (*known, window.composer.live.words.text())
    read(window, language, *known)
    voice.talking.say(NothingArrives())
    read(window, language, *known)
    voice.talking.say(SomethingArrives(), HandsFree(), ListeningAhead(on=True))
    read(window, language, *known)
    voice.talking.end_take()
    read(window, language, *known)
    voice.talking.say(Troubled(ModelMissing("1.", "2."), take))
    until(window.notice.isVisible)
    read(window, language, *known)
    voice.talking.speak("")
    until(lambda: window.notice.advice.text().count("\n") == 0)
    read(window, language, *known)
    voice.talking.speak("56?")
    ended(window)
    read(window, language, *known)
    voice.left = [take]
    window.talk.found.look()
    until(lambda: len(window.notice.more) == 2)
    read(window, language, *known)


@pytest.mark.parametrize("end", ["refused", "stopped"])
def test_a_question_without_an_answer(open_window, language, end):
    near = Citation("1.png", "0" * 64, "39.90", Box(1, 2, 3, 4))
    go = threading.Event()
    writer = {
        "refused": ScriptedWriter(Declined("1.", (near,), ("2.",))),
        "stopped": ScriptedWriter(go.wait, Delta("3"), Finished(1, 1)),
    }[end]
    window = open_window(writer)
    ask(window)
    if end == "stopped":
        until(lambda: window.session.is_busy)
        read(window, language)
        window.session.stop()
        go.set()
    ended(window)
    window.panel.search.setText("456")
    until(lambda: window.panel.model.rowCount() == 1)
    read(window, language, "png")


@pytest.mark.parametrize("name", ["settings", "shortcuts", "about", "link", "mail"])
def test_a_dialog(open_window, language, name):
    from nearling.ui.dialogs.about import AboutDialog, foundations
    from nearling.ui.dialogs.link import LinkDialog
    from nearling.ui.dialogs.settings import SettingsDialog
    from nearling.ui.dialogs.shortcuts import ShortcutsDialog

    window = open_window(says("x"))
    dialog = {
        "settings": lambda: SettingsDialog(Options(), "7.toml", window),
        "shortcuts": lambda: ShortcutsDialog(window.actions(), window),
        "about": lambda: AboutDialog(window),
        "link": lambda: LinkDialog("https://example.org", window),
        "mail": lambda: LinkDialog("file:///etc", window),
    }[name]()
    dialog.show()
    until(dialog.isVisible)
    packages = tuple(word for package in foundations() for word in package)
    read(dialog, language, *packages, "toml", "https://example.org", "file:///etc")
    dialog.close()


def test_a_text_that_does_not_fit_is_found(qt):
    from PySide6.QtWidgets import QLabel, QWidget

    window = QWidget()
    window.setWindowTitle("Plain words")
    label = QLabel("far too long for its room", window)
    label.setFixedWidth(40)
    window.show()
    until(label.isVisible)
    assert cut_off(window) == [("QLabel", "far too long for its room")]
    assert [untranslated(text) for _, text in texts(window)] == [
        "Plain words",
        "far too long for its room",
    ]
    window.close()


def test_qt_itself_speaks_german(qt, monkeypatch):
    from PySide6.QtCore import QLocale, QTranslator
    from PySide6.QtWidgets import QFileDialog, QMessageBox

    from nearling.ui.keys import keys
    from nearling.ui.qt_words import translate_qt

    before = QLocale()
    assert keys("Ctrl+O") == "Ctrl+O"
    monkeypatch.setenv("NEARLING_LANGUAGE", "de")
    translate_qt(qt)
    try:
        assert keys("Ctrl+O") == "Strg+O"
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        assert dialog.labelText(QFileDialog.DialogLabel.Reject) == "Abbrechen"
        box = QMessageBox()
        assert (
            box.addButton(QMessageBox.StandardButton.Close).text().replace("&", "") == "Schließen"
        )
    finally:
        for translator in qt.findChildren(QTranslator):
            qt.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(before)
