"""A hand and an eye from outside: real keys for one process's windows, and what is seen of them.

No key is pressed while another program's window is in front, so none can land there.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PIL import Image, ImageGrab

from nearling.bench.demo.screen import Screen
from nearling.core.errors import EngineFailure

_LONGEST_SECONDS = 45.0
_GLANCE_SECONDS = 0.05
_STILL = 5
"""Glances in a row at which nothing has changed."""
_CARET = 0.18
"""The share of a picture, from below, in which something may blink."""

Found = TypeVar("Found")


class Hand:
    def __init__(self, screen: Screen, process: int) -> None:
        self._screen = screen
        self._process = process

    def raise_window(self, title: str) -> None:
        """Brings a window of the process to the front; returns when it can be typed into."""

        def raised() -> bool:
            for window in self._windows(title):
                self._do("windowactivate", window)
            return self.in_front == title

        self.until(raised, f"the window “{title}” in front")

    @property
    def in_front(self) -> str:
        """The title of the window that hears keys, "" where it is another program's."""
        window = self._do("getactivewindow").strip()
        if self._do("getwindowpid", window).strip() != str(self._process):
            return ""
        return self._do("getwindowname", window).strip()

    def press(self, *keys: str) -> None:
        self._require_front()
        self._do("key", "--delay", "40", *keys)

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        self._require_front()
        self._do("keydown", key)
        try:
            yield
        finally:
            self._do("keyup", key)

    def type(self, text: str) -> None:
        self._require_front()
        self._do("type", "--delay", "8", text)

    def see(self, shows: Callable[[Image.Image], bool] = lambda _: True) -> Image.Image:
        """The window in front as it is on the screen, once that `shows` it and stands still."""
        last: Image.Image | None = None
        still = 0

        def seen() -> Image.Image | None:
            nonlocal last, still
            before, last = last, self._grab()
            same = before is not None and _upper(before) == _upper(last)
            still = still + 1 if same else 0
            return last if still >= _STILL and shows(last) else None

        return self.until(seen, "a window that shows what it should and stands still")

    def until(self, found: Callable[[], Found | None], what: str) -> Found:
        """Raises EngineFailure where it does not come true in time."""
        deadline = time.monotonic() + _LONGEST_SECONDS
        while not (seen := found()):
            if time.monotonic() > deadline:
                raise EngineFailure(f"Waited in vain for {what}.", "Run nearling doctor.")
            time.sleep(_GLANCE_SECONDS)  # from outside there is nothing to wait on
        return seen

    def _grab(self) -> Image.Image:
        window = self._do("getactivewindow").strip()
        size = self._told("getwindowgeometry", "--shell", window)
        # Where a frame is around it, xdotool counts that twice; the pointer can be trusted.
        corner = self._told(
            "mousemove", "--window", window, "0", "0", "getmouselocation", "--shell"
        )
        left, top = corner["X"], corner["Y"]
        box = (left, top, left + size["WIDTH"], top + size["HEIGHT"])
        return ImageGrab.grab(box, xdisplay=self._screen.name).convert("RGB")

    def _told(self, *words: str) -> dict[str, int]:
        told = dict(re.findall(r"(\w+)=(-?\d+)", self._do(*words)))
        return {name: int(value) for name, value in told.items()}

    def _windows(self, title: str) -> list[str]:
        exactly = f"^{re.escape(title)}$"
        own = ("--all", "--pid", str(self._process), "--name", exactly)
        return self._do("search", "--onlyvisible", *own).split()

    def _require_front(self) -> None:
        self.until(lambda: self.in_front, "a window of Nearling in front")

    def _do(self, *words: str) -> str:
        """What xdotool says; "" where it finds nothing."""
        asked = ["env", f"DISPLAY={self._screen.name}", "xdotool", *words]
        return subprocess.run(
            asked,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        ).stdout


def _upper(seen: Image.Image) -> bytes:
    return seen.crop((0, 0, seen.width, round(seen.height * (1 - _CARET)))).tobytes()
