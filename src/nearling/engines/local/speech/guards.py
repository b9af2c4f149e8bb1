"""Recognises where a Whisper model got stuck and says the same again and again."""

from __future__ import annotations

import re
import zlib

_STUCK_RATIO = 2.4
"""Text that packs better than this says the same again and again; the value is Whisper's own."""
_TELLING = 120
"""Characters; a shorter text may pack that well and be meant."""
_STUCK_TIMES, _STUCK_WORDS = 4, 12
"""Nobody says the same words so often in a row, so many in all."""
_LONGEST_PHRASE = 8
"""Words; what is longer packs well enough to be seen by the ratio."""


def is_stuck(text: str) -> bool:
    said = text.strip().encode()
    packs = len(said) >= _TELLING and len(said) / len(zlib.compress(said)) > _STUCK_RATIO
    return packs or unstuck(text) != " ".join(text.split())


def unstuck(text: str) -> str:
    """With what is repeated in a row said once."""
    words = text.split()
    for size in range(1, _LONGEST_PHRASE + 1):
        words = _once(words, size)
    return " ".join(words)


def _once(words: list[str], size: int) -> list[str]:
    sounds = [re.sub(r"\W", "", word).casefold() for word in words]
    kept: list[str] = []
    at = 0
    while at < len(words):
        times = 1
        while sounds[at : at + size] == sounds[at + times * size : at + (times + 1) * size]:
            times += 1
        stuck = times >= _STUCK_TIMES and times * size >= _STUCK_WORDS
        kept += words[at : at + size] if stuck else words[at : at + 1]
        at += times * size if stuck else 1
    return kept
