"""Which rows of a table are items, and which sum up others: by their names, and by adding up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.quoting.words import FILLERS, folded, words
from nearling.engines.local.built_in.tables.said import listed, says
from nearling.engines.local.built_in.tables.slot import Row, Slot, is_number

_CHECKS = 40
"""Rows that may be sums and are added up to see; more are too many to look at."""
_LAST, _DIGITS = 5, 3
"""Rows at the end that may sum up whatever they are called, by numbers of so many digits."""
_SUMS, _EXTRAS, _TAXES = listed("sums"), listed("extras"), listed("taxes")
_AROUND = listed("around sums")


def without_sums(
    heads: tuple[str, ...], rows: Sequence[Row]
) -> tuple[list[Row], list[Row], Slot | None]:
    """The items, the rows that sum up, and the label of one that may be either."""
    items: list[Row] = []
    sums: list[Row] = []
    doubtful: Slot | None = None
    run = checks = 0
    ends = _trailing(rows)
    repeated = [tuple(" ".join(slot.text.split()) for slot in row) == heads for row in rows]
    for number, row in enumerate(rows):
        if repeated[number] or (len(row) > 2 and sum(bool(slot.text.strip()) for slot in row) < 2):
            continue
        if sums_up(row) or (number >= ends and _names(row, _EXTRAS)):
            sums.append(row)
            run = len(items)
        elif (
            (bare := _unnamed(row, items, number + 1 == len(rows)))
            or _names(row, _SUMS, wholly=False)
            or (number + _LAST >= len(rows) and _adds_up(row, items, wholly=True))
        ):
            checks += 1
            sure = checks < _CHECKS
            called = bare or _names(row, _SUMS, wholly=False)
            if sure and called and (_adds_up(row, items[run:]) or _adds_up(row, items)):
                sums.append(row)
                run = len(items)
            else:
                doubtful = doubtful or (
                    row[0] if not bare else next(s for s in row if s.text.strip())
                )
                items.append(row)
        else:
            items.append(row)
    return items, sums, doubtful


def sums_up(row: Row) -> bool:
    """Whether a row is called a total, or what is to be paid in the end."""
    label = _label(row)
    return _names(row, _SUMS) or (label is not None and says(folded(label.text), "sum labels"))


def _trailing(rows: Sequence[Row]) -> int:
    """From which row on taxes, payments and the like belong to the sums and are no items."""
    totals = [number for number, row in enumerate(rows) if sums_up(row)]
    if not totals:
        return len(rows)
    first = totals[0]
    while first and _names(rows[first - 1], _TAXES):
        first -= 1
    items = [not (sums_up(row) or _names(row, _EXTRAS)) for row in rows]
    later = [number for number in range(first, len(rows)) if items[number]]
    # Items after a sum: it was one of several groups, and only what follows the last item ends it.
    return later[-1] + 1 if later else first


def _label(row: Row) -> Slot | None:
    """The first cell of a row that is words."""
    return next(
        (it for it in row if re.search(r"[^\W\d_]", it.text) and not is_number(it.text)), None
    )


def _names(row: Row, known: frozenset[str], *, wholly: bool = True) -> bool:
    label = _label(row)
    spoken = [word for word in words(label.text) if word.isalpha()] if label else []
    held = [word in known for word in spoken]
    rest = [word in known | _AROUND | _EXTRAS or word in FILLERS for word in spoken]
    return any(held) and (all(rest) if wholly else not all(rest))


def _unnamed(row: Row, items: Sequence[Row], last: bool) -> bool:
    """Whether a row lacks what names all those before it."""
    if not items:
        return False
    first = last and not row[0].text.strip() and all(item[0].text.strip() for item in items)
    return first or (_label(row) is None and all(_label(item) is not None for item in items))


def _adds_up(row: Row, items: Sequence[Row], *, wholly: bool = False) -> bool:
    """Whether some number of the row is what the items above come to; `wholly`, all of them."""
    found = []
    for place, slot in enumerate(row):
        texts = [slot.text, *(item[place].text for item in items)]
        own, *read = amounts(texts)[0]
        told = [amount.value for amount in read if amount is not None]
        if own is not None and len(told) > 1:
            long = not wholly or len(own.value.normalize().as_tuple().digits) >= _DIGITS
            found.append(long and own.value == sum(told, Decimal(0)))
    return (all if wholly else any)(found or [False])
