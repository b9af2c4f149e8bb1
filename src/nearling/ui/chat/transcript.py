"""The turns of one conversation: all by outline, those that are looked at whole."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nearling.core.conversation import TurnOutline

if TYPE_CHECKING:  # there is no turn before the window is seen
    from nearling.ui.chat.turn_view import TurnView

_KEPT = 300
"""Whole turns in memory; more than any screen shows."""


class Transcript:
    """Rows count from the oldest turn."""

    def __init__(self, outlines: Iterable[TurnOutline] = ()) -> None:
        self.outlines = list(outlines)
        self._rows = {outline.id: row for row, outline in enumerate(self.outlines)}
        self._views: OrderedDict[str, TurnView] = OrderedDict()

    def __len__(self) -> int:
        return len(self.outlines)

    def row(self, turn: str) -> int | None:
        return self._rows.get(turn)

    def view(self, row: int) -> TurnView | None:
        """None where it has not been loaded."""
        return self._views.get(self.outlines[row].id)

    def missing(self, rows: Iterable[int]) -> tuple[str, ...]:
        """The turns among `rows` that would have to be loaded."""
        wanted = (self.outlines[row].id for row in rows)
        return tuple(turn for turn in wanted if turn not in self._views)

    def add(self, view: TurnView) -> int:
        """A new turn at the end; its row."""
        row = len(self.outlines)
        letters = len(view.question) + len(view.text)
        self.outlines.append(TurnOutline(view.id, letters, len(view.attachments)))
        self._rows[view.id] = row
        self.put(view)
        return row

    def put(self, view: TurnView) -> int | None:
        """What a known turn looks like now; its row, None for a turn of another conversation."""
        row = self._rows.get(view.id)
        if row is not None:
            self._views[view.id] = view
            self._views.move_to_end(view.id)
            if len(self._views) > _KEPT:
                self._views.popitem(last=False)
        return row


def likely_height(outline: TurnOutline, letters_a_line: int = 90) -> int:
    """A guess in pixels, good enough for a scroll bar."""
    return 150 + 22 * (outline.letters // letters_a_line) + 200 * bool(outline.attachments)
