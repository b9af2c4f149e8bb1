"""Which note a text is about: the one that says most of it, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nearling.engines.local.built_in.notes.note import Note
from nearling.engines.local.built_in.quoting.words import folded

_PLAIN = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—―−", '\'\'\'\'\'"""""""-------')  # noqa: RUF001
_BLANKS = re.compile(r"[^\S\n]+")
_NARROW = 30
"""Letters: shorter lines are not wrapped."""
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
    """Lower case without accents, plain quotes, dashes, single blanks; as many lines as before."""
    return _FIRST.sub("", _BLANKS.sub(" ", folded(text.translate(_PLAIN))))


def best_match(text: str, notes: Iterable[Note]) -> Match | None:
    """The longest; of equally long ones the lowest; none where two notes know the same words."""
    level = levelled(text)
    texts = tuple(_unwrapped(level))
    found = [
        (match.end() - match.start(), places[match.end() - 1], places, match, note)
        for note in notes
        for shape in note.shapes
        for match, places in _first_found(shape, texts)
    ]
    if not found:
        return None
    length, end, places, match, note = max(found, key=lambda each: each[:2])
    if any(each[:2] == (length, end) and each[4] is not note for each in found):
        return None
    # A shape may begin or end with the end of a line, and that line says nothing.
    first = match.start() + len(match[0]) - len(match[0].lstrip())
    last = match.start() + len(match[0].rstrip()) - 1
    start, stop = (level.count("\n", 0, places[at]) for at in (first, last))
    return Match(note, start, stop, match[0].strip())


def _first_found(
    shape: re.Pattern[str], texts: Iterable[tuple[str, Sequence[int]]]
) -> list[tuple[re.Match[str], Sequence[int]]]:
    """In the first of the texts in which it is found: only what is not there may be wrapped."""
    for text, places in texts:
        found = [(match, places) for match in shape.finditer(text) if match[0]]
        if found:
            return found
    return []


def _unwrapped(level: str) -> Iterator[tuple[str, Sequence[int]]]:
    """The text with the place of each letter: as it is, and with its wrapped lines made one.

    A line is wrapped where the next word had no room in it. A terminal breaks words, too.
    """
    yield level, range(len(level))
    lines = level.split("\n")
    most = max(map(len, lines))
    at, wrapped, broken = -1, set[int](), set[int]()
    for line, following in pairwise(lines):
        at += len(line) + 1
        if line and following and len(line) + len(following.split()[0]) >= max(most, _NARROW):
            wrapped.add(at)
            if len(line) >= most - 1:
                broken.add(at)
    if wrapped:
        joined = "".join(" " if at in wrapped else it for at, it in enumerate(level))
        yield joined, range(len(level))
        if broken:
            places = [at for at in range(len(level)) if at not in broken]
            yield "".join(joined[at] for at in places), places
