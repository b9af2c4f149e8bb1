"""SIGKILL of the window in mid-answer: the next window shows the question and what was written."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from ui.slow_window import WORDS
from ui.test_product import eventually, xdotool

MOMENTS = int(os.environ.get("NEARLING_KILLS", "10"))
PROGRAM = Path(__file__).with_name("slow_window.py")
PAUSE, WHOLE = 0.012, "".join(WORDS).strip()
_SETTLED_SECONDS = 0.15


class Window:
    """A window in a process of its own, known by what it shows and driven by pointer and keys."""

    def __init__(self, process: subprocess.Popen[str], display: str) -> None:
        self.process = process
        self._display = display
        self._seen: list[tuple[float, dict]] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self._seen.append((time.monotonic(), json.loads(line)))

    @property
    def seen(self) -> dict:
        return self._seen[-1][1] if self._seen else {}

    def settled(self, condition) -> dict:
        """What is seen once `condition` holds of it and it has stopped moving."""

        def found():
            assert self.process.poll() is None, self.process.stderr.read()
            if not self._seen:
                return None
            at, seen = self._seen[-1]
            return seen if condition(seen) and time.monotonic() - at > _SETTLED_SECONDS else None

        return eventually(found)

    def click(self, place: list[int]) -> None:
        xdotool(self._display, "mousemove", *map(str, place), "click", "1")

    def ask(self, question: str) -> None:
        for what in (("key", "ctrl+n"), ("type", "--delay", "8", question)):
            self.settled(lambda seen: seen["active"])  # else the keys go elsewhere
            xdotool(self._display, *what)
        self.settled(lambda seen: seen["composer"] == question)
        xdotool(self._display, "key", "Return")

    def kill(self) -> dict:
        """SIGKILL; the last that could be seen before it."""
        self.process.kill()
        self.process.wait()
        self._listener.join()
        return self.seen


@pytest.fixture
def open_slow_window(display, application, tmp_path):
    environment = os.environ | {
        "NEARLING_HOME": str(tmp_path / "home"),
        "DISPLAY": display,
        "PYTHONPATH": str(PROGRAM.parents[1]),
    }

    @contextmanager
    def opened():
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(PAUSE)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            window = Window(process, display)
            try:
                window.settled(lambda seen: seen["active"])
                yield window
            finally:
                window.kill()

    return opened


def test_a_window_killed_in_mid_answer_comes_back_with_it(open_slow_window):
    moments = random.Random(22)
    asked: dict[str, dict] = {}
    interrupted = 0
    for number in range(MOMENTS + 1):
        with open_slow_window() as window:
            for question, before in asked.items():
                interrupted += comes_back(window, question, before)
            asked.clear()
            if number < MOMENTS:
                question = f"Question {number}?"
                window.ask(question)
                time.sleep(moments.uniform(0, 1.2 * PAUSE * len(WORDS)))
                asked[question] = window.kill()
    assert interrupted > MOMENTS / 3, "hardly any kill came in the middle of an answer"


def comes_back(window: Window, question: str, before: dict) -> bool:
    """Looks at it in the list, goes on with it, and says whether there was anything to go on with.

    `before` is what could be seen when the last window was killed.
    """
    if before["composer"] == question and question not in str(window.seen["listed"]):
        return False
    # It had left the composer: then it was kept.
    seen = window.settled(lambda seen: question in str(seen["listed"]))
    row = next(row for row, text in enumerate(seen["listed"]) if question in text)
    window.click(seen["places"][row])
    seen = window.settled(lambda seen: seen.get("question") == question)
    assert seen["answer"].startswith(before.get("answer", ""))
    assert WHOLE.startswith(seen["answer"])
    if not seen["again"]:
        assert (seen["answer"], seen["head"]) == (WHOLE, "")
        return False
    assert seen["head"] == "Interrupted"
    window.click(seen["again"])
    seen = window.settled(lambda seen: not seen["busy"] and not seen["again"])
    assert (seen["question"], seen["answer"], seen["head"]) == (question, WHOLE, "")
    return True
