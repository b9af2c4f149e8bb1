"""Colours code a slice at a time, so that no event takes long, and gives up where all would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from nearling.ui.markdown.highlight import coloured, kept
from nearling.ui.theme.tokens import Tokens

_SLICE_SECONDS = 0.004
_MOST_SECONDS = 0.5
"""Of processor time: what the longest real code takes. Some texts take lexers hours."""


class Colouring(QObject):
    """One piece of code at a time."""

    def __init__(self, parent: QObject, show: Callable[[str], None]) -> None:
        """`show` is given the whole as HTML; it is not called where there is no end in sight."""
        super().__init__(parent)
        self._show = show
        self._work: Iterator[str] = iter(())
        self._pieces: list[str] = []
        self._spent = 0.0
        self._soon = QTimer(self)
        self._soon.timeout.connect(self._go_on)

    def begin(self, code: str, language: str, tokens: Tokens) -> bool:
        """Whether all of it is coloured already, as short code is."""
        self._work = coloured(code, language, tokens)
        self._pieces, self._spent = [], 0.0
        self._soon.start(0)
        self._go_on()
        return not self._soon.isActive()

    def stop(self) -> None:
        self._soon.stop()

    def _go_on(self) -> None:
        begun = time.thread_time()
        for piece in self._work:
            self._pieces.append(piece)
            if (spent := time.thread_time() - begun) > _SLICE_SECONDS:
                self._spent += spent
                if self._spent > _MOST_SECONDS:
                    self.stop()
                return
        self.stop()
        self._show(kept("".join(self._pieces)))
