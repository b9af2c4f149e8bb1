"""Leads every bug to one place: uncaught exceptions of any thread, and what Qt complains about."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from nearling.core.faults import named

_log = logging.getLogger(__name__)
_SERIOUS = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Faults(QObject):
    """While it is installed, no bug goes unheard and none ends the process."""

    found = Signal(str)
    """Names the fault without a person's words; emitted on the GUI thread."""
    _raised = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._raised.connect(self.found, Qt.ConnectionType.QueuedConnection)
        self._previous = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(self._qt_says)

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._previous
        qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        fault = named(error)
        _log.error("%s", fault)
        self._raised.emit(fault)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        self.report(error)

    def _uncaught_in_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.report(hook.exc_value)

    def _qt_says(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Qt's own complaints are for the log; only what it calls critical is a fault."""
        place = f"{context.category or 'qt'}: {message}"
        if kind in _SERIOUS:
            _log.error("%s", place)
            self._raised.emit(f"Qt, {place}")
        elif kind is QtMsgType.QtWarningMsg:
            _log.warning("%s", place)
