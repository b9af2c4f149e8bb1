"""What a recording looks like: how long it is, and how loud along its length. Knows no Qt."""

from __future__ import annotations

import io
import sys
from array import array
from dataclasses import dataclass
from itertools import pairwise

_COLUMNS = 36
_LOOKED_AT = 4_000
"""Samples a column, at most: an hour is not to keep the window's thread from Python for long."""


@dataclass(frozen=True, slots=True)
class Sound:
    seconds: float
    peaks: tuple[float, ...]
    """From 0 to 1, along its length."""


def sound_of(recording: bytes) -> Sound | None:
    """None for what is no WAV file of 16 bits: only a child may decode others."""
    import wave

    try:
        with wave.open(io.BytesIO(recording)) as file:
            if file.getsampwidth() != 2:
                return None
            channels, rate, frames = file.getnchannels(), file.getframerate(), file.getnframes()
            samples = array("h", file.readframes(frames))
    except (wave.Error, EOFError, ValueError):
        return None
    if sys.byteorder == "big":
        samples.byteswap()
    seconds = len(samples) / (channels * rate) if channels * rate else 0.0
    return Sound(seconds, _peaks(samples))


def _peaks(samples: array[int]) -> tuple[float, ...]:
    marks = [len(samples) * at // _COLUMNS for at in range(_COLUMNS + 1)]
    loudest = [_loudest(samples, *ends) for ends in pairwise(marks)]
    most = max(*loudest, 1)
    # Against its own loudest place: a quiet recording is to be seen, too.
    return tuple(each / most for each in loudest)


def _loudest(samples: array[int], start: int, end: int) -> int:
    piece = samples[start : end : max(1, (end - start) // _LOOKED_AT)]
    if not piece:
        return 0
    highest, lowest = max(piece), min(piece)
    return max(highest, -lowest)


def clock(seconds: float) -> str:
    """As 0:03 or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
