"""A global key is pressed once and let go of once, however long it is held and whatever repeats."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess

import pytest

from nearling.capture import hotkey_x11
from nearling.capture.hotkey import Hotkey
from nearling.capture.key_source import key_source
from nearling.core.errors import HotkeyFailure
from scripted.processes import virtual_screen
from scripted.recorder import until

TOOLS = ("Xvfb", "xdotool")


@pytest.fixture(scope="module")
def screen():
    """DISPLAY of a virtual screen without any window."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"not installed, so no key can be pressed: {', '.join(missing)}")
    with virtual_screen("640x480") as name:
        yield name


class Key:
    """One global key and what came of it."""

    def __init__(self, name: str, screen: str) -> None:
        self.said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.source = key_source(
            Hotkey.parse(name),
            lambda: self.said.put("press"),
            lambda: self.said.put("release"),
            {"DISPLAY": screen},
        )
        self.screen = screen

    def hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": self.screen}, check=True)

    def next(self) -> str:
        return self.said.get(timeout=10)


@pytest.fixture
def grabbed(screen):
    keys: list[Key] = []

    def grab(name: str) -> Key:
        keys.append(Key(name, screen))
        keys[-1].source.start()
        return keys[-1]

    yield grab
    for key in keys:
        key.source.stop()


def test_a_held_key_is_pressed_once_while_it_repeats(grabbed, monkeypatch):
    key = grabbed("F9")
    seen: list[int] = []
    counted = hotkey_x11._Grab.follow

    def count(grab, event):
        seen.append(event.type)
        counted(grab, event)

    monkeypatch.setattr(hotkey_x11._Grab, "follow", count)
    key.hand("keydown", "F9")
    assert key.next() == "press"
    until(lambda: len(seen) > 12)
    assert key.said.empty(), "auto-repeat ended a hold"
    key.hand("keyup", "F9")
    assert key.next() == "release"
    assert key.said.empty()


def test_pressed_twice_is_pressed_twice(grabbed):
    key = grabbed("F8")
    for _ in range(3):
        key.hand("keydown", "F8")
        assert key.next() == "press"
        key.hand("keyup", "F8")
        assert key.next() == "release"


def test_modifiers_count_and_locks_do_not(grabbed):
    key = grabbed("Ctrl+Shift+Space")
    key.hand("key", "space")
    key.hand("key", "Caps_Lock")
    key.hand("key", "Num_Lock")
    try:
        key.hand("key", "ctrl+shift+space")
        assert [key.next(), key.next()] == ["press", "release"]
    finally:
        key.hand("key", "Caps_Lock")
        key.hand("key", "Num_Lock")
    assert key.said.empty()


def test_a_modifier_that_is_let_go_of_first_ends_no_hold(grabbed):
    key = grabbed("Super+T")
    key.hand("keydown", "super", "keydown", "t")
    assert key.next() == "press"
    key.hand("keyup", "super")
    key.hand("keyup", "t")
    assert key.next() == "release"


def test_a_key_of_another_program_is_said_to_be_taken(grabbed, screen):
    grabbed("F7")
    with pytest.raises(HotkeyFailure, match="Another program uses the key F7"):
        grabbed("F7")
    grabbed("Ctrl+F7")


def test_a_stopped_key_is_free_again(grabbed):
    first = grabbed("F6")
    first.source.stop()
    second = grabbed("F6")
    second.hand("key", "F6")
    assert [second.next(), second.next()] == ["press", "release"]
    assert first.said.empty()


def test_stopping_in_a_hold_lets_go(grabbed):
    key = grabbed("F5")
    key.hand("keydown", "F5")
    assert key.next() == "press"
    key.source.stop()
    assert key.next() == "release"
    key.hand("keyup", "F5")


def test_a_key_that_the_keyboard_lacks_is_said(grabbed):
    with pytest.raises(HotkeyFailure, match="no key F24"):
        grabbed("F24")


# The library leaves the socket open that led nowhere.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_a_screen_it_is_said():
    key = Key("F9", ":987")
    with pytest.raises(HotkeyFailure, match="does not answer"):
        key.source.start()


@pytest.mark.parametrize(
    "environ",
    [{}, {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, {"DISPLAY": "elsewhere:0"}],
)
def test_other_desktops_are_told_what_to_do(environ):
    with pytest.raises(HotkeyFailure) as failure:
        key_source(Hotkey("F9"), print, print, environ)
    assert "nearling talk start" in failure.value.remedy


@pytest.mark.parametrize(
    ("text", "hotkey"),
    [
        ("f9", Hotkey("F9")),
        ("ctrl + space", Hotkey("Space", frozenset({"Ctrl"}))),
        ("Meta+PgDown", Hotkey("PageDown", frozenset({"Super"}))),
        ("Super+shift+T", Hotkey("T", frozenset({"Shift", "Super"}))),
    ],
)
def test_names_of_keys(text, hotkey):
    assert Hotkey.parse(text) == hotkey
    assert Hotkey.parse(str(hotkey)) == hotkey


@pytest.mark.parametrize("text", ["", "Ctrl", "F99", "Hyper+F9", "Ctrl+Alt+F9", "é"])
def test_what_is_no_key_of_ours(text):
    with pytest.raises(HotkeyFailure):
        Hotkey.parse(text)
