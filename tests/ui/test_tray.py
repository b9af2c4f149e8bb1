"""The icon in a real tray: it opens the window again, and only there closing means hiding.

The product runs in a process and on a screen of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from nearling.bench.demo.screen import a_screen
from nearling.bench.executable import run_product
from nearling.settings.options import Options
from nearling.ui.dialogs.settings import SettingsDialog
from scripted.engines import says
from scripted.processes import running
from scripted.product import COMMAND, Product
from ui.test_product import eventually

NEEDED = ("Xvfb", "openbox", "xdotool", "trayer")
CORNER = ("1388", "908")
"""Where the tray's only icon is on a screen of 1400 × 920."""


class Desk:
    """A screen with a tray in its corner, and the product on it."""

    def __init__(self, screen, home, settings: str) -> None:
        self._before = screen.before
        home.mkdir()
        (home / "settings.toml").write_text(settings, "utf-8")
        words = [*screen.before, *COMMAND, "open", "--json"]
        self.process = subprocess.Popen(
            words, env=Product(home).environment, stdout=subprocess.PIPE, text=True
        )
        assert json.loads(self.process.stdout.readline()) == {"window": "open"}
        eventually(self.shown)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.communicate()

    def xdotool(self, *words: str) -> str:
        ran = subprocess.run(
            [*self._before, "xdotool", *words], capture_output=True, text=True, check=False
        )
        return ran.stdout

    def windows(self) -> list[str]:
        """What the process shows, its icon included."""
        pid = str(self.process.pid)
        return self.xdotool("search", "--onlyvisible", "--pid", pid).split()

    def shown(self) -> bool:
        """Whether the main window is there to be typed into."""
        active = self.xdotool("getactivewindow", "getwindowname").strip()
        return active == "Nearling" and self.xdotool("getactivewindow").strip() in self.windows()

    def click_icon(self, button: str, seen) -> None:
        """Until something comes of it: a tray does not tell when its icon can hear."""

        def clicked() -> bool:
            self.xdotool("mousemove", *CORNER, "click", button)
            deadline = time.monotonic() + 2
            while not (found := seen()) and time.monotonic() < deadline:
                time.sleep(0.05)
            return found

        eventually(clicked)

    def choose(self, *keys: str) -> None:
        """From the icon's menu."""
        before = len(self.windows())
        self.click_icon("3", lambda: len(self.windows()) > before)
        self.xdotool("key", *keys)

    def close_window(self) -> None:
        self.xdotool("key", "ctrl+w")  # this screen is thrown away, with the key that stays down
        eventually(lambda: not self.shown())


@contextmanager
def a_tray(screen):
    place = ("--edge", "bottom", "--align", "right", "--widthtype", "request")
    words = [*screen.before, "trayer", *place]
    listing = [*screen.before, "xdotool", "search", "--class", "trayer"]
    with running(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        eventually(lambda: subprocess.run(listing, capture_output=True, check=False).stdout)
        yield


@pytest.fixture
def a_desk(tmp_path):
    lacking = [program for program in NEEDED if shutil.which(program) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")

    @contextmanager
    def build(settings: str, *, tray_first: bool = True):
        with a_screen() as screen:
            looked = run_product(["look"], tmp_path, screen.before).object()
            if "screen" not in looked:
                pytest.skip(str(looked["sentence"]))
            with ExitStack() as stack:
                if tray_first:
                    stack.enter_context(a_tray(screen))
                desk = stack.enter_context(Desk(screen, tmp_path / "home", settings))
                if not tray_first:
                    stack.enter_context(a_tray(screen))
                yield desk

    return build


def test_closing_hides_where_that_was_chosen_and_a_click_opens_again(a_desk):
    with a_desk('closing = "tray"\n') as desk:
        desk.close_window()
        assert desk.process.poll() is None
        desk.click_icon("1", desk.shown)
        desk.process.terminate()  # asked to end, it does not stay in the tray
        assert desk.process.wait(20) == 0


def test_the_menu_begins_a_question(a_desk):
    with a_desk('closing = "tray"\n') as desk:
        desk.close_window()
        desk.choose("Down", "Down", "Return")
        eventually(desk.shown)


def test_the_menu_quits(a_desk):
    with a_desk('closing = "tray"\n') as desk:
        desk.choose("Up", "Return")
        assert desk.process.wait(20) == 0


def test_a_tray_that_comes_later_is_noticed(a_desk):
    """As at login, where it may start after what was opened with the session."""
    with a_desk('closing = "tray"\n', tray_first=False) as desk:
        eventually(lambda: len(desk.windows()) > 1)
        desk.close_window()
        assert desk.process.poll() is None
        desk.click_icon("1", desk.shown)


def test_by_default_closing_quits(a_desk):
    with a_desk("") as desk:
        desk.close_window()
        assert desk.process.wait(20) == 0


def test_without_a_tray_nothing_is_shown_and_closing_quits(open_window):
    window = open_window(says("x"))
    window.tray.enter()
    assert not window.tray.here
    window._use(replace(window._options, closing="tray"))
    assert window.close()


def test_the_option_is_offered_only_where_there_is_a_tray(open_window):
    window = open_window(says("x"))
    kept = Options(closing="tray", threads=3)
    dialog = SettingsDialog(kept, "settings.toml", window, ("closing",))
    assert "closing" not in dialog._fields
    assert dialog.options == kept
    assert "closing" in SettingsDialog(kept, "settings.toml", window)._fields
