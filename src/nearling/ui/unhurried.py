"""Loads modules one by one between two events, so that nothing waits for more than one of them.

Not on a thread: a class of Qt's that two threads meet first at the same time is made twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from PySide6.QtCore import QObject, QTimer


class Unhurried(QObject):
    def __init__(self, modules: Iterable[str], parent: QObject) -> None:
        """The modules' names, those that others need before these."""
        super().__init__(parent)
        self._modules = iter(modules)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._load)
        self._timer.start(0)

    def _load(self) -> None:
        module = next(self._modules, None)
        if module is None:
            self._timer.stop()
        else:
            import_module(module)
