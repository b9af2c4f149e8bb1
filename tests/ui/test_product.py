"""The installed product's window, in a process of its own, driven by keys alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import psutil
import pytest

from nearling.bench.speed.window import opened_once, window_figures
from scripted.pictures import draw, saved
from scripted.processes import running
from scripted.product import COMMAND, Product

RUN = """
import sys
sys.argv = ["nearling", *{words!r}]
from nearling.__main__ import main
code = main()
print(*sorted(name.partition(".")[0] for name in sys.modules), flush=True)
sys.exit(code)
"""
RUNTIMES = {"onnxruntime", "rapidocr", "cv2", "zxingcpp", "faster_whisper", "ctranslate2", "numpy"}


@pytest.fixture
def product(tmp_path):
    return Product(tmp_path / "home")


@pytest.fixture
def environment(product, display, application):
    """`application` has looked whether Qt's libraries are there."""
    return product.environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def xdotool(display: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["xdotool", *words],
        env=os.environ | {"DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )


def eventually(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return found


def search(process: subprocess.Popen) -> tuple[str, ...]:
    return ("search", "--onlyvisible", "--pid", str(process.pid), "--name", "Nearling")


def window_of(display: str, process: subprocess.Popen) -> str:
    """The id of the window of `process`, once it is shown."""

    def ids():
        assert process.poll() is None, process.communicate()
        return xdotool(display, *search(process)).stdout.split()

    return eventually(ids)[-1]


def bring_to_front(display: str, process: subprocess.Popen) -> None:
    """Asked again until it is so: a window manager may give the keys to somebody else."""
    window = window_of(display, process)

    def in_front() -> bool:
        xdotool(display, "windowactivate", window)
        return xdotool(display, "getactivewindow").stdout.strip() == window

    eventually(in_front)


def test_a_question_by_keys_in_a_process_without_a_runtime(product, environment, display, tmp_path):
    picture = saved(draw("Night Train 471", "Platform: 7"), tmp_path / "t.png")
    words = ["open", str(picture), "--question", "Which platform?"]
    with running(
        [sys.executable, "-c", RUN.format(words=words)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        bring_to_front(display, process)
        # The picture may still be on its way: the question has to wait for it.
        xdotool(display, "key", "Return")
        eventually(product.questions)

        def answered():
            listed = product.run("history", "list", "--json").json["conversations"]
            shown = product.run("history", "show", listed[0]["id"], "--json").json
            return shown["turns"][0]["status"] == "answered" and shown["turns"][0]

        turn = eventually(answered)
        assert turn["question"] == "Which platform?"
        # A key that closes its own window would stay pressed on this screen for ever.
        process.terminate()
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert err == ""
    modules = set(out.split())
    assert "PySide6" in modules
    assert not modules & RUNTIMES


def test_a_second_start_ends_at_once_and_the_first_window_has_it(
    product, environment, display, tmp_path
):
    """To a script, one JSON object tells which of the two happened, as soon as it has."""
    with running(
        [*COMMAND, "open", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as first:
        assert json.loads(first.stdout.readline()) == {"window": "open"}
        assert xdotool(display, *search(first)).stdout.split()
        second = subprocess.run(
            [*COMMAND, "open", "--question", "Again?", "--json"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert (second.returncode, second.stderr) == (0, "")
        assert json.loads(second.stdout) == {"window": "handed over"}
        first.terminate()
        out, err = first.communicate(timeout=20)
    assert (first.returncode, out, err) == (0, "", "")


def test_opening_is_measured_and_leaves_nothing_running(product, environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    before = psutil.Process().children()
    opened = opened_once(product.home)
    assert 0 < opened.seconds < 20
    assert 20e6 < opened.idle < 500e6
    assert psutil.Process().children() == before


def test_without_a_screen_the_window_is_not_measured(product, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    window, idle = window_figures(product.home)
    assert (window.name, window.value, window.unit) == ("startup.window_ms", None, "ms")
    assert (idle.name, idle.value, idle.unit) == ("startup.idle_mb", None, "MB")
    assert window.note


@pytest.mark.parametrize(
    ("display_name", "said"),
    [
        ("", "There is no screen to show a window on."),
        (":4711", "The screen :4711 does not answer"),
    ],
)
def test_where_there_is_no_screen_a_sentence_says_so(product, display_name, said):
    environment = product.environment | {"DISPLAY": display_name, "WAYLAND_DISPLAY": ""}
    environment.pop("QT_QPA_PLATFORM", None)
    ended = subprocess.run(
        [*COMMAND], env=environment, capture_output=True, text=True, timeout=20, check=False
    )
    assert ended.returncode == 1
    assert said in ended.stderr or "library that this system does not have" in ended.stderr
    assert "Traceback" not in ended.stderr
