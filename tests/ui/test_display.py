"""Whether a window can be shown: asked in a process of its own, with a screen and without one."""

from __future__ import annotations

import json
import os
import subprocess
from ctypes.util import find_library
from pathlib import Path
from socket import AF_UNIX, socket

import pytest

from nearling.ui.display import DEBIAN_PACKAGES, _wayland_answers
from scripted.product import COMMAND, Product

NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


def looked(**environ: str) -> tuple[int, dict[str, object]]:
    ended = subprocess.run(
        [*COMMAND, "look"],
        env=os.environ | NO_SCREEN | environ,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    # A system's Wayland library, where there is one, speaks for itself.
    assert not [line for line in ended.stderr.splitlines() if "XDG_RUNTIME_DIR" not in line]
    return ended.returncode, json.loads(ended.stdout)


@pytest.fixture
def broken_library(tmp_path):
    """A library that Qt wants, found before the system's own, and of no use."""
    (tmp_path / "libxcb-cursor.so.0").touch()
    return {"LD_LIBRARY_PATH": str(tmp_path)}


def test_a_screen_that_answers_is_named(application, display):
    assert looked(DISPLAY=display) == (0, {"named": True, "screen": display})


def test_where_wayland_does_not_answer_x11_is_taken(application, display):
    told = looked(DISPLAY=display, WAYLAND_DISPLAY="wayland-4711")
    assert told == (0, {"named": True, "screen": display})


@pytest.mark.parametrize("platform", ["xcb", "wayland;xcb"])
def test_a_chosen_platform_is_looked_at(application, display, platform):
    assert looked(DISPLAY=display, QT_QPA_PLATFORM=platform)[0] == 0


def test_without_a_screen_none_is_named(application):
    code, told = looked()
    assert (code, told["named"]) == (1, False)
    assert told["sentence"] == "There is no screen to show a window on."


def test_a_screen_that_does_not_answer_is_told(application):
    code, told = looked(DISPLAY=":4711")
    assert (code, told["named"]) == (1, True)
    assert told["sentence"] == "The screen :4711 does not answer."


def test_a_window_that_nobody_would_see_is_none(application, display):
    assert looked(DISPLAY=display, QT_QPA_PLATFORM="offscreen")[0] == 1


@pytest.mark.parametrize("named", [True, False])
def test_a_missing_library_is_told_with_its_packages(application, display, broken_library, named):
    code, told = looked(**broken_library, DISPLAY=display if named else "")
    assert (code, told["named"]) == (1, named)
    assert "libxcb-cursor.so.0" in str(told["sentence"])
    assert str(told["remedy"]).endswith(f"apt install {DEBIAN_PACKAGES}")


def examined(home: Path, **environ: str) -> tuple[int, dict[str, object]]:
    """The doctor's exit code, and what it says about the window."""
    ended = subprocess.run(
        [*COMMAND, "doctor", "--json"],
        env=Product(home).environment | NO_SCREEN | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    checks = {check.pop("name"): check for check in json.loads(ended.stdout)["checks"]}
    return ended.returncode, checks["showing a window"]


def test_the_doctor_names_the_screen(application, display, tmp_path):
    code, check = examined(tmp_path, DISPLAY=display)
    assert (code, check["ok"], check["remedy"]) == (0, True, "")
    assert f"the screen {display} answers" in str(check["detail"])


def test_to_the_doctor_a_computer_without_a_screen_is_in_order(application, tmp_path):
    code, check = examined(tmp_path)
    assert (code, check["ok"]) == (0, True)
    assert "no screen" in str(check["detail"])
    assert "nearling ask" in str(check["remedy"])


def test_the_doctor_tells_of_a_screen_that_does_not_answer(application, tmp_path):
    code, check = examined(tmp_path, DISPLAY=":4711")
    assert (code, check["ok"]) == (1, False)
    assert "DISPLAY" in str(check["remedy"])


@pytest.mark.parametrize("named", [True, False])
def test_the_doctor_names_the_packages(application, display, broken_library, tmp_path, named):
    """They are only missed where there is a screen to show a window on."""
    environ = broken_library | {"DISPLAY": display if named else ""}
    code, check = examined(tmp_path / "home", **environ)
    assert (code, check["ok"]) == (int(named), not named)
    assert str(check["remedy"]).endswith(f"apt install {DEBIAN_PACKAGES}")


def test_a_wayland_screen_answers_where_somebody_listens(tmp_path, monkeypatch):
    if find_library("wayland-client") is None:
        pytest.skip("libwayland-client is not installed")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not _wayland_answers("wayland-7")
    with socket(AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-7"))
        listening.listen()
        assert _wayland_answers("wayland-7")
