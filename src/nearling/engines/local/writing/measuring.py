"""How fast a model is on this computer: a made-up prompt taken in, a few tokens written."""

from __future__ import annotations

import time
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


def measure(held: Held, vocabulary: int, context_length: int, cancellation: Cancellation) -> Speed:
    """What is held is forgotten. Raises what the decoder raises, and the cancellation's reason."""
    begun = time.perf_counter()
    held.keep(0)
    # What a first call does once, it does here.
    held.feed([0], 1, cancellation)
    prefill, fed = _prefill(held, vocabulary, context_length, cancellation, begun)
    tokens, since = 0, time.perf_counter()
    longest = begun + _ALL_SECONDS
    while tokens < min(_WRITTEN_TOKENS, context_length - fed):
        cancellation.check()
        held.feed([_made_up(tokens, vocabulary)], 1, cancellation)
        tokens += 1
        now = time.perf_counter()
        if now + (now - since) / tokens > longest:
            break
    decode = tokens / (time.perf_counter() - since)
    memory = psutil.Process().memory_info().rss
    held.keep(0)
    return Speed(prefill, decode, memory)


def _prefill(
    held: Held, vocabulary: int, context_length: int, cancellation: Cancellation, begun: float
) -> tuple[float, int]:
    """Tokens in a second by the largest pieces that there is time for, and how many are held."""
    fed, size, speed = 1, _FIRST, 0.0
    most = min(_PROMPT_TOKENS, context_length // 2)
    counted, seconds = 0, 0.0
    while fed + size <= most:
        cancellation.check()
        since = time.perf_counter()
        held.feed([_made_up(fed + each, vocabulary) for each in range(size)], 1, cancellation)
        took = time.perf_counter() - since
        fed += size
        if size == CHUNK:
            counted, seconds = counted + size, seconds + took
            speed = counted / seconds
        else:
            speed, wider = size / took, min(CHUNK, 4 * size)
            size = wider
        if time.perf_counter() - begun + size / speed > _PROMPT_SECONDS:
            break
    return speed, fed


def _made_up(place: int, vocabulary: int) -> int:
    """Any token, the same each time, and hardly the one before."""
    return place * 7919 % vocabulary
