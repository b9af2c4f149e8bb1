"""Opens the window and stays until it is closed.

The screen is looked at first, since Qt ends the process where there is none; then the theme, the
tasks and the window are made, and whoever rings at the door from now on is let in. What stands in
the way of the history or the settings is shown in a window, too.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nearling.core.errors import NearlingError, SettingsFailure, StorageFailure
from nearling.instance.doorbell import Doorbell, Request, Talk
from nearling.ui.display import require_display
from nearling.ui.house import House
from nearling.ui.plain_import import import_plainly


def open_window(
    house: House, request: Request, doorbell: Doorbell, seen: Callable[[], None]
) -> int:
    """Calls `seen` once the window can be seen, and returns the exit code when it is closed.

    Raises NoDisplay, and SettingsFailure or StorageFailure once the person has seen it.
    """
    # Until it can close a window, Ctrl-C ends the process as a termination request does: raised
    # within Qt, its exception would be lost, or taken for a crash.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    require_display()
    # All that is loaded stays: to look for garbage among it takes a tenth of the start.
    gc.disable()
    scale = 100 if _hindrance(house) else house.options.scale_percent
    if scale != 100:
        os.environ["QT_SCALE_FACTOR"] = f"{scale / 100:g}"
    from PySide6.QtCore import QObject, Signal
    from PySide6.QtWidgets import QApplication

    import_plainly()
    from nearling.ui.faults import Faults
    from nearling.ui.qt_words import translate_qt
    from nearling.ui.tasks import Tasks
    from nearling.ui.theme.icons import icon
    from nearling.ui.theme.theme import Theme
    from nearling.ui.window import MainWindow

    class Door(QObject):
        """Brings rings from the doorbell's thread to this one."""

        rang = Signal(object)
        talked = Signal(object)

    application = QApplication(sys.argv[:1])
    application.setApplicationName("nearling")
    application.setApplicationDisplayName("Nearling")
    application.setDesktopFileName("app.nearling.Nearling")
    application.setWindowIcon(icon("nearling", "", 64))
    translate_qt(application)
    faults, tasks, door = Faults(), Tasks(), Door()
    faults.install()
    try:
        theme = Theme(application, "system")
        while (error := _hindrance(house)) is not None:
            _show(error)
        theme.choose(house.options.theme)
        window = MainWindow(house, theme, tasks)
        faults.found.connect(window.tell_bug)
        door.rang.connect(window.receive)

        def settle() -> None:
            """What is there by now stays; to look through it for garbage would be a hitch."""
            gc.freeze()
            gc.enable()

        early: list[Talk] = []

        def act(ring: Talk) -> None:
            if window.talk is None:
                early.append(ring)  # in a moment one can
            else:
                window.talk.act(ring.action)

        def begin_talking(_voice: object) -> None:
            window.begin_talking()
            while early and window.talk is not None:
                act(early.pop(0))
            settle()

        def talk(ring: Talk) -> None:
            """Without waiting for the window's thread, once one can talk."""
            if window.talk is None:
                door.talked.emit(ring)
            else:
                act(ring)

        door.talked.connect(act)
        doorbell.answer(door.rang.emit, talk)
        if request != Request():
            window.receive(request)
        sight = window.sight
        sight.seen.connect(seen)
        sight.seen.connect(window.tray.enter)  # asking the desktop takes a moment
        sight.seen.connect(settle)
        sight.seen.connect(lambda: tasks.call(lambda _: house.voice, begin_talking))
        window.show()
        window.composer.text.setFocus()
        with _ending_by_signals(window.quit):
            return application.exec()
    finally:
        gc.enable()
        tasks.close()
        faults.remove()


def _hindrance(house: House) -> NearlingError | None:
    """Why there can be no window yet; looks again with each call."""
    try:
        _ = house.options, house.history
    except (SettingsFailure, StorageFailure) as error:
        return error
    return None


def _show(error: NearlingError) -> None:
    """Returns when it is to be tried again; raises `error` when not."""
    from nearling.ui.dialogs.hindrance import HindranceDialog

    if not HindranceDialog(error).exec():
        raise error


@contextmanager
def _ending_by_signals(close: Callable[[], object]) -> Iterator[None]:
    """Ctrl-C in the terminal and a termination request close the window in good order."""
    from PySide6.QtCore import QSocketNotifier

    if sys.platform == "win32":
        yield
        return
    # Python looks at signals between its own instructions; Qt's loop runs none of them.
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(reading, 1) and close())
    woken = signal.set_wakeup_fd(writing)  # first: no signal may be taken and not be heard of
    previous = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        os.close(reading)
        os.close(writing)
