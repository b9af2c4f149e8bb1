"""How high and deep the letters of a line reach, to tell a font's full height from its ink."""

from __future__ import annotations

import unicodedata

import numpy as np

from nearling.engines.local.text_strips import Floats, Strip

# Shares of the font size, typical of Latin text faces.
_ASCENT = 0.95
_DESCENT = 0.24
_CAPITAL = 0.72
_ACCENTED = 0.92
_SMALL = 0.53
_DEEP = 0.21

_TALL_SMALL = frozenset("bdfhklt")
_HANGING = frozenset("gjpqyçQ")
_BRACKETS = frozenset("()[]{}|/\\@$§")


def outline(strip: Strip, text: str) -> Floats:
    """Corners in the picture (4×2) of the box around `text`: as wide as its ink, as high as
    its font from ascender to descender, whichever letters it happens to hold.
    """
    ink, reached = strip.ink, reach(text)
    if ink is None:
        return np.asarray(strip.corners)
    if reached is None:
        return strip.part(ink.left, 0, ink.right, strip.height)
    above, below = reached
    size = (ink.bottom - ink.top) / (above + below)
    # Ink so far from the strip's height is a smudge, a rule or a neighbour, not these letters.
    if not 0.45 < size * (_ASCENT + _DESCENT) / strip.height < 1.5:
        return strip.part(ink.left, 0, ink.right, strip.height)
    baseline = ink.bottom - below * size
    return strip.part(ink.left, baseline - _ASCENT * size, ink.right, baseline + _DESCENT * size)


def reach(text: str) -> tuple[float, float] | None:
    """How far the ink of `text` reaches above and below its baseline, in font sizes.

    None where that cannot be told: no letter or digit, or a script of another build.
    """
    heights = [_height(character) for character in text if character.isalnum()]
    if not heights or any(ord(character) > 0x24F for character in text if character.isalnum()):
        return None
    above, below = max(heights), 0.0
    if any(character in _HANGING for character in text):
        below = _DEEP
    if any(character in _BRACKETS for character in text):
        above, below = max(above, _CAPITAL), _DEEP
    elif any(character in ",;" for character in text):
        below = max(below, 0.13)
    return above, below


def _height(character: str) -> float:
    accented = len(unicodedata.normalize("NFD", character)) > 1
    if character.isupper() or character.isdigit():
        return _ACCENTED if accented else _CAPITAL
    return _CAPITAL if accented or character in _TALL_SMALL or character in "ij" else _SMALL
