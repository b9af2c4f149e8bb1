"""Breaks running text into lines, at the ends of its sentences before all."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 110
"""Letters; a longer paragraph is broken at the ends of its sentences."""
_LONGEST = 300
"""Letters; a longer sentence is broken between words."""
_SHORT = 25
"""Letters; a shorter sentence stays with the one before: it is an abbreviation or a number."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]?\s+(?=[\"“„«(]?[^\W\d_a-zäöüß])")


def broken(text: str) -> Iterator[str]:
    """The lines of a paragraph."""
    if len(text) <= _LONG:
        yield text
        return
    held = ""
    for start, end in _sentences(text):
        sentence = text[start:end].strip()
        short = len(held) < _SHORT or (len(sentence) < _SHORT and len(held) < _LONG)
        if held and short:
            held = f"{held} {sentence}"
            continue
        yield from wrapped(held)
        held = sentence
    yield from wrapped(held)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SENTENCE.finditer(text):
        # A quotation mark that closes the sentence belongs to it.
        end = gap.end() - len(gap.group().lstrip('"”’»)'))
        yield start, end
        start = end
    yield start, len(text)


def wrapped(text: str) -> Iterator[str]:
    """Pieces that one can read at a glance, broken between words where there are any."""
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind(" ", start + _LONG, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield text[start:cut].strip()
        start = cut
    if rest := text[start:].strip():
        yield rest
