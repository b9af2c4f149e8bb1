"""How fast a model is on this computer: a made-up prompt taken in, a few tokens written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from nearling.core.cancellation import Cancellation
from nearling.engines.local.writing.held import CHUNK, Held

_PROMPT_SECONDS, _ALL_SECONDS = 9.0, 18.0
"""Of the 20 that a measurement may take, what is spent on the prompt, and on everything."""
_PROMPT_TOKENS, _WRITTEN_TOKENS = 512, 48
_FIRST = 8
"""So few tokens tell on the slowest computer how long a chunk would take."""


@dataclass(frozen=True, slots=True)
class Speed:
    prefill: float
    decode: float
    memory: int
    """Bytes of the process while what was measured is held."""


def measure(
    held: Held,
    vocabulary: int,
    context_length: int,
    cancellation: Cancellation,
    clock: Callable[[], float] = time.perf_counter,
) -> Speed:
    """What is held is forgotten. Raises what the decoder raises, and the cancellation's reason."""
    begun = clock()
    held.keep(0)
    # What a first call does once, it does here.
    held.feed([0], 1, cancellation)
    prefill, fed = _prefill(held, vocabulary, context_length, cancellation, clock)
    tokens, since = 0, clock()
    longest = begun + _ALL_SECONDS
    while tokens < min(_WRITTEN_TOKENS, context_length - fed):
        cancellation.check()
        held.feed([_made_up(tokens, vocabulary)], 1, cancellation)
        tokens += 1
        now = clock()
        if now + (now - since) / tokens > longest:
            break
    decode = tokens / (clock() - since)
    memory = psutil.Process().memory_info().rss
    held.keep(0)
    return Speed(prefill, decode, memory)


def _prefill(
    held: Held,
    vocabulary: int,
    context_length: int,
    cancellation: Cancellation,
    clock: Callable[[], float],
) -> tuple[float, int]:
    """Tokens in a second by the largest pieces that there is time for, and how many are held."""
    begun, fed, size, speed = clock(), 1, _FIRST, 0.0
    most = min(_PROMPT_TOKENS, context_length // 2)
    counted, seconds = 0, 0.0
    while fed + size <= most:
        cancellation.check()
        since = clock()
        held.feed([_made_up(fed + each, vocabulary) for each in range(size)], 1, cancellation)
        took = clock() - since
        fed += size
        if size == CHUNK:
            counted, seconds = counted + size, seconds + took
            speed = counted / seconds
        else:
            speed, size = size / took, min(CHUNK, 4 * size)
        if clock() - begun + size / speed > _PROMPT_SECONDS:
            break
    return speed, fed


def _made_up(place: int, vocabulary: int) -> int:
    """Any token, the same each time, and hardly the one before."""
    return place * 7919 % vocabulary
