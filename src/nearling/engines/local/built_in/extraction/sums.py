"""The sums of money on a page: which make up a total, and whether those above one do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.extraction.known import FIELDS
from nearling.engines.local.built_in.extraction.labels import INCLUDED
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import Kind, values

_MANY = 9
"""Parts; more are not tried in every combination."""
_NEVER = re.compile(FIELDS["total"].never, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """The last one in its row, without what is included in it."""

    row: int
    spot: Spot
    text: str
    amount: Decimal
    plain: str
    """Its row, without what is included."""


def amount(text: str) -> Decimal | None:
    """A sum of money as a number; None where it is not clear which one."""
    (read,), _ = amounts([text])
    return None if read is None else read.value


def adds_up(total: Decimal, base: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether some of `parts` and `base` make up `total`; a tax may be in it already."""
    few = parts[:_MANY]
    return any(
        base + sum(chosen) == total or base - sum(chosen) == total
        for size in range(len(few) + 1)
        for chosen in combinations(few, size)
    )


def sums(layout: Layout) -> list[Sum]:
    """Top to bottom; what is taken off is below zero."""
    found = []
    for number, row in enumerate(layout.rows):
        plain = [INCLUDED.split(spot.text)[0] or spot.text for spot in row]
        told = [
            (spot, value)
            for spot, text in zip(row, plain, strict=True)
            for value in values(text)
            if value.kind is Kind.MONEY
        ]
        worth = amount(told[-1][1].text) if told else None
        if worth is not None:
            spot, value = told[-1]
            found.append(Sum(number, spot, value.text, worth, " ".join(plain)))
    return found


def total_of(found: Sequence[Sum]) -> Sum | None:
    """The last that some directly above make up, or the only one; none that is called otherwise."""
    able = [(at, it) for at, it in enumerate(found) if not _NEVER.search(it.plain)]
    worth = [it.amount for it in found]
    made = [it for at, it in able if any(sum(worth[top:at]) == it.amount for top in range(at - 1))]
    only = [it for _, it in able[:1] if len({other.amount for _, other in able}) == 1]
    return (made or only or (None,))[-1]


def is_no_sum(found: Sequence[Sum], line: int, base_line: int | None) -> bool:
    """Whether the sums above a total do not make it up; `base_line`: what it begins with."""
    total = next((it for it in found if it.spot.index == line), None)
    base = next((it for it in found if it.spot.index == base_line), None)
    if total is None:
        return True
    if base is not None and base.amount != total.amount:
        first, last = sorted((base.row, total.row))
        # A tax that is listed below its total belongs to it, too.
        near = [it.amount for it in found if first < it.row < last + 3 and it is not total]
        return not adds_up(total.amount, base.amount, near)
    parts = _column(found[: found.index(total)], total)
    return len(parts) > 1 and not any(
        sum(parts[start:]) == total.amount
        or adds_up(total.amount, sum(parts[start:-1], Decimal()), parts[-1:])
        for start in range(len(parts))
    )


def _column(above: Sequence[Sum], total: Sum) -> list[Decimal]:
    """Those that stand under each other at this edge, directly above, without a row between."""
    found: list[Decimal] = []
    row = total.row
    for it in reversed(above):
        if it.row != row - 1:
            break
        if abs(it.spot.right - total.spot.right) > 2.5 * it.spot.height:
            return []  # "2 x 1.49" belongs to a sum beside it: who knows what is added up
        found.append(it.amount)
        row = it.row
    return found[::-1]
