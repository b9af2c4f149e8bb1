"""How long something took, by the clock and by what the processor worked at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Took:
    seconds: float
    processor: float
    """Seconds of it: what remains where other programs take their turns."""

    def __add__(self, other: Took) -> Took:
        return Took(self.seconds + other.seconds, self.processor + other.processor)


def median_seconds(took: Sequence[Took]) -> float:
    return median(each.seconds for each in took)


def beside(ours: Sequence[Took], theirs: Sequence[Took]) -> str:
    """How far the rounds lie apart, and what remains of it without the other programs."""
    quicker = [b.seconds / a.seconds for a, b in zip(ours, theirs, strict=True)]
    worked = median(each.processor for each in theirs) / median(each.processor for each in ours)
    return (
        f"medians of {len(ours)} rounds in turns, between {min(quicker):.2f} and "
        f"{max(quicker):.2f} times as fast; {worked:.2f} times by the processor's own time"
    )
