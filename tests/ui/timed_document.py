"""The product's window before a stopwatch: a document of 500 pages lands and is leafed through.

For each thing done, milliseconds of processor time of the slowest event, once for each time that
it was done: what else happens on a machine hits one of them, not all.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from nearling.app import App
from nearling.assistant.documents import Documents
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import AttemptStatus, Citation, Draft, Route, TurnStatus
from nearling.core.document import Page, PageKind, Pages
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.core.reading import Line, Reading
from nearling.core.writers import Zone
from nearling.instance.doorbell import Request
from nearling.ui.chat.turn_view import of_turn
from nearling.ui.rehearsal import _Stopwatch
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.window import MainWindow

_TIMES, _PAGES, _LINES = 3, 500, 60
_WORDS = "the tenant pays the deposit of number {at} before the keys are handed over"


def page(document: Capture, number: int) -> Page:
    lines = tuple(
        Line(_WORDS.format(at=number * at), 1.0, Box(60, 20 * at, 900, 20 * at + 16), (), 0)
        for at in range(1, _LINES + 1)
    )
    reading = Reading(document.digest, 960, 1360, 0, lines, (), (), "made", 0.0)
    return Page(number, PageKind.PAGE, "", reading)


class Maker:
    def open(self, document, cancellation):
        yield Pages(_PAGES, PageKind.PAGE)
        for number in range(1, _PAGES + 1):
            cancellation.check()
            yield page(document, number)


class House(App):
    @cached_property
    def documents(self) -> Documents:
        return Documents(self.history, Maker(), self.reader, "made")


class Timer:
    def __init__(self, house: House, file: Path) -> None:
        self._house, self._file = house, file
        self._application, self._tasks = _Stopwatch(), Tasks()
        self._window = MainWindow(house, Theme(self._application, "light"), self._tasks)
        self._window.resize(1280, 820)
        self._window.show()
        self._settle()
        gc.freeze()  # as the product does once its window is seen

    def times(self) -> dict[str, list[float]]:
        told = {"land": [self._timed(self._land) for _ in range(_TIMES)]}
        view, citation = self._kept()
        self._window.session.open(self._house.history.turn(view.id).conversation)
        self._settle()
        looking = self._window.looking
        looking.open_page(view, citation)  # the pane is made once
        self._settle()
        pane = looking.documents
        for number in range(_TIMES):
            looking.close()
            told.setdefault("open", []).append(
                self._timed(lambda: looking.open_page(view, citation))
            )
            told.setdefault("turn", []).append(self._timed(lambda: pane.turn(1)))
            told.setdefault("go", []).append(
                self._timed(lambda at=number: pane.number.setValue(470 + at))
            )
            told.setdefault("all", []).append(self._timed(pane.canvas.select_all))
            told.setdefault("zoom", []).append(self._timed(lambda: pane.zoom_by(1.25)))
            told.setdefault("find", []).append(
                self._timed(lambda at=number: pane.find_bar.wanted.emit(f"number {970 + at}"))
            )
            assert pane.find_bar.count.text()
            told.setdefault("step", []).append(self._timed(lambda: pane.find_bar.step(1)))
            pane.fit()
        return told

    def close(self) -> None:
        self._window.close()
        self._tasks.close()

    def _land(self) -> None:
        self._window.receive(Request((str(self._file),)))
        self._settle()
        (capture,) = self._window.landing.pending.captures
        chip = self._window.composer.document_chip(capture.digest)
        assert chip.state.text() == "Read, 500 pages"
        self._window.landing.remove(capture.digest)
        self._house.documents._ahead.clear()

    def _kept(self):
        """A turn that was answered from the middle of the document."""
        history = self._house.history
        capture = Capture(Medium.DOCUMENT, self._file.name, self._file.read_bytes())
        turn = history.open_turn(Draft("How much?", (capture,)))
        (attachment,) = turn.message.attachments
        list(self._house.documents.read(attachment, capture, Cancellation()))
        route = Route("made", Zone.COMPUTER, "It is here.")
        attempt = history.open_attempt(turn.id, route)
        citation = Citation(capture.name, capture.digest, "12", Box(60, 900, 900, 916), 250)
        history.append(attempt.id, "It is 12.")
        history.cite(attempt.id, citation)
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        history.close_turn(turn.id, TurnStatus.ANSWERED)
        return of_turn(history.turn(turn.id)), citation

    def _timed(self, act: Callable[[], object]) -> float:
        self._application.spent.clear()
        act()
        self._settle()
        return 1000 * max(self._application.spent)

    def _settle(self) -> None:
        """Until everything that can be seen is there and painted."""
        transcript = self._window.transcript
        for _ in range(3):
            while True:
                QCoreApplication.processEvents()
                if self._tasks.idle and not transcript._later.isActive():
                    break


if __name__ == "__main__":
    with House() as app:
        timer = Timer(app, Path(sys.argv[1]))
        print(json.dumps(timer.times()))
        timer.close()
