"""Puts a mark in the place of words that a person does not want to leave.

Words are compared as a reader sees them: whatever their case, accents, dashes, invisible
characters and encoding, and across the ends of lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from nearling.core.geometry import Box
from nearling.core.reading import Line, Reading

_UNSEEN = ("Mn", "Me", "Cf", "Cc")
"""Unicode's categories of accents that are characters of their own, and of what is not seen."""
_DASH = "Pd"
_RUNS = re.compile(r"\s+|\S")
_Place = tuple[int, int, int]
"""Where it begins and ends in the text, and which of the hidden words stands there, from 1."""


class Hiding:
    """Counts the places while it hides; the same words get the same mark everywhere."""

    def __init__(self, hidden: Sequence[str]) -> None:
        """Each of `hidden` is found, inside of longer words too."""
        self.places = 0
        numbered = enumerate((_letters(words)[0].strip() for words in hidden), start=1)
        self._hidden = [(number, letters) for number, letters in numbered if letters]

    def hide(self, text: str) -> str:
        """Lone surrogates, which UTF-8 cannot hold and so cannot leave, become question marks."""
        text = text.encode("utf-8", "replace").decode()
        shown: list[str] = []
        end = 0
        for start, stop, number in _apart(sorted(self._found(text), key=_earliest_longest)):
            shown += text[end:start], f"[HIDDEN_{number}]"
            end = stop
            self.places += 1
        return "".join([*shown, text[end:]])

    def hide_in(self, reading: Reading) -> Reading:
        """`reading` as text alone where anything in it was hidden, else as it is."""
        text = self.hide(reading.text)
        if text == reading.text:
            return reading
        box = Box(0, 0, reading.width, reading.height)
        line = Line(text, 1.0, box, (), block=0)
        return replace(reading, lines=(line,), tables=(), codes=())

    def _found(self, text: str) -> Iterator[_Place]:
        if not self._hidden:
            return
        letters, origins = _letters(text)
        for number, wanted in self._hidden:
            at = letters.find(wanted)
            while at >= 0:
                yield origins[at], _behind(text, origins[at + len(wanted) - 1]), number
                at = letters.find(wanted, at + 1)


def _earliest_longest(place: _Place) -> tuple[int, int]:
    start, end, _number = place
    return start, -end


def _apart(places: Sequence[_Place]) -> Iterator[_Place]:
    """Those that overlap as one: what is left of the second word would tell about it."""
    current: _Place | None = None
    for place in places:
        if current is None:
            current = place
        elif place[0] < current[1]:
            current = current[0], max(current[1], place[1]), current[2]
        else:
            yield current
            current = place
    if current is not None:
        yield current


def _behind(text: str, last: int) -> int:
    """The end of the letter at `last`, with the accents that stand behind it."""
    end = last + 1
    while end < len(text) and _is_unseen(text[end]):
        end += 1
    return end


def _letters(text: str) -> tuple[str, list[int]]:
    """What is compared of `text`, and where in `text` each letter of it stands.

    White space of any length is one space, and none where a dash and a line's end divide a word.
    """
    letters: list[str] = []
    origins: list[int] = []
    divided = False
    for run in _RUNS.finditer(text):
        character = run.group()
        if not character.isspace():
            divided = unicodedata.category(character) in (_DASH, "Cf")
            folded = _folded(character)
        else:
            joined = divided and "\n" in character
            folded = "" if joined or letters[-1:] == [" "] else " "
            divided = False
        letters += folded
        origins += [run.start()] * len(folded)
    return "".join(letters), origins


def _is_unseen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) in _UNSEEN


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Without its case, accents and form; empty for a dash and what is not seen."""
    decomposed = unicodedata.normalize("NFKD", character).upper().casefold()
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", decomposed)
        if not (letter.isspace() or unicodedata.category(letter) in (*_UNSEEN, _DASH))
    )
