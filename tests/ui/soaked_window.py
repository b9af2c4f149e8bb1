"""The product's window, asked one question after another; tells what its process holds.

Now and then it rests first, until its children have had the time to give memory back.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psutil

from nearling.app import App
from nearling.engines.host.child import REST_SECONDS
from nearling.instance.doorbell import Request

_GLANCE_MS, _REST_MS = 10, round(2000 * REST_SECONDS)
RESTS = 10
"""Questions from one rest to the next."""
_TOGETHER = 10
"""Questions in one conversation."""


class Asker:
    def __init__(self, folder: Path, times: int) -> None:
        self._files = sorted(folder.iterdir())
        self._times = times
        self._asked = 0
        self._process = psutil.Process()
        self._sent = False
        self._rested = False

    def begin(self, _: str) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        (self._window,) = (
            each for each in QApplication.topLevelWidgets() if hasattr(each, "composer")
        )
        self._timer = QTimer()
        self._timer.timeout.connect(self._go_on)
        self._timer.start(_GLANCE_MS)

    def _go_on(self) -> None:
        """The next thing a person would do, as soon as the window is ready for it."""
        window = self._window
        if window.session.is_busy or window._tasks._jobs:
            return
        if window.composer.text.toPlainText():
            if len(window.landing.pending) and not self._sent:
                self._sent = True
                window.composer.send.click()
            return
        if self._asked:
            if not self._rested:
                self._look_around()
                if self._asked % RESTS == 0:
                    self._rested = True
                    self._timer.start(_REST_MS)
                    return
            self._tell()
            self._rested = False
            self._timer.start(_GLANCE_MS)
        if self._asked == self._times:
            self._timer.stop()
            window.close()
            return
        if self._asked % _TOGETHER == 0:
            window.open_new()
        file = self._files[self._asked % len(self._files)]
        self._sent = False
        self._asked += 1
        window.receive(Request((str(file),), "What is the total?"))

    def _look_around(self) -> None:
        """Opens the picture of the answer, closes it, and scrolls to the beginning and back."""
        window = self._window
        turn = window.transcript.widget(len(window.session.transcript) - 1)
        assert turn is not None
        turn._canvases[0][1].opened.emit()
        window.looking.pictures.hide()
        bar = window.transcript.verticalScrollBar()
        bar.setValue(0)
        bar.setValue(bar.maximum())

    def _tell(self) -> None:
        children = self._process.children(recursive=True)
        turn = self._window.session.transcript.view(len(self._window.session.transcript) - 1)
        print(
            json.dumps(
                {
                    "asked": self._asked,
                    "answer": turn.text,
                    "own": self._process.memory_info().rss,
                    "children": sum(each.memory_info().rss for each in children),
                    "threads": self._process.num_threads(),
                    "handles": self._process.num_fds(),
                    "processes": len(children),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    with App() as app:
        sys.exit(app.open_window((), "", False, Asker(Path(sys.argv[1]), int(sys.argv[2])).begin))
