"""Finds words in the pages of a document: the lines in which they stand, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nearling.core.document import Page
from nearling.history.documents import Documents
from nearling.ui.picture.selection import Chosen, Spot, between

_WORD = re.compile(r"[^\W_]+")
_MOST = 500
"""Places that are found; who wants more has looked for too little."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place."""

    page: int
    chosen: tuple[Chosen, ...]


def find(documents: Documents, digest: str, words: str) -> tuple[Found, ...]:
    """Takes its time on long documents."""
    wanted = "".join(map(_small, " ".join(words.split())))
    beginnings = _WORD.findall(wanted)
    if not beginnings:
        return ()
    numbers = documents.find(digest, beginnings)
    found: list[Found] = []
    for page in documents.pages(digest, numbers):
        found += places(page, wanted)
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def places(page: Page, wanted: str) -> Sequence[Found]:
    """`wanted` is in small letters, one blank between its words."""
    found = []
    for at, line in enumerate(page.reading.lines):
        plain = "".join(map(_small, line.text))
        begin = plain.find(wanted)
        while begin >= 0:
            end = begin + len(wanted)
            chosen = between(page.reading, Spot(at, begin), Spot(at, end))
            found.append(Found(page.number, chosen))
            begin = plain.find(wanted, end)
    return found


def _small(letter: str) -> str:
    """One letter for one: what is found has to be found again in the line itself."""
    small = letter.casefold()
    return small if len(small) == 1 else letter
