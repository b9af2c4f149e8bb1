"""The product's window before a slow writer; tells what is seen whenever that changes.

Only the writer is made up: house, history, doorbell and window are the product's own.
"""

from __future__ import annotations

import json
import sys
import time
from functools import cached_property

from nearling.app import App
from nearling.assistant.assistant import Assistant
from nearling.core.events import Delta, Finished
from scripted.engines import ScriptedCleaner, ScriptedWriter, candidate, documents

WORDS = [f"word{at} " for at in range(80)]
_GLANCE_MS = 10


class SlowApp(App):
    @cached_property
    def assistant(self) -> Assistant:
        pause = float(sys.argv[1])
        paced = [each for word in WORDS for each in (Delta(word), lambda: time.sleep(pause))]
        writer = ScriptedWriter(*paced, Finished(1, len(WORDS)))
        reader = self.pool.reader
        writers = [candidate("scripted", writer)]
        return Assistant(
            self.history,
            reader,
            "scripted",
            self.recordings,
            lambda: writers,
            cleaner=ScriptedCleaner(),
            documents=documents(self.history),
        )


class Teller:
    """Looks at the window as a person would: at what is shown, and where it can be clicked."""

    def __init__(self) -> None:
        self._told = None

    def begin(self, _: str) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        (self._window,) = (
            each for each in QApplication.topLevelWidgets() if hasattr(each, "composer")
        )
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_GLANCE_MS)

    def _look(self) -> None:
        seen = self._seen()
        if seen != self._told:
            self._told = seen
            print(json.dumps(seen), flush=True)

    def _seen(self) -> dict[str, object]:
        window = self._window
        listed = window.panel.list
        rows = [window.panel.model.index(row) for row in range(window.panel.model.rowCount())]
        told: dict[str, object] = {
            "active": window.isActiveWindow(),
            "composer": window.composer.text.toPlainText(),
            "listed": [index.data() for index in rows],
            "places": [_middle(listed.viewport(), listed.visualRect(index)) for index in rows],
        }
        count = len(window.session.transcript)
        turn = window.transcript.widget(count - 1) if count else None
        if turn is not None and turn.isVisible():
            told |= {
                "question": turn._question.toPlainText(),
                "answer": " ".join(each.toPlainText() for each in turn._answer.shown().values()),
                "head": turn._head.text() if turn._head.isVisible() else "",
                "busy": window.session.is_busy,
                "again": _middle(turn._again, turn._again.rect())
                if turn._again.isVisible()
                else None,
            }
        return told


def _middle(widget, rectangle) -> tuple[int, int]:
    place = widget.mapToGlobal(rectangle.center())
    return place.x(), place.y()


if __name__ == "__main__":
    with SlowApp() as app:
        sys.exit(app.open_window((), "", False, Teller().begin))
