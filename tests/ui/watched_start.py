"""Starts the product and tells what each window or dialog says and whether it has the keys."""

from __future__ import annotations

import json
import sys
import threading
import time

from nearling.__main__ import main


def watch() -> None:
    # Two threads that look for modules at once may miss one.
    while not hasattr(sys.modules.get("nearling.ui.window"), "MainWindow"):
        time.sleep(0.02)
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    while (application := QApplication.instance()) is None:
        time.sleep(0.02)
    told: list[object] = []

    def look() -> None:
        for window in application.topLevelWidgets():
            if window.isVisible() and (seen := _seen(window)) not in told:
                told.append(seen)
                print(json.dumps(seen), flush=True)

    while True:
        QTimer.singleShot(0, application, look)
        time.sleep(0.1)


def _seen(window) -> dict[str, object]:
    from PySide6.QtWidgets import QDialog, QLabel

    dialog = isinstance(window, QDialog)
    return {
        "dialog": dialog,
        "active": window.isActiveWindow(),
        "words": [label.text() for label in window.findChildren(QLabel)] if dialog else [],
    }


if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    sys.exit(main([]))
