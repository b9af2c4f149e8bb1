"""Says how far a long listening is and how long it will still take."""

from __future__ import annotations

import time

from nearling.cli.terminal import Terminal
from nearling.core.hearing import Hearing
from nearling.core.language import gettext as _
from nearling.core.language import ngettext

_FIRST_SECONDS, _EVERY_SECONDS = 2.0, 5.0
_LINE_SECONDS = 0.5
"""Where a person looks at a terminal, one line is written over."""


class ListeningProgress:
    """Of one file."""

    def __init__(self, terminal: Terminal, name: str) -> None:
        self._terminal = terminal
        self._name = name
        self._began = time.monotonic()
        self._next = self._began + _FIRST_SECONDS
        self._shown = False

    def tell(self, hearing: Hearing) -> None:
        now = time.monotonic()
        if now < self._next or not hearing.length or not hearing.position:
            return
        self._next = now + (_LINE_SECONDS if self._terminal.watched else _EVERY_SECONDS)
        share = min(1.0, hearing.position / hearing.length)
        left = (now - self._began) * (1 - share) / share
        self._shown = True
        self._terminal.passing_note(
            _("{name}: {percent} %, {left}").format(
                name=self._name, percent=round(100 * share), left=_left(left)
            )
        )

    def clear(self) -> None:
        """Makes room for what is to be read."""
        if self._shown and self._terminal.watched:
            self._terminal.passing_note("")
        self._shown = False


def _left(seconds: float) -> str:
    if seconds < 90:
        whole = max(1, round(seconds))
        return ngettext("{n} second left", "{n} seconds left", whole).format(n=whole)
    minutes = round(seconds / 60)
    return ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
