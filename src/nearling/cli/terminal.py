"""Where a command speaks: answers on standard output, notes on standard error.

Colours only where a person looks at a terminal and has not said NO_COLOR; a pipe gets clean text.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from nearling.core.errors import NearlingError
from nearling.core.writers import Zone

_TEAL, _BLUE, _VIOLET, _RED, _GREY, _BOLD = "36", "34", "35", "31", "2", "1"
ZONE_COLOURS = {Zone.COMPUTER: _TEAL, Zone.NETWORK: _BLUE, Zone.CLOUD: _VIOLET}


class Unshowable(Exception):
    """Whoever read our output has seen enough, or its disk is full."""


@dataclass(frozen=True, slots=True)
class Terminal:
    out: TextIO
    notes: TextIO
    json: bool
    colours: bool

    @classmethod
    def standard(cls, *, json: bool) -> Terminal:
        colours = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        return cls(sys.stdout, sys.stderr, json, colours and os.environ.get("TERM") != "dumb")

    @property
    def watched(self) -> bool:
        """Whether a person sees the notes as they come."""
        return self.notes.isatty() and not self.json

    # Everything that speaks raises Unshowable.

    def say(self, text: str, end: str = "\n") -> None:
        """Part of the answer; nothing in JSON mode, where the object holds it."""
        if not self.json:
            self._write(self.out, (_visible(text) if self.out.isatty() else text) + end)

    def note(self, text: str, colour: str = "") -> None:
        if not self.json:
            self._write(self.notes, self._coloured(_visible(text), colour) + "\n")

    def quiet_note(self, text: str) -> None:
        self.note(text, _GREY)

    def passing_note(self, text: str) -> None:
        """Written over by the next one where a person looks; a line like any other elsewhere."""
        if not self.watched:
            self.quiet_note(text)
            return
        self._write(self.notes, "\r\x1b[K" + self._coloured(_visible(text), _GREY if text else ""))

    def object(self, value: Mapping[str, Any]) -> None:
        """The one JSON object; nothing in text mode."""
        if self.json:
            self._write(self.out, json.dumps(value) + "\n")

    def failure(
        self, error: NearlingError, partial: str = "", kept: Mapping[str, Any] | None = None
    ) -> None:
        """`kept` stands beside the error and says what a script needs to go on."""
        self.note(error.sentence, _RED)
        self.note(error.remedy)
        self.object({"error": describe(error, partial), **(kept or {})})

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
        except OSError as error:
            raise Unshowable from error

    def _coloured(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if colour and self.colours else text


def describe(error: NearlingError, partial: str = "") -> dict[str, str]:
    return {
        "kind": error.kind,
        "sentence": error.sentence,
        "remedy": error.remedy,
        "partial": partial,
    }


def _visible(text: str) -> str:
    """Control characters made visible: what was read from a picture must not drive a terminal."""
    return "".join("�" if _drives(character) else character for character in text)


def _drives(character: str) -> bool:
    if character in "\n\t":
        return False
    # Explicit directions can make a line read as something that it is not.
    return unicodedata.category(character) in ("Cc", "Cs") or (
        unicodedata.bidirectional(character)
        in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    )
