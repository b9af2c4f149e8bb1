"""What outlasts the window: where it stood, and how its room was shared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter


class Remembered:
    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow, splitter: QSplitter) -> None:
        window.resize(1280, 820)
        if (geometry := self._settings.value("geometry")) is not None:
            window.restoreGeometry(geometry)
        if (parts := self._settings.value("parts")) is not None:
            splitter.restoreState(parts)

    def keep(self, window: QMainWindow, splitter: QSplitter) -> None:
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("parts", splitter.saveState())
