"""Moments to kill at: everywhere between two moments, and not the same ones in each part of it."""

from __future__ import annotations

import random


def spread(number: int, first: float, last: float, *, seed: int) -> list[float]:
    """One at random in each of `number` equal parts, in any order.

    A few of these leave no larger gap than many that are drawn from the whole.
    """
    rng, part = random.Random(seed), (last - first) / number
    moments = [first + part * (at + rng.random()) for at in range(number)]
    rng.shuffle(moments)
    return moments
