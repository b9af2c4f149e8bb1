"""The icon in the desktop's tray, where it has one: opens the window, begins a question, quits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon


class Tray(QObject):
    open_wanted = Signal()
    new_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._menu = QMenu()
        self._icon: QSystemTrayIcon | None = None

    @property
    def here(self) -> bool:
        """Many desktops have none; then there is nothing to hide to."""
        return self._icon is not None

    def enter(self) -> None:
        """Shows the icon, if there is a place for it."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
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
        if self._icon is not None:
            self._icon.hide()
            self._menu.close()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()
