"""Dialogs leave nothing behind, however often they are opened."""

from __future__ import annotations

import gc

import pytest

from scripted.engines import says
from ui.conftest import spin, until

OPENERS = {
    "settings": lambda window: window.show_settings(),
    "shortcuts": lambda window: window._dialogs.shortcuts(),
    "about": lambda window: window._dialogs.about(),
    "link": lambda window: window._dialogs.link("https://example.org"),
}


def open_and_close(window, qt, opener) -> None:
    from PySide6.QtCore import QTimer

    closed = []

    def close() -> None:
        dialog = qt.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(5, close)
            return
        closed.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, close)
    opener(window)
    assert closed


@pytest.mark.parametrize("name", OPENERS)
def test_a_dialog_is_freed_once_it_is_closed(open_window, qt, name):
    from PySide6.QtWidgets import QDialog

    window = open_window(says("x"))

    def left() -> tuple[int, int]:
        spin(0.02)
        gc.collect()
        kept = [each for each in gc.get_objects() if isinstance(each, QDialog)]
        return len(qt.allWidgets()), len(kept)

    open_and_close(window, qt, OPENERS[name])
    before = left()
    for _ in range(20):
        open_and_close(window, qt, OPENERS[name])
    until(lambda: left() <= before)
