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

    @classmethod
    def where_there_is_one(cls) -> Tray | None:
        """Many desktops have none; then there is nothing to show, and nothing to hide to."""
        return cls() if QSystemTrayIcon.isSystemTrayAvailable() else None

    def __init__(self) -> None:
        super().__init__()
        self._menu = QMenu()
        for text, signal in (
            (_("Open Nearling"), self.open_wanted),
            (_("New question"), self.new_wanted),
            (_("Quit"), self.quit_wanted),
        ):
            self._menu.addAction(text, signal.emit)
        self.icon = QSystemTrayIcon(icon("nearling", "", 64), self)
        self.icon.setToolTip("Nearling")
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.icon.show()

    def close(self) -> None:
        self.icon.hide()
        self._menu.close()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()
