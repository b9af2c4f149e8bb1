"""A place in a turn or in its answer, by which what is looked at stays where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in what is shown that stays where it is while heights around it become known."""

    offset: int
    """From the top of the block; where there is none, from the turn's top, or the answer's end."""
    block: int | None = None
    from_end: bool = False

    @property
    def from_top(self) -> bool:
        return self.block is None and not self.from_end
