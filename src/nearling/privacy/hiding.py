"""Puts a mark in the place of words that a person does not want to leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nearling.core.geometry import Box
from nearling.core.reading import Line, Reading


class Hiding:
    """Counts the places while it hides; the same words get the same mark everywhere."""

    def __init__(self, hidden: Sequence[str]) -> None:
        """Each of `hidden` is found in whatever case, and across the ends of lines."""
        self.places = 0
        numbered = [each for each in enumerate(hidden, start=1) if each[1].split()]
        # The longest first, so that a part of it does not break it up; all at once, so that no
        # mark is taken for words.
        numbered.sort(key=lambda each: -len(each[1]))
        patterns = [f"(?P<h{number}>{_pattern(words)})" for number, words in numbered]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def hide(self, text: str) -> str:
        if self._pattern is None:
            return text
        text, places = self._pattern.subn(_mark, text)
        self.places += places
        return text

    def hide_in(self, reading: Reading) -> Reading:
        """`reading` as text alone where anything in it was hidden, else as it is."""
        text = self.hide(reading.text)
        if text == reading.text:
            return reading
        box = Box(0, 0, reading.width, reading.height)
        line = Line(text, 1.0, box, (), block=0)
        return replace(reading, lines=(line,), tables=(), codes=())


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _mark(found: re.Match[str]) -> str:
    return f"[HIDDEN_{(found.lastgroup or 'h')[1:]}]"
