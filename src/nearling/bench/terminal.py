"""What the verbs of this room need of a terminal; the command line brings one that has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Terminal(Protocol):
    def say(self, text: str, end: str = "\n") -> None:
        """Part of the result; nothing when JSON was asked for."""
        ...

    def note(self, text: str, colour: str = "") -> None:
        """Said beside the result, in an ANSI colour code where that is wanted."""
        ...

    def quiet_note(self, text: str) -> None: ...

    def object(self, value: Mapping[str, Any]) -> None:
        """The one JSON object; nothing when text was asked for."""
        ...
