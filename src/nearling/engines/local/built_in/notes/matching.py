"""Which note a text is about: the one that says most of it, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nearling.engines.local.built_in.notes.note import Note

_PLAIN = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—―−", '\'\'\'\'\'"""""""-------')  # noqa: RUF001
_BLANKS = re.compile(r"[^\S\n]+")
_FIRST = re.compile(r"(?m)^ | $")


@dataclass(frozen=True, slots=True)
class Match:
    note: Note
    first: int
    last: int
    """Lines of the text, from 0."""
    words: str
    """What it knew the error by, levelled."""


def levelled(text: str) -> str:
    """Lower case, with plain quotes and dashes and single blanks; as many lines as before."""
    return _FIRST.sub("", _BLANKS.sub(" ", text.translate(_PLAIN).lower()))


def best_match(text: str, notes: Iterable[Note]) -> Match | None:
    """The longest; of equally long ones the lowest; none where two notes know the same words."""
    level = levelled(text)
    found = [
        (match.end() - match.start(), match.end(), match, note)
        for note in notes
        for shape in note.shapes
        for match in shape.finditer(level)
        if match.end() > match.start()
    ]
    if not found:
        return None
    length, end, match, note = max(found, key=lambda each: each[:2])
    if any(each[:2] == (length, end) and each[3] is not note for each in found):
        return None
    # A shape may begin or end with the end of a line, and that line says nothing.
    first = match.start() + len(match[0]) - len(match[0].lstrip())
    last = match.start() + len(match[0].rstrip())
    lines = level.count("\n", 0, first), level.count("\n", 0, last)
    return Match(note, *lines, match[0].strip())
