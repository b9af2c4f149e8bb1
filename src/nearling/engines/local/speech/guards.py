"""Recognises what a Whisper model makes up where nobody speaks, and where it got stuck."""

from __future__ import annotations

import re
import zlib

_STUCK_RATIO = 2.4
"""Text that packs better than this says the same again and again; the value is Whisper's own."""
_STUCK_TIMES = 4
"""So often in a row nobody says the same three words."""
_LONGEST_PHRASE = 8
"""Words; what is longer packs well enough to be seen by the ratio."""
_NO_SPEECH, _UNSURE = 0.6, -1.0
"""Probability of no speech and mean log probability of the text; the values are Whisper's own."""
_SURELY_NO_SPEECH = 0.9


def is_stuck(text: str) -> bool:
    packed = len(zlib.compress(text.encode()))
    return len(text.encode()) / packed > _STUCK_RATIO or unstuck(text) != text


def unstuck(text: str) -> str:
    """With what is repeated in a row said once."""
    words = text.split()
    for size in range(1, _LONGEST_PHRASE + 1):
        words = _once(words, size)
    return " ".join(words)


def is_made_up(no_speech: float, certainty: float) -> bool:
    """Whether text of this mean log probability was found in something that is no speech."""
    return no_speech > _NO_SPEECH and certainty < _UNSURE


def _once(words: list[str], size: int) -> list[str]:
    sounds = [re.sub(r"\W", "", word).casefold() for word in words]
    kept: list[str] = []
    at = 0
    while at < len(words):
        times = 1
        while sounds[at : at + size] == sounds[at + times * size : at + (times + 1) * size]:
            times += 1
        long = times * size >= 3 * _STUCK_TIMES if size < 3 else times >= _STUCK_TIMES
        kept += words[at : at + size] if long else words[at : at + 1]
        at += times * size if long else 1
    return kept
