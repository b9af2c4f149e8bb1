"""The product's window before a stopwatch: opens a kept conversation; tells its slowest events.

For each thing done, milliseconds of processor time of the slowest event, once for each time that
it was done: what else happens on a machine hits one of them, not all.
"""

from __future__ import annotations

import gc
import json
import sys

from PySide6.QtCore import QCoreApplication

from nearling.app import App
from nearling.ui.rehearsal import _Stopwatch
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.window import MainWindow

_TIMES = 3
_STEPS = 12


class Timer:
    def __init__(self, house: App) -> None:
        self._application, self._tasks = _Stopwatch(), Tasks()
        self._window = MainWindow(house, Theme(self._application, "light"), self._tasks)
        self._window.show()
        self._settle()
        gc.freeze()  # as the product does once its window is seen

    def times(self, short: str, long: str) -> dict[str, list[float]]:
        told: dict[str, list[float]] = {}
        for _ in range(_TIMES):
            told.setdefault("short", []).append(self._opening(short))
            told.setdefault("open", []).append(self._opening(long))
            told.setdefault("scroll", []).append(self._scrolling())
            told.setdefault("resize", []).append(self._resizing())
        return told

    def close(self) -> None:
        self._window.close()
        self._tasks.close()

    def _opening(self, conversation: str) -> float:
        self._application.spent.clear()
        self._window.session.open(conversation)
        self._settle()
        assert self._window.session.conversation == conversation
        assert self._window.transcript.widget(0)._answer.shown()
        return self._slowest()

    def _scrolling(self) -> float:
        self._application.spent.clear()
        bar = self._window.transcript.verticalScrollBar()
        for step in range(_STEPS + 1):
            bar.setValue(round(bar.maximum() * (1 - step / _STEPS)))
            self._settle()
            assert self._window.transcript.widget(0)._answer.shown()
        return self._slowest()

    def _resizing(self) -> float:
        self._application.spent.clear()
        for width in (1000, 1160):
            self._window.resize(width, 800)
            self._settle()
        return self._slowest()

    def _settle(self) -> None:
        """Until everything that can be seen is there and painted."""
        transcript = self._window.transcript
        for _ in range(3):
            while True:
                QCoreApplication.processEvents()
                if self._tasks.idle and not transcript._later.isActive():
                    break

    def _slowest(self) -> float:
        return 1000 * max(self._application.spent)


if __name__ == "__main__":
    with App() as app:
        timer = Timer(app)
        print(json.dumps(timer.times(*sys.argv[1:])))
        timer.close()
