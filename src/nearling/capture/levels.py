"""How loud it is, so that who talks can see that they are heard."""

from __future__ import annotations

import math

from nearling.core.take import BYTES_A_SAMPLE, RATE
from nearling.core.talk import Level

QUIETEST_DB = -96.0
"""Of one step of 16 bits; silence is no quieter here."""
_LOUDEST = 32_768
_WINDOW_BYTES = RATE // 14 * BYTES_A_SAMPLE
"""A 14th of a second."""


class Meter:
    """Measures window after window of a take's samples."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, samples: bytes) -> Level | None:
        """The level of the newest window that is full by now."""
        self._waiting += samples
        full = len(self._waiting) // _WINDOW_BYTES * _WINDOW_BYTES
        if not full:
            return None
        window = self._waiting[full - _WINDOW_BYTES : full]
        self._waiting = self._waiting[full:]
        return _level(window)


def _level(window: bytes) -> Level:
    import numpy as np

    samples = np.frombuffer(window, np.int16).astype(np.float64)
    peak = float(np.abs(samples).max())
    rms = float(np.sqrt(np.mean(samples**2)))
    return Level(_decibels(rms), _decibels(peak), clipped=peak >= _LOUDEST - 1)


def _decibels(amplitude: float) -> float:
    return max(QUIETEST_DB, 20 * math.log10(max(amplitude, 1) / _LOUDEST))
