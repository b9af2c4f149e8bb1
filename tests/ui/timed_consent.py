"""The window before a stopwatch, asking for consent to a megabyte; tells its slowest events.

Arguments: the folder that the history goes to, and how the text lies in it: `lines` or `line`. For
each thing done, milliseconds of processor time of the slowest event, once for each time that it
was done: what else happens on a machine hits one of them, not all.
"""

from __future__ import annotations

import gc
import json
import sys
from functools import partial

from PySide6.QtCore import QCoreApplication

from nearling.assistant.assistant import Assistant
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.history.history import History
from nearling.settings.options import Options
from nearling.settings.paths import Paths
from nearling.ui.rehearsal import _Stopwatch
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.window import MainWindow
from scripted.consent import LARGE, Remote
from scripted.engines import ScriptedCleaner, ScriptedReader, documents, picture, recordings
from scripted.writers import ScriptedWriters
from ui.conftest import ScriptedHouse

_TIMES = 3
_WORDS = "Mara Quill owes 12.50 EUR, and that is said once more. "
TEXTS = {
    "lines": [f"{at} {_WORDS}" for at in range(17_000)],
    "line": [_WORDS * 19_000],
}


class Timer:
    def __init__(self, home: str, text: str) -> None:
        self._application, self._tasks = _Stopwatch(), Tasks()
        self._application.setCursorFlashTime(0)
        paths = Paths.find({"NEARLING_HOME": home})
        self._history = History(paths.history)
        there = ScriptedWriters((Remote(LARGE).candidate,))
        reader = ScriptedReader({"page.png": TEXTS[text]})
        assistant = Assistant(
            self._history,
            reader,
            "scripted",
            recordings(self._history),
            there,
            cleaner=ScriptedCleaner(),
            documents=documents(self._history),
        )
        house = ScriptedHouse(paths, self._history, assistant, writers=there)
        house.options = Options(new_mode="ask")
        self._window = MainWindow(house, Theme(self._application, "light"), self._tasks)
        house.endpoints.add(LARGE)
        self._window.models.known.look_again()
        self._window.show()
        draft = Draft("Who owes what?", (picture("page.png"),))
        list(assistant.answer(draft, self._window.session.rules(), Cancellation()))
        self._settle()
        gc.freeze()  # as the product does once its window is seen

    def times(self) -> dict[str, list[float]]:
        told: dict[str, list[float]] = {}
        (summary,) = self._history.conversations()
        for _ in range(_TIMES):
            self._window.open_new()
            self._window.consenting._asked.clear()
            self._settle()
            told.setdefault("open", []).append(
                self._slowest(lambda: self._window.session.open(summary.id))
            )
            card = self._window.transcript.widget(0).below
            assert card.complete
            assert len(card._asked.outgoing.body) > 900_000
            excerpt = next(each for key, each in card.sections.items() if key != "question").excerpt
            told.setdefault("all", []).append(self._slowest(excerpt.more.click))
            assert excerpt.whole.filled
            told.setdefault("bytes", []).append(self._slowest(card.every_byte.fold.click))
            assert card.every_byte.text.filled
            hide = partial(card.hide_wanted.emit, "12.50 EUR")
            told.setdefault("hide", []).append(self._slowest(hide))
            assert card.complete
            assert card._asked.outgoing.hidden >= 17_000
            told.setdefault("resize", []).append(
                self._slowest(lambda: self._window.resize(900, 700))
            )
            self._slowest(lambda: self._window.resize(1200, 800))
            card.show_wanted.emit("12.50 EUR")
            self._settle()
        return told

    def close(self) -> None:
        self._window.close()
        self._tasks.close()
        self._history.close()

    def _slowest(self, act) -> float:
        from PySide6.QtCore import QTimer

        self._application.spent.clear()
        QTimer.singleShot(0, act)
        QCoreApplication.processEvents()
        self._settle()
        return 1000 * max(self._application.spent)

    def _settle(self) -> None:
        """Until everything that can be seen is there and painted."""
        transcript = self._window.transcript
        for _ in range(3):
            while True:
                QCoreApplication.processEvents()
                if self._tasks.idle and not transcript._later.isActive() and self._filled():
                    break

    def _filled(self) -> bool:
        from nearling.ui.consent.whole_text import WholeText

        return all(each.filled for each in self._window.findChildren(WholeText))


if __name__ == "__main__":
    timer = Timer(*sys.argv[1:])
    print(json.dumps(timer.times()))
    timer.close()
