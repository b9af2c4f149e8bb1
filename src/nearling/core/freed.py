"""Has the C library give back to the computer what was freed, instead of keeping it for later.

glibc keeps a heap for every few threads, and whatever lies above the last piece in use of each.
What a process holds then depends on chance: by a tenth for the window, by half for a reader.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_M_ARENA_MAX = -8
_HEAPS = 2
"""One for the main thread, one for all others."""


def keep_few_heaps() -> None:
    """For a process whose threads come and go, before there are any."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Takes some ms: for a moment when nobody waits."""
    if sys.platform == "linux":
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
