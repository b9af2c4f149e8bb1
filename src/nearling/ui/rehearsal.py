"""The window as in a performance, but before a stopwatch instead of a person; prints its times.

A picture lands on it before and after its child is awake, then an answer is streamed into it.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMimeData,
    QObject,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from nearling.ui.display import require_display
from nearling.ui.faults import Faults
from nearling.ui.house import House
from nearling.ui.picture.pictures import THUMBNAIL
from nearling.ui.plain_import import import_plainly
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.window import MainWindow

_TICK_MS, _REST_MS = 4, 3000


class _Stopwatch(QApplication):
    """Takes the processor time of every event that is handled."""

    def __init__(self) -> None:
        super().__init__(sys.argv[:1])
        self.spent: list[float] = []
        self._depth = 0

    # Qt's

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return super().notify(receiver, event)
        self._depth += 1
        begun = time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            self.spent.append(time.thread_time() - begun)


class _Gaps(QObject):
    """How long the event loop left a timer waiting, tick after tick."""

    def __init__(self) -> None:
        super().__init__()
        self._ticked = time.perf_counter()
        self.seconds: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def stop(self) -> None:
        self._timer.stop()

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[len(self.seconds) * 99 // 100]

    def _tick(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._ticked)
        self._ticked = now


def rehearse_window(house: House, files: Sequence[str]) -> int:
    """Raises NoDisplay, SettingsFailure or StorageFailure."""
    require_display()
    import_plainly()
    application, faults, tasks = _Stopwatch(), Faults(), Tasks()
    faults.install()
    try:
        window = MainWindow(house, Theme(application, house.options.theme), tasks)
        window.show()
        # Not until it is active: without a window manager it never is.
        _wait(lambda: window.windowHandle().isExposed() and tasks.idle)
        gc.freeze()  # as in a performance
        landings = [_land(window, file, tasks) for file in files]
        told = {"landings_ms": landings, **_stream(application, window, tasks)}
        window.close()
    finally:
        tasks.close()
        faults.remove()
    print(json.dumps(told))
    return 0


def _land(window: MainWindow, file: str, tasks: Tasks) -> tuple[float, float]:
    """Milliseconds from the drop until its place is shown, and until the picture is."""
    mime, middle = QMimeData(), window.rect().center()
    mime.setUrls([QUrl.fromLocalFile(file)])
    around = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    QApplication.sendEvent(window, QDragEnterEvent(middle, *around))
    begun = time.perf_counter()
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), *around))
    _wait(lambda: len(window.landing.pending) == 1)
    placed = time.perf_counter() - begun
    (capture,) = window.landing.pending.captures
    _wait(lambda: window.pictures.ready(capture.digest, THUMBNAIL) is not None)
    shown = time.perf_counter() - begun
    _wait(lambda: tasks.idle)  # else the next one would compete with the reading of this one
    window.landing.remove(capture.digest)
    return 1000 * placed, 1000 * shown


def _stream(application: _Stopwatch, window: MainWindow, tasks: Tasks) -> dict[str, float]:
    control = _Gaps()
    rest = QTimer()
    rest.setSingleShot(True)
    rest.start(_REST_MS)
    _wait(lambda: not rest.isActive())
    control.stop()
    gaps = _Gaps()
    application.spent.clear()
    window.composer.text.setPlainText("Tell me")
    window.composer.send.click()
    _wait(lambda: not window.session.is_busy and tasks.idle)
    gaps.stop()
    return {
        "stall_cpu_ms": 1000 * max(application.spent),
        "gap_p99_ms": 1000 * gaps.p99,
        "control_p99_ms": 1000 * control.p99,
    }


def _wait(condition: Callable[[], object]) -> None:
    """Lets Qt work until `condition` holds and what follows from it is painted.

    How long that may take is for whoever started this process to say.
    """
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QCoreApplication.processEvents()
