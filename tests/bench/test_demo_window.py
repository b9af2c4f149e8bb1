"""Where the demonstration's window is shown: on a virtual screen, a given one, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import psutil
import pytest
from PIL import Image, ImageDraw

from nearling.bench.demo.screen import Screen, a_screen
from nearling.bench.demo.seen import shows_outline
from nearling.bench.demo.window import window_steps
from nearling.bench.executable import run_product
from nearling.core.errors import NoDisplay

WANTED = ("Xvfb", "openbox", "xdotool")


@pytest.fixture
def screen(tmp_path):
    lacking = [program for program in WANTED if shutil.which(program) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")
    with a_screen() as screen:
        looked = run_product(["look"], tmp_path / "home", screen.before).object()
        if "screen" not in looked:
            pytest.skip(str(looked["sentence"]))
        yield screen


def only(monkeypatch, tmp_path, *programs):
    """A PATH on which of the wanted programs there are only these."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("env", *programs):
        (folder / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(folder))


def test_nothing_stays_behind(screen, tmp_path):
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    steps = window_steps(tmp_path, tmp_path / "window")
    assert next(steps).ok
    steps.close()  # as when the demonstration is stopped in the middle of it
    deadline = time.monotonic() + 10
    while {child.pid for child in psutil.Process().children(recursive=True)} - before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_desktops_own_screen_will_do(screen, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen.name)
    only(monkeypatch, tmp_path, "xdotool")
    with a_screen() as found:
        assert found == Screen(screen.name, virtual=False)
    first = next(window_steps(tmp_path, tmp_path / "window"))
    assert (first.ok, first.reasons) == (True, ())
    assert "on this desktop" in first.why


def test_no_key_is_pressed_while_another_window_is_in_front(screen, monkeypatch):
    from nearling.bench.demo import hand
    from nearling.core.errors import EngineFailure

    monkeypatch.setattr(hand, "_LONGEST_SECONDS", 0.2)
    nobody = hand.Hand(screen, os.getpid())
    for press in (lambda: nobody.press("Return"), lambda: nobody.type("words")):
        with pytest.raises(EngineFailure, match="in front"):
            press()


def test_where_nothing_can_press_keys_it_is_said(tmp_path, monkeypatch):
    only(monkeypatch, tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    (step,) = window_steps(tmp_path, tmp_path / "window")
    assert (step.ok, step.kind) == (None, "not possible here")
    assert "Xvfb and openbox and xdotool" in step.why
    assert "apt install xvfb openbox xdotool" in step.why
    with pytest.raises(NoDisplay), a_screen():
        pass


def test_a_missing_library_is_said(screen, tmp_path, monkeypatch):
    (tmp_path / "libxcb-cursor.so.0").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    (step,) = window_steps(tmp_path, tmp_path / "window")
    assert (step.ok, step.kind) == (None, "not possible here")
    assert "libxcb-cursor.so.0" in step.why


def test_an_outline_is_told_from_letters():
    seen = Image.new("RGB", (1280, 820), "#F7F6F3")
    pen = ImageDraw.Draw(seen)
    for left in range(400, 1000, 14):
        pen.rectangle((left, 300, left + 9, 302), fill="#0F766E")
    pen.rectangle((12, 12, 240, 48), fill="#0F766E")  # the button on the left
    pen.rectangle((388, 690, 1147, 780), outline="#0F766E")  # the composer
    assert not shows_outline(seen)
    pen.rectangle((900, 120, 980, 140), outline="#0F766E", width=2)
    assert shows_outline(seen)


def test_a_screen_says_how_to_be_used(screen):
    ran = subprocess.run(
        [*screen.before, "xdotool", "getdisplaygeometry"], capture_output=True, check=False
    )
    assert ran.stdout.split() == [b"1400", b"920"]
