"""The icon in the desktop's tray, where it has one: opens the window, begins a question, quits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon

_AGAIN_MS = 5000


class Tray(QObject):
    open_wanted = Signal()
    new_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, wanted: Callable[[], bool]) -> None:
        """`wanted` says whether it is worth waiting for a tray that comes later."""
        super().__init__()
        self._wanted = wanted
        self._menu = QMenu()
        self._icon: QSystemTrayIcon | None = None
        self._again = QTimer(self)  # no desktop tells of it in a way that all of them know
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.enter)

    @property
    def here(self) -> bool:
        """Many desktops have none; then there is nothing to hide to."""
        return self._icon is not None

    def enter(self) -> None:
        """Shows the icon, once there is a place for it."""
        if self.here:
            return
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self._again.start() if self._wanted() else self._again.stop()
            return
        self._again.stop()
        for text, signal in (
            (_("Open Nearling"), self.open_wanted),
            (_("New question"), self.new_wanted),
            (_("Quit"), self.quit_wanted),
        ):
            self._menu.addAction(text, signal.emit)
        self._icon = QSystemTrayIcon(icon("nearling", "", 64), self)
        self._icon.setToolTip("Nearling")
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.show()

    def close(self) -> None:
        self._again.stop()
        if self._icon is not None:
            self._icon.hide()
            self._menu.close()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()
