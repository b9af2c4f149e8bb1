"""A screen for the window's part of the demonstration: one that nobody looks at, or the desktop's.

A virtual screen is preferred, since nothing there can come between a key and the window.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from nearling.core.errors import NoDisplay

_VIRTUAL = ("Xvfb", "openbox", "xdotool")
_SIZE = "1400x920x24"
_LONGEST_SECONDS = 10.0
_GLANCE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Screen:
    """An X screen that answers; `virtual` where nobody sees it."""

    name: str
    virtual: bool

    @property
    def before(self) -> tuple[str, ...]:
        """The words that let a command run on this screen."""
        return ("env", "-u", "WAYLAND_DISPLAY", f"DISPLAY={self.name}", "QT_QPA_PLATFORM=xcb")


@contextmanager
def a_screen() -> Iterator[Screen]:
    """Raises NoDisplay with what is missing."""
    lacking = [program for program in _VIRTUAL if shutil.which(program) is None]
    if not lacking:
        with _virtual_screen() as name:
            yield Screen(name, virtual=True)
    elif os.environ.get("DISPLAY") and "xdotool" not in lacking:
        yield Screen(os.environ["DISPLAY"], virtual=False)
    else:
        raise NoDisplay(
            f"Nothing can press keys in a window here without {' and '.join(lacking)}.",
            "On Debian and Ubuntu: sudo apt install xvfb openbox xdotool",
        )


@contextmanager
def _virtual_screen() -> Iterator[str]:
    reading, writing = os.pipe()
    # It says its number; with -noreset it stays when its first client leaves.
    options = ("-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset")
    try:
        with _running(["Xvfb", "-displayfd", str(writing), *options], keep=writing):
            os.close(writing)
            writing = -1
            with os.fdopen(os.dup(reading)) as told:
                number = told.readline().strip()
            if not number:
                raise NoDisplay("The virtual screen did not start.", "Run Xvfb :99 to see why.")
            name = f":{number}"
            with _running(["env", f"DISPLAY={name}", "openbox"]):
                _await_manager(name)
                yield name
    finally:
        os.close(reading)
        if writing >= 0:
            os.close(writing)


@contextmanager
def _running(words: Sequence[str], keep: int | None = None) -> Iterator[None]:
    """`words` as a process that hears and says nothing, ended in the end."""
    popen = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=() if keep is None else (keep,),
    )
    try:
        yield
    finally:
        popen.terminate()
        try:
            popen.wait(_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()


def _await_manager(name: str) -> None:
    """Until then a window could not be brought to the front."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    asked = ["env", f"DISPLAY={name}", "xdotool", "get_num_desktops"]
    while subprocess.run(asked, capture_output=True, check=False).returncode:
        if time.monotonic() > deadline:
            raise NoDisplay(
                "The window manager of the virtual screen did not start.", "Run openbox to see why."
            )
        time.sleep(_GLANCE_SECONDS)  # there is nothing to wait on
