"""Brings what is told while somebody talks from any thread to the window's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from nearling.core.talk import Told


class Bridge(QObject):
    told = Signal(object)
    """A value of `Told`, on the thread that this was made on, in the order of the telling."""
    _crossed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._crossed.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def tell(self, told: Told) -> None:
        """From any thread."""
        self._crossed.emit(told)
