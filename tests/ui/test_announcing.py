"""What a screen reader is told: sentence by sentence, and over the bus that it listens to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.bench.demo.asking import PAID
from nearling.bench.demo.hand import Hand
from nearling.bench.demo.screen import a_screen
from nearling.bench.executable import run_product
from nearling.core.errors import StorageFull
from nearling.core.events import Declined, Delta, Finished
from nearling.settings.assets import assets
from nearling.ui.chat.sentences import whole_sentences
from scripted.engines import ScriptedWriter, says
from scripted.processes import running
from scripted.product import COMMAND, Product
from ui.conftest import until
from ui.test_product import eventually
from ui.test_window import ended, type_into

# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is seven. It leaves at 10:45! Does it?", ["It is seven.", "It leaves at 10:45!"]),
        ("It costs 3.50 EUR, e.g. on Sundays. More", ["It costs 3.50 EUR, e.g. on Sundays."]),
        ("Das ist z. B. am 3. Mai so. Und", ["Das ist z. B. am 3. Mai so."]),
        ("„Ja.“ Gut", ["„Ja.“"]),
        ("# Why\n\n- **one**\n- `two`\n", ["Why", "one", "two"]),
        ("1. First\n2. Second\n", ["1. First", "2. Second"]),
        ("a snake_case name. Next", ["a snake_case name."]),
        ("2 * 3 is *six*. Next", ["2 * 3 is six."]),
        ("> quoted\n", ["quoted"]),
        ("no end yet", []),
        ("the end.", []),
    ],
)
def test_a_sentence_is_told_once_it_is_whole(text, sentences):
    assert list(whole_sentences(text, 0, finished=False)[0]) == sentences


def test_the_rest_is_told_at_the_end():
    assert whole_sentences("One. Two", 0, finished=True) == (("One.", "Two"), 8)
    assert whole_sentences("", 0, finished=True) == ((), 0)


@given(st.text(alphabet="ab.!? \n*3e", max_size=60), st.data())
def test_nothing_is_told_twice_or_left_out(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    told, start = [], 0
    for cut in cuts:
        found, start = whole_sentences(text[:cut], start, finished=False)
        told += found
    told += whole_sentences(text, start, finished=True)[0]
    letters = re.sub(r"[^ab3e.!?]", "", text)
    assert re.sub(r"[^ab3e.!?]", "", "".join(told)) == letters


# In the window


@pytest.fixture
def heard(monkeypatch):
    from nearling.ui.chat.announcer import Announcer

    said: list[str] = []
    monkeypatch.setattr(Announcer, "say", lambda _, sentence: said.append(sentence))
    return said


def test_an_answer_is_told_while_it_is_written(open_window, heard):
    parts: list[list[str]] = []
    writer = ScriptedWriter(
        Delta("It is **seven**. And"),
        lambda: until_told(heard, 1) and parts.append(list(heard)),
        Delta(" more. The end"),
        Finished(1, 1),
    )
    window = open_window(writer)
    type_into(window, "Which platform?")
    ended(window)
    assert parts == [["It is seven."]]
    assert heard[1:] == ["And more.", "The end"]


def until_told(heard: list[str], count: int) -> bool:
    eventually(lambda: len(heard) >= count)
    return True


def test_a_refusal_is_told_with_its_reasons(open_window, heard):
    window = open_window(ScriptedWriter(Declined("Nothing fits.", (), ("Ask less.",))))
    type_into(window, "Why?")
    ended(window)
    assert heard == ["No answer.", "Nothing fits.", "Ask less."]


def test_what_was_answered_before_is_not_read_out(open_window, heard):
    window = open_window(says("First."), says("x"))
    type_into(window, "One?")
    ended(window)
    until(lambda: window.panel.model.rowCount() == 2)
    heard.clear()
    conversation = window.session.conversation
    window.open_new()
    window.session.open(conversation)
    until(lambda: window.transcript.widget(0))
    assert heard == []


def test_a_notice_is_told(open_window, heard):
    window = open_window(says("x"))
    window._tell_failure(StorageFull("The disk is full.", "Delete something."))
    assert heard == ["The disk is full. Delete something."]


# Over the bus

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon", "dbus-send", "dbus-monitor")
# A screen reader says which events it wants, and Qt sends no others.
WANTING = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
application = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "reader")
registry = "org.a11y.atspi.Registry"
wanted = QDBusMessage.createMethodCall(
    registry, "/org/a11y/atspi/registry", registry, "RegisterEvent"
)
wanted.setArguments(["object:"])
print(bus.call(wanted).errorMessage() or "listening", flush=True)
application.exec()
"""


def speaking(*words: str, environ: dict[str, str]):
    return running(words, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def test_a_screen_reader_hears_the_answer(tmp_path):
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if lacking or not LAUNCHER.exists():
        pytest.skip(f"not installed: {', '.join(lacking) or 'at-spi2-core'}")
    (tmp_path / "run").mkdir(mode=0o700)
    environ = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path / "run")}
    daemon = ("dbus-daemon", "--session", "--nofork", "--print-address")
    with speaking(*daemon, environ=environ) as bus:
        environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        with speaking(str(LAUNCHER), "--launch-immediately", environ=environ):
            address = eventually(lambda: asked_for_address(environ))
            with (
                speaking(sys.executable, "-c", WANTING, address, environ=environ) as reader,
                speaking("dbus-monitor", "--address", address, environ=environ) as monitor,
            ):
                assert reader.stdout.readline().strip() == "listening"
                assert monitor.stdout.readline()
                assert "£25.15" in announced(monitor, tmp_path, environ)


def asked_for_address(environ: dict[str, str]) -> str:
    asked = subprocess.run(
        ["dbus-send", "--session", "--print-reply=literal", "--dest=org.a11y.Bus",
         "/org/a11y/bus", "org.a11y.Bus.GetAddress"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return asked.stdout.strip()


def announced(monitor, tmp_path: Path, environ: dict[str, str]) -> str:
    """Asks a question in the real window; what is said to who listens."""
    picture = assets() / "demo" / PAID.picture.file
    with a_screen() as screen:
        looked = run_product(["look"], tmp_path, screen.before).object()
        if "screen" not in looked:
            pytest.skip(str(looked["sentence"]))
        own = Product(tmp_path / "home").environment
        told = {name: environ[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
        words = (*screen.before, *COMMAND, "open", str(picture), "--question", PAID.question)
        always = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        with speaking(*words, "--json", environ=own | told | always) as window:
            assert "open" in window.stdout.readline()
            hand = Hand(screen, window.pid)
            hand.raise_window("Nearling")
            hand.press("Return")
            late = threading.Timer(60, monitor.terminate)
            late.start()
            try:
                heard = ""
                while PAID.truths[0] not in heard and (line := monitor.stdout.readline()):
                    if "member=Announcement" in line:
                        heard += "".join(monitor.stdout.readline() for _ in range(5))
            finally:
                late.cancel()
    return heard
