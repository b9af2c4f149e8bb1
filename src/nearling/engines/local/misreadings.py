"""Puts right what the recogniser is known to confuse, where only one reading makes sense."""

from __future__ import annotations

import re

_HEXADECIMAL = re.compile(r"\b[OoQ][xX](?=[0-9A-Fa-f]*[0-9])([0-9A-Fa-f]{2,})\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_ONE = re.compile(r"(?<!\S)\u4e00(?!\S)")
"""The Chinese numeral one, a single level stroke like a dash."""


def corrected(texts: list[str]) -> list[str]:
    """The lines of one picture: 0x before hexadecimal digits; a lone stroke among lines
    without any Chinese is the dash that fills an empty cell."""
    numbers = [_HEXADECIMAL.sub(r"0x\1", text) for text in texts]
    if any(_HAN.search(_HAN_ONE.sub("", text)) for text in numbers):
        return numbers
    return [_HAN_ONE.sub("\u2014", text) for text in numbers]
