"""A screen of its own with a window manager, and the real window before a scripted house."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import pytest

from nearling.assistant.assistant import Assistant
from nearling.catalogue.library import Library
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.media import Capture, Rendition
from nearling.engines.pool import Pool
from nearling.history.history import History
from nearling.settings.endpoints import Endpoints
from nearling.settings.keys import Keys
from nearling.settings.options import Options
from nearling.settings.paths import Paths
from nearling.ui.display import DEBIAN_PACKAGES
from scripted.endpoints import ScriptedKeyring, ScriptedRemotes
from scripted.engines import ScriptedCleaner, ScriptedReader, candidate, documents, recordings
from scripted.processes import running, virtual_screen
from scripted.voice import ScriptedVoice
from scripted.writers import ScriptedWriters

_ABOUT_FONTS = "OpenType support missing for "
"""Said of this machine's fonts and some scripts, whatever the window does."""
_FAREWELL_SECONDS = 5.0
"""For threads that were told to end."""
_LEFT_OPEN_SECONDS = 150.0
"""After so long nobody will close a dialog any more: no test waits longer for anything."""
TOOLS = ("Xvfb", "openbox", "xdotool", "xclip")


@pytest.fixture(scope="session")
def display():
    """DISPLAY of a virtual screen, 1600 × 1000, on which openbox manages the windows."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed, so no window can be shown: {', '.join(missing)}")
    with virtual_screen("1600x1000") as name:
        environ = os.environ | {"DISPLAY": name}
        with running(["openbox"], env=environ, stderr=subprocess.DEVNULL) as manager:
            deadline = time.monotonic() + 30
            while subprocess.run(
                ["xdotool", "get_num_desktops"], env=environ, capture_output=True, check=False
            ).returncode:
                assert manager.poll() is None, "the window manager ended"
                assert time.monotonic() < deadline, "the window manager never came up"
                time.sleep(0.02)
            yield name


@pytest.fixture(scope="session")
def application(display):
    before = os.environ.get("DISPLAY")
    os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "1"}
    from nearling.ui.display import require_display

    try:
        require_display()
    except Exception as error:  # noqa: BLE001  whatever it is, there is no window
        pytest.skip(f"{error} Debian: apt install {DEBIAN_PACKAGES}")
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    yield application
    if before is None:
        del os.environ["DISPLAY"]
    else:
        os.environ["DISPLAY"] = before


@pytest.fixture
def qt(application):
    """The application; complaints of Qt, stumbling slots and threads that stay fail the test."""
    from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind, _context, message):
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(_ABOUT_FONTS):
            said.append(message)

    stumbled: list[BaseException] = []
    print_it = sys.excepthook

    def catch(kind, error, trace):
        stumbled.append(error)
        print_it(kind, error, trace)

    before = set(threading.enumerate())
    sys.excepthook = catch
    qInstallMessageHandler(hear)
    closing = QTimer()
    closing.timeout.connect(lambda: close_what_is_open(application, said))
    closing.start(round(_LEFT_OPEN_SECONDS * 1000))
    yield application
    closing.stop()
    application.processEvents()
    qInstallMessageHandler(None)
    sys.excepthook = print_it
    assert (said, stumbled) == ([], [])
    for thread in set(threading.enumerate()) - before:
        thread.join(_FAREWELL_SECONDS)
        assert not thread.is_alive(), f"{thread.name} was left running"


def close_what_is_open(application, told: list[str]) -> None:
    """A dialog has an event loop of its own: a test that does not close it never gets on."""
    from PySide6.QtWidgets import QDialog

    while widget := application.activePopupWidget() or application.activeModalWidget():
        told.append(f"{type(widget).__name__} “{widget.windowTitle()}” was left open")
        if isinstance(widget, QDialog):
            widget.done(0)
        else:
            widget.close()


@contextmanager
def answering(act):
    """Does `act` with the dialog that opens inside, whenever it does; closes it if that fails."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    looking, seen = QTimer(), []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            return
        looking.stop()
        seen.append(dialog)
        try:
            act(dialog)
        except BaseException:
            dialog.done(0)
            raise

    looking.timeout.connect(look)
    looking.start(20)
    try:
        yield
    finally:
        looking.stop()
    assert seen, "no dialog opened"


@pytest.fixture
def themed(qt):
    """Makes themes; any that is left behind would dress the windows of later tests, too."""
    from shiboken6 import delete

    from nearling.ui.theme.theme import Theme

    made = []
    yield lambda choice: made.append(Theme(qt, choice)) or made[-1]
    for theme in made:
        delete(theme)


def spin(seconds: float) -> None:
    """Lets Qt work; QTest.qWait would keep every other thread from working meanwhile."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition, seconds: float = 20.0):
    """What `condition` says as soon as it is something true; fails when it never is."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        spin(0.01)
    return found


class PillowDecoder:
    """Decodes in this process: the child's own tests are elsewhere."""

    def decode(self, picture: Capture, longest: int, cancellation: Cancellation) -> Rendition:
        from nearling.engines.local.renditions import PictureDecoder

        if picture.data == b"broken":
            raise UnusableFile(f"{picture.name} is damaged.", "Copy it again.")
        return PictureDecoder().decode(picture, longest, cancellation)


class BlankRenderer:
    """Pages of a PDF as white paper, in the proportions of `reading_of`."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def render(
        self, document: Capture, page: int, longest: int, cancellation: Cancellation
    ) -> Rendition:
        cancellation.check()
        self.asked.append(page)
        width, height = longest * 2 // 3, longest
        white = b"\xff" * (3 * width * height)
        return Rendition(document.digest, width, height, width, height, white)


@dataclass
class ScriptedHouse:
    paths: Paths
    history: History
    assistant: Assistant
    quoting: frozenset[str] = frozenset({"quoting"})
    options: Options = field(default_factory=Options)
    decoder: PillowDecoder = field(default_factory=PillowDecoder)
    page_renderer: BlankRenderer = field(default_factory=BlankRenderer)
    warmed: list[str] = field(default_factory=list)
    voice: ScriptedVoice | None = None
    extraction: object = None
    writers: ScriptedWriters = field(default_factory=ScriptedWriters)

    keyring: ScriptedKeyring = field(default_factory=ScriptedKeyring)
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def hears(self) -> bool:
        return self.voice is not None

    @property
    def library(self) -> Library:
        return Library(self.paths.models)

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.paths.endpoints_file)

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.environ, self.keyring)

    @cached_property
    def remote(self) -> ScriptedRemotes:
        return ScriptedRemotes(self.keys)

    def warm_up(self) -> None:
        self.warmed.append("reader")

    def warm_for_pictures(self) -> None:
        self.warmed.append("pictures")


@pytest.fixture(scope="session")
def engines(tmp_path_factory):
    """The product's own; that they start when they are needed is asked elsewhere."""
    pool = Pool(0, 3600, tmp_path_factory.mktemp("engines") / "engines.log")
    yield pool
    pool.close()


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "home" / "history") as history:
        yield history


@pytest.fixture
def open_window(themed, history, tmp_path):
    """Opens the window before writers that say what a test wants; closes it after the test."""
    from nearling.ui.faults import Faults
    from nearling.ui.tasks import Tasks
    from nearling.ui.window import MainWindow

    opened = []
    faults = Faults()
    found: list[str] = []
    faults.found.connect(found.append)

    def build(
        *writers,
        reads=None,
        hears=None,
        id="scripted",
        theme="light",
        voice=None,
        options=None,
        candidates=(),
        assistant=Assistant,
        cleaner=None,
        opens=None,
    ):
        """`candidates` are writers with more to say of them than their number; `assistant` makes
        it of what the house has.
        """
        named = (candidate(f"{id}-{at}" if at else id, each) for at, each in enumerate(writers))
        there = ScriptedWriters((*named, *candidates))
        made = assistant(
            history,
            ScriptedReader(reads),
            "scripted",
            recordings(history, hears),
            there,
            cleaner=cleaner or ScriptedCleaner(),
            documents=documents(history, opens),
        )
        paths = Paths.find({"NEARLING_HOME": str(tmp_path / "home")})
        house = ScriptedHouse(paths, history, made, voice=voice, writers=there)
        house.options = options or house.options
        window = MainWindow(house, themed(theme), Tasks())
        window.found = found
        window.begin_talking()
        opened.append(window)
        window.show()
        window.activateWindow()
        until(window.isActiveWindow)
        window.composer.text.setFocus()
        return window

    yield build
    for window in opened:
        window.close()
        window.deleteLater()
    spin(0.05)
    assert found == []
