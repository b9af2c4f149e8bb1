"""The sets of pairs, each a package of its own; loading one never touches the other."""

from __future__ import annotations

from typing import Literal

from nearling.bench.pairs import Pair

SetName = Literal["develop", "fresh"]


def pairs(name: SetName) -> tuple[Pair, ...]:
    """The pairs of one set, in a fixed order."""
    if name == "develop":
        from nearling.bench.develop import PAIRS
    else:
        from nearling.bench.fresh import PAIRS
    return PAIRS
