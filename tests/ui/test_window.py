"""The real window on a real screen: what a person does with it, and what it then shows."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from nearling.core.conversation import AttemptStatus, Citation, Draft, Route, TurnStatus
from nearling.core.errors import EngineLost, StorageFull
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.writers import Zone
from nearling.history import attempts, turns
from nearling.history.conversations import load_turn
from nearling.instance.doorbell import Request
from nearling.ui.chat.turn_view import State
from scripted.engines import ScriptedWriter, says
from scripted.pictures import draw, saved
from scripted.processes import running
from ui.conftest import spin, until

ROUTE = Route("scripted", Zone.COMPUTER, "It is here.")


def type_into(window, text: str, *, send: bool = True) -> None:
    """Real key events, through the X server."""
    subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
    until(lambda: window.composer.text.toPlainText() == text)
    if send:
        subprocess.run(["xdotool", "key", "Return"], check=True)


def press(*keys: str) -> None:
    subprocess.run(["xdotool", "key", *keys], check=True)


def ended(window, row: int = 0):
    """The turn in `row` once it is over."""

    def over():
        view = window.session.transcript.view(row) if len(window.session.transcript) > row else None
        return view if view is not None and view.finished and not window.session.is_busy else None

    return until(over)


def shown(window, row: int = 0):
    """The turn in `row` once all of it that can be seen is there."""
    return until(lambda: not window.transcript._later.isActive() and window.transcript.widget(row))


def drop(window, *files) -> None:
    from functools import partial

    from nearling.capture.files import capture_picture

    window.landing.fetch([partial(capture_picture, file) for file in files])
    until(lambda: len(window.landing.pending) == len(files))


@pytest.fixture
def receipt(tmp_path):
    return saved(draw("Apples: 3.20", "Total: 12.50 EUR"), tmp_path / "receipt.png")


# Asking


def test_a_typed_question_is_answered_and_kept(open_window, history):
    window = open_window(says("It ", "is **seven**."))
    type_into(window, "Which platform?")
    view = ended(window)
    assert (view.state, view.text) == (State.ANSWERED, "It is **seven**.")
    assert window.composer.text.toPlainText() == ""
    answer = shown(window)._answer._widgets[0]
    assert answer.toPlainText() == "It is seven."
    until(lambda: window.panel.model.rowCount() == 2)
    assert history.turns(window.session.conversation)[0].status is TurnStatus.ANSWERED


def test_quoted_text_is_shown_letter_for_letter(open_window):
    window = open_window(says("**<b>39.90</b>** ![x](http://x)"), id="quoting")
    type_into(window, "How much?")
    ended(window)
    turn = shown(window)
    assert turn._answer._quote.toPlainText() == "**<b>39.90</b>** ![x](http://x)"


def test_a_question_that_cannot_be_kept_stays_in_the_composer(open_window, history, monkeypatch):
    window = open_window(says("x"))
    full = StorageFull("The disk is full.", "Delete something.")

    def refuse(draft):
        raise full

    monkeypatch.setattr(history, "open_turn", refuse)
    type_into(window, "Is it lost?")
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "The disk is full."
    assert window.notice.advice.text() == "Delete something."
    assert window.composer.text.toPlainText() == "Is it lost?"
    assert not window.session.is_busy


def test_stop_is_quiet_and_keeps_what_was_written(open_window):
    go = threading.Event()
    window = open_window(ScriptedWriter(Delta("half "), go.wait, Delta("never"), Finished(1, 1)))
    type_into(window, "Why?")
    until(lambda: len(window.session.transcript) and window.session.transcript.view(0).text)
    assert window.composer.stop.isVisible()
    press("Escape")
    until(lambda: window.session._job.cancellation.cancelled)
    go.set()
    view = ended(window)
    assert (view.state, view.text) == (State.STOPPED, "half ")
    assert not window.notice.isVisible()


def test_a_waiting_turn_is_gone_on_with(open_window):
    lost = EngineLost("It died.", "Try again.")
    window = open_window(ScriptedWriter(lost, Finished(0, 0)))
    type_into(window, "Why?")
    assert ended(window).state is State.WAITING
    turn = shown(window)
    assert turn._reasons.toPlainText() == "It died.\nTry again."
    window._house.writers.candidates[0].writer._says = (Delta("because"), Finished(1, 1))
    turn._again.click()
    until(lambda: ended(window).state is State.ANSWERED)
    assert shown(window)._answer._widgets[0].toPlainText() == "because"


def test_no_answer_says_why_and_what_comes_closest(open_window):
    near = Citation("a.png", "0" * 64, "39.90", Box(1, 2, 3, 4))
    window = open_window(ScriptedWriter(Declined("Nothing fits.", (near,), ("Ask less.",))))
    type_into(window, "Why?")
    assert ended(window).state is State.REFUSED
    turn = shown(window)
    assert turn._head.text() == "No answer"
    assert turn._reasons.toPlainText() == "Nothing fits.\nAsk less."
    assert [cite.text() for cite in turn._citations.buttons] == ["[1]  “39.90”  in a.png"]


# Pictures


def test_a_dropped_picture_is_seen_at_once_and_read_ahead(open_window, receipt):
    window = open_window(says("x"), reads={"receipt.png": ["Total 12.50"]})
    drop(window, receipt)
    (chip,) = window.composer._chips.values()
    until(lambda: chip.canvas._shown is not None)
    until(lambda: chip.state.text() == "Read, 1 line")
    type_into(window, "How much?")
    assert ended(window).attachments[0].name == "receipt.png"
    assert window._house.assistant._preparation._reader.asked == ["receipt.png"]
    assert not window.composer._chips
    assert len(window.landing.pending) == 0


def test_several_files_dragged_from_another_window_land(open_window, tmp_path, display):
    """A real drag between two processes."""
    files = [saved(draw(f"Page {page}"), tmp_path / f"{page}.png") for page in range(2)]
    window = open_window(says("x"))
    window.setGeometry(500, 60, 900, 700)
    words = [sys.executable, "-c", DRAG_SOURCE, *map(str, files)]
    with running(words, stdout=subprocess.PIPE, text=True) as source:
        x, y = map(int, source.stdout.readline().split())
        spin(0.3)
        corner = window.mapToGlobal(window.rect().center())
        mover = threading.Thread(target=drag, args=((x, y), (corner.x(), corner.y())))
        mover.start()
        until(lambda: len(window.landing.pending) == 2)
        mover.join(30)
        assert "pictures" in window._house.warmed


def test_a_copied_picture_is_pasted(open_window, receipt):
    window = open_window(says("x"))
    with receipt.open("rb") as data:
        copying = running(
            ["xclip", "-quiet", "-selection", "clipboard", "-t", "image/png"],
            stdin=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with copying:
            spin(0.3)
            press("ctrl+v")
            until(lambda: len(window.landing.pending) == 1)
            (capture,) = window.landing.pending.captures
            assert capture.data == receipt.read_bytes()


def test_what_is_no_picture_is_refused_with_a_sentence(open_window, tmp_path):
    window = open_window(says("x"))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    window.receive(Request((str(broken),)))
    until(window.notice.isVisible)
    assert (
        window.notice.sentence.text()
        == "broken.png is not a picture in a format that can be opened here."
    )
    assert not window.composer._chips


def cited(receipt):
    digest = __import__("hashlib").sha256(receipt.read_bytes()).hexdigest()
    return [
        Cited(Citation("receipt.png", digest, "12.50", Box(100, 80, 200, 110))),
        Cited(Citation("receipt.png", digest, "Total", Box(30, 80, 90, 110))),
    ]


def test_a_citation_lights_its_place_and_the_place_its_citation(open_window, receipt):
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCursor

    writer = ScriptedWriter(Delta("12.50"), *cited(receipt), Finished(1, 1))
    window = open_window(writer, id="quoting", reads={"receipt.png": ["Total: 12.50 EUR"]})
    drop(window, receipt)
    type_into(window, "How much?")
    ended(window)
    turn = shown(window)
    canvas = turn._canvases[0][1]
    until(lambda: canvas._shown is not None and canvas.width() != 240)
    spin(0.1)
    QCursor.setPos(turn._citations.buttons[1].mapToGlobal(QPoint(20, 8)))
    until(lambda: canvas._lit == 1)
    left, top, width, height = canvas.placement.shown(Box(100, 80, 200, 110))
    QCursor.setPos(canvas.mapToGlobal(QPoint(int(left + width / 2), int(top + height / 2))))
    until(lambda: turn._citations.buttons[0].property("lit"))
    assert not turn._citations.buttons[1].property("lit")
    turn._citations.buttons[0].click()
    until(
        lambda: (
            window.looking.pictures.isVisible()
            and window.looking.pictures.canvas._shown is not None
        )
    )
    turn._hovered(1)
    assert window.looking.pictures.canvas._lit == 1


def test_text_is_selected_on_the_picture_and_copied(open_window, receipt, qt):
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window = open_window(says("x"), reads={"receipt.png": ["First line", "Second line"]})
    drop(window, receipt)
    type_into(window, "What?")
    ended(window)
    shown(window)._canvases[0][1].opened.emit()
    canvas = window.looking.pictures.canvas
    until(lambda: canvas._reading is not None and canvas._shown is not None)
    window.looking.pictures.zoom_by(1.25)
    scale = canvas.placement.scale
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, int(8 * scale)))
    QTest.mouseMove(canvas, QPoint(int(60 * scale), int(28 * scale)))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, int(28 * scale)))
    assert canvas.selected_text == "First line\nSecond "
    canvas.copy()
    assert qt.clipboard().text() == "First line\nSecond "


# Everything else


def test_what_was_said_is_found_again(open_window, history):
    for question in ("Where is the zebra?", "Where is the lion?"):
        turn = history.open_turn(Draft(question))
        attempt = history.open_attempt(turn.id, ROUTE)
        history.append(attempt.id, "In the *zoo*.")
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        history.close_turn(turn.id, TurnStatus.ANSWERED)
    window = open_window(says("x"))
    until(lambda: window.panel.model.rowCount() == 3)
    press("ctrl+f")
    subprocess.run(["xdotool", "type", "zebra"], check=True)
    until(lambda: window.panel.model.rowCount() == 2)
    index = window.panel.model.index(1)
    window.panel.list.clicked.emit(index)
    until(lambda: len(window.session.transcript) == 1)
    assert window.session.transcript.view(0).question == "Where is the zebra?"
    assert shown(window)._answer._widgets[0].toPlainText() == "In the zoo."


def test_a_second_start_may_begin_a_conversation(open_window):
    window = open_window(says("Seven."))
    type_into(window, "How many?")
    ended(window)
    assert window.session.conversation is not None
    window.receive(Request(new=True))
    assert window.session.conversation is None


def test_a_second_start_hands_over_its_files_and_question(open_window, receipt):
    window = open_window(says("x"))
    window.panel.search.setFocus()
    window.receive(Request((str(receipt),), "How much?"))
    assert window.focusWidget() is window.composer.text
    until(lambda: len(window.landing.pending) == 1)
    assert window.composer.text.toPlainText() == "How much?"


def test_a_bug_becomes_a_report_without_a_word_of_the_person(open_window, qt):
    from nearling.ui.faults import Faults

    window = open_window(says("x"))
    faults = Faults()
    faults.found.connect(window.tell_bug)
    faults.install()
    try:
        threading.Thread(target=lambda: {}["secret zebra"]).start()
        until(window.notice.isVisible)
    finally:
        faults.remove()
    assert window.notice.sentence.text() == "Nearling stumbled over a fault of its own."
    window.notice.remedy.click()
    assert "KeyError at" in qt.clipboard().text()
    assert "zebra" not in qt.clipboard().text()


def test_settings_come_from_the_declared_options_and_are_kept(open_window):
    from nearling.settings.options import declared
    from nearling.settings.store import load_options
    from nearling.ui.dialogs.settings import SettingsDialog

    window = open_window(says("x"))
    dialog = SettingsDialog(window._options, "settings.toml", window)
    dialog.changed.connect(window._use)
    assert all(dialog.field(option.name).accessibleName() for option in declared())
    before = window._theme.tokens
    choices = dialog.field("theme")
    choices.setCurrentIndex(choices.findData("dark"))
    dialog.field("patience_seconds").setValue(5)
    assert window._theme.tokens.dark
    assert not before.dark
    dialog.field("expected_words").setText("Siobhan")
    dialog.field("expected_words").editingFinished.emit()
    flag = dialog.field("translate_speech")
    flag.setCurrentIndex(flag.findData(True))
    dialog.offer("microphone", ("Desk", "Headset"))
    assert dialog.field("microphone").currentData() == ""
    dialog.field("microphone").select("Headset")
    kept = load_options(window._house.paths.settings_file)
    assert (kept.theme, kept.patience_seconds) == ("dark", 5)
    assert (kept.expected_words, kept.translate_speech, kept.microphone) == (
        "Siobhan",
        True,
        "Headset",
    )
    again = SettingsDialog(kept, "settings.toml", window)
    assert again.field("microphone").currentText() == "Headset"
    window._theme.choose("light")


def test_keys_are_pressed_to_be_chosen(open_window):
    from nearling.ui.dialogs.settings import SettingsDialog

    window = open_window(says("x"))
    dialog = SettingsDialog(window._options, "settings.toml", window)
    dialog.changed.connect(window._use)
    dialog.show()
    until(dialog.isActiveWindow)
    dialog.field("talk_key").setFocus()
    press("ctrl+alt+space")
    until(lambda: window._options.talk_key == "Ctrl+Alt+Space")
    press("Tab")
    until(lambda: not dialog.field("talk_key").hasFocus())
    press("shift+Tab", "Delete")
    until(lambda: window._options.talk_key == "")
    dialog.close()


def test_the_window_opens_where_it_was_closed(open_window):
    window = open_window(says("x"))
    window.resize(811, 633)
    spin(0.2)
    window.close()
    again = open_window(says("x"))
    assert (again.width(), again.height()) == (811, 633)


def test_links_show_where_they_lead_and_ask(open_window, monkeypatch):
    from PySide6.QtGui import QDesktopServices
    from PySide6.QtWidgets import QPushButton

    from nearling.ui.chat.prose import Prose
    from nearling.ui.dialogs.link import LinkDialog

    opened = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(bytes(url.toEncoded()).decode())
    )
    window = open_window(says("x"))
    dialog = LinkDialog("https://xn--e1awd7f.example/?q=a%20b", window)
    assert "xn--e1awd7f" in dialog.findChild(Prose).toPlainText()
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    assert buttons["Cancel"].isDefault()
    assert opened == []
    buttons["Open"].click()
    assert opened == ["https://xn--e1awd7f.example/?q=a%20b"]
    assert (
        not LinkDialog("file:///etc/passwd", window)
        .findChildren(QPushButton)[2]
        .isVisibleTo(window)
    )


def test_an_answer_loads_nothing(qt, tmp_path):
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextDocument

    from nearling.ui.chat.prose import Prose

    file = saved(draw("secret"), tmp_path / "secret.png")
    prose = Prose("Answer")
    prose.resize(300, 200)
    prose.show_html(f'<img src="{file.as_uri()}"><img src="{file}"><p>words</p>')
    prose.show()
    spin(0.1)
    kind = QTextDocument.ResourceType.ImageResource.value
    for url in (QUrl(file.as_uri()), QUrl(str(file)), QUrl("http://127.0.0.1:9/x.png")):
        assert prose.document().resource(kind, url).isNull()
    prose.close()


LONG = """Some **words** about `/var/log` that are long enough to be broken in two or more lines
on any window, however wide a person has made it, as long as the column is no wider than it is.

```python
for line in file:
    print(line)
    # and so on
```

| a | b |
|---|---|
| 1 | 2 |
"""


@pytest.mark.parametrize("width", [1280, 700])
def test_no_text_is_cut_off_and_a_quiet_window_does_nothing(open_window, width):
    from nearling.ui.chat.prose import Prose

    window = open_window(says(LONG))
    window.resize(width, 900)
    type_into(window, "Tell me")
    ended(window)
    spin(0.3)
    pieces = [piece for piece in shown(window).findChildren(Prose) if piece.isVisible()]
    assert len(pieces) >= 4
    for piece in pieces:
        assert piece.height() >= piece.document().size().height()
        assert piece.document().size().width() <= piece.viewport().width() + 1
    placed = []
    place = window.transcript._place
    window.transcript._place = lambda: placed.append(place())
    spin(0.3)
    assert placed == []


def test_a_window_that_is_closed_in_mid_answer_leaves_a_turn_to_go_on_with(open_window, history):
    window = open_window(ScriptedWriter(Delta("half "), lambda: time.sleep(0.5), Delta("never")))
    type_into(window, "Why?")
    until(lambda: len(window.session.transcript) and window.session.transcript.view(0).text)
    conversation = window.session.conversation
    window.close()
    (turn,) = history.turns(conversation)
    assert turn.status is TurnStatus.WAITING
    assert turn.attempts[0].text.startswith("half ")


@pytest.mark.alone
def test_ten_thousand_messages_open_at_once(open_window, history, capsys):
    conversation = None
    with history._database.writing() as connection:  # at once: it is about showing, not keeping
        for at in range(5000):
            draft = Draft(f"Question {at}?", (), conversation)
            turn = turns.open_turn(connection, draft, (), history._owner)
            conversation = conversation or load_turn(connection, turn).conversation
            attempt = attempts.open_attempt(connection, turn, ROUTE)
            attempts.append(connection, attempt, f"Answer **{at}** with\n\n- some\n- words")
            attempts.close_attempt(connection, attempt, AttemptStatus.ANSWERED, None, "")
            turns.close_turn(connection, turn, TurnStatus.ANSWERED, "")
    window = open_window(says("x"))
    spin(0.3)
    started = time.perf_counter()
    window.session.open(conversation)
    until(lambda: window.transcript.widget(4999) is not None)
    opened = time.perf_counter() - started
    bar = window.transcript.verticalScrollBar()
    place, spent = window.transcript._place, []

    def timed() -> None:
        begun = time.thread_time()
        place()
        spent.append(time.thread_time() - begun)

    window.transcript._place = timed
    for step in range(60):
        bar.setValue(round(bar.maximum() * (1 - step / 60)))
        spin(0.03)
    slowest = max(spent)
    assert window.transcript.realised < 40
    bar.setValue(0)
    until(lambda: window.transcript.widget(0) is not None)
    with capsys.disabled():
        print(f"\n10,000 messages: {opened * 1000:.0f} ms; slowest scroll {slowest * 1000:.0f} ms")
    # Laid out whole it would take a minute; how fast it is, is the bench's to judge.
    assert opened < 10


@pytest.mark.alone
def test_a_long_answer_streams_without_a_hitch(open_window, capsys, monkeypatch):
    """Two hundred tokens a second, Markdown with code and lists, on the thread of the window."""
    from nearling.ui.chat.transcript_view import TranscriptView
    from nearling.ui.session import Session

    paragraph = "Some **words** of an answer, and `code` too. " * 4
    text = (
        f"{paragraph}\n\n- one\n- two\n\n```python\nfor x in range(3):\n    print(x)\n```\n\n" * 4
    )
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    paced = [each for piece in pieces for each in (Delta(piece), lambda: time.sleep(0.005))]
    spent = []
    for owner, name in ((Session, "_put"), (TranscriptView, "lay_out")):
        plain = getattr(owner, name)

        def timed(self, *words, plain=plain):
            begun = time.thread_time()
            plain(self, *words)
            spent.append(time.thread_time() - begun)

        monkeypatch.setattr(owner, name, timed)
    window = open_window(ScriptedWriter(*paced, Finished(1, 1)))
    type_into(window, "Tell me")
    assert ended(window).text == text
    slowest = sorted(spent)[-3:]
    with capsys.disabled():
        told = ", ".join(f"{each * 1000:.1f}" for each in slowest)
        print(f"\n{len(pieces)} tokens: slowest handlers {told} ms of CPU")
    # Parsing all of it again with every token takes ever longer; the bench judges the 16 ms.
    assert slowest[0] < 0.2


def drag(start: tuple[int, int], end: tuple[int, int]) -> None:
    def do(*words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], check=True)

    do("mousemove", *start)
    do("mousedown", 1)
    for step in range(1, 11):
        x, y = (round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True))
        do("mousemove", x, y)
        time.sleep(0.06)
    do("mousemove", end[0] + 2, end[1])
    time.sleep(0.4)
    do("mouseup", 1)


DRAG_SOURCE = """
import sys
from PySide6.QtCore import QMimeData, QTimer, QUrl, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class Source(QLabel):
    def mousePressEvent(self, event):
        self.pressed = event.position()
    def mouseMoveEvent(self, event):
        if (event.position() - self.pressed).manhattanLength() > 8:
            drag, mime = QDrag(self), QMimeData()
            mime.setUrls([QUrl.fromLocalFile(file) for file in sys.argv[1:]])
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)

application = QApplication([])
source = Source("drag me")
source.setGeometry(20, 80, 200, 200)
source.show()
def tell():
    place = source.mapToGlobal(source.rect().center())
    print(place.x(), place.y(), flush=True)
QTimer.singleShot(600, tell)
application.exec()
"""
