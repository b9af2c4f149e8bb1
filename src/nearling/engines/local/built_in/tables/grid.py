"""A table as items under heads: what heads it and what sums it up are no items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property

from nearling.core.prompt import Source
from nearling.core.reading import Table
from nearling.engines.local.built_in.amounts import (
    Amount,
    Style,
    amounts,
    is_nothing,
    unit_named,
)
from nearling.engines.local.built_in.days import Day, days, minutes
from nearling.engines.local.built_in.quoting.words import folded, words
from nearling.engines.local.built_in.tables.said import listed
from nearling.engines.local.built_in.tables.slot import Row, Slot, is_number
from nearling.engines.local.built_in.tables.sums import sums_up, without_sums

_MOSTLY = 0.75
"""Share of a column's cells that must be numbers before those that are not count as unreadable."""
_TOP = 4
"""Rows above the heads, at most: a title, a date."""
_CODES = listed("codes")
_YEAR = re.compile(r"19[5-9]\d|20[0-3]\d")
_CODED = ("nr", "nummer")


class Role(Enum):
    """What a column holds."""

    NUMBER = auto()
    DATE = auto()
    TEXT = auto()
    CLOCK = auto()
    """Times of day: put in order by their minutes, and never added up."""
    CODE = auto()
    """Numbers that count or name the rows: nobody adds them up."""


@dataclass(frozen=True, eq=False)
class Column:
    """The cells that the items have under one head."""

    place: int
    head: str
    slots: tuple[Slot, ...]
    role: Role
    amounts: tuple[Amount | None, ...]
    """One for each slot; None: empty, or not to be read as a number."""
    sums: tuple[Amount | None, ...]
    """One for each of the rows that sum up."""
    style: Style
    days: tuple[Day | None, ...]

    @property
    def name(self) -> str:
        return self.head or f"#{self.place + 1}"

    @property
    def is_money(self) -> bool:
        if any(amount is not None and amount.is_money for amount in self.amounts):
            return True
        whole = [slot.text for slot in self.slots if not is_nothing(slot.text)]
        cents = [text for text in whole if re.search(r"[.,]\d\d(?!\d)", text)]
        return bool(whole) and len(cents) == len(whole)

    @property
    def repeats(self) -> bool:
        """Whether it holds kinds of things, and no names of single ones."""
        return len({slot.text for slot in self.slots}) < len(self.slots)

    def unreadable(self, rows: Sequence[int]) -> Slot | None:
        """The first of these rows' cells that holds something and no number."""
        for row in rows:
            slot = self.slots[row]
            if self.amounts[row] is None and not is_nothing(slot.text):
                return slot
        return None


@dataclass(frozen=True)
class Grid:
    """One table; it may go on over several pages."""

    heads: tuple[str, ...]
    items: tuple[Row, ...]
    sums: tuple[Row, ...]
    """Rows that say what others come to: totals, taxes, what was given and returned."""
    doubtful: Slot | None = None
    """The label of a row that may be an item or a sum."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        cells = [slot.text for row in (*self.items, *self.sums) for slot in row]
        dated = days([folded(text.strip()) for text in cells])
        texts = [text for text, day in zip(cells, dated, strict=True) if day is None]
        found = [_column(self, place, texts) for place in range(len(self.items[0]))]
        for place, column in enumerate(found):
            units = [unit_named(slot.text) for slot in column.slots]
            beside = (n for n in (place - 1, place + 1) if 0 <= n < len(found))
            near = next((n for n in beside if found[n].role is Role.NUMBER), None)
            if near is not None and all(units) and column.role is Role.TEXT:
                found[near] = _measured_in(found[near], units)
        return tuple(found)

    @property
    def source(self) -> Source:
        return self.items[0][0].source

    @cached_property
    def scanned(self) -> bool:
        """Whether it was seen and not told: what is empty may have been overlooked."""
        return self.source.page is None or self.source.reading.engine.startswith("rapidocr")


def grids(sources: Sequence[Source]) -> tuple[Grid, ...]:
    """The tables of sources that belong to one message; those that go on overleaf as one."""
    parts: list[tuple[tuple[str, ...], list[Row]]] = []
    last: tuple[Source, bool] | None = None
    for source in sources:
        for number, table in enumerate(source.reading.tables):
            for heads, rows in _parts(table, source):
                onward = last is not None and number == 0 and _follows(last[0], source) and last[1]
                if onward and _goes_on(parts[-1], heads, rows):
                    parts[-1][1].extend(rows)
                else:
                    parts.append((heads, rows))
                last = (source, number == len(source.reading.tables) - 1)
    return tuple(grid for heads, rows in parts if (grid := _grid(heads, rows)) is not None)


def _grid(heads: tuple[str, ...], rows: list[Row]) -> Grid | None:
    items, sums, doubtful = without_sums(heads, rows)
    named = heads or ("",) * len(rows[0])
    return Grid(named, tuple(items), tuple(sums), doubtful) if items else None


def _parts(table: Table, source: Source) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    """Heads and rows; an empty row before other heads parts a sheet into several tables."""
    rows = [tuple(Slot(cell.text, cell.box, source) for cell in row) for row in table.rows]
    blocks: list[list[Row]] = [[]]
    for row in rows:
        if any(slot.text.strip() for slot in row):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    whole: list[tuple[tuple[str, ...], list[Row]]] = []
    for block in filter(None, blocks):
        heads, items = _headed(block, table.header and not whole)
        if whole and not heads:
            whole[-1][1].extend(items)
        elif items:
            whole.append((heads, items))
    yield from whole


def _headed(rows: list[Row], flagged: bool) -> tuple[tuple[str, ...], list[Row]]:
    """The names of the columns and the rows below them."""
    width = len(rows[0])
    for number, row in enumerate(rows[:_TOP]):
        filled = [slot.text for slot in row if slot.text.strip()]
        if width > 1 and len(filled) < 2 and number + 1 < len(rows):
            continue
        below = rows[number + 1 :]
        told = any(re.search(r":\s*\d", text) for text in filled)
        named = not told and not any(is_number(text) for text in filled)
        above_numbers = named and any(
            row[place].text.strip() and _numeric([other[place].text for other in below])
            for place in range(width)
        )
        if (flagged and not told) or (above_numbers and len(below) > 1):
            return tuple(" ".join(slot.text.split()) for slot in row), below
        break
    return (), rows


def _numeric(texts: Sequence[str]) -> bool:
    told = [text for text in texts if not is_nothing(text)]
    return bool(told) and sum(map(is_number, told)) >= _MOSTLY * len(told)


def _follows(before: Source, source: Source) -> bool:
    same = before.name == source.name and before.reading.digest == source.reading.digest
    return same and before.page is not None and source.page == before.page + 1


def _goes_on(
    before: tuple[tuple[str, ...], list[Row]], heads: tuple[str, ...], rows: list[Row]
) -> bool:
    """Whether rows at the top of a page go on with the last table of the page before."""
    upper, above = before
    return not sums_up(above[-1]) and len(above[-1]) == len(rows[0]) and heads in ((), upper)


def _column(grid: Grid, place: int, texts: Sequence[str]) -> Column:
    slots = tuple(row[place] for row in grid.items)
    head = grid.heads[place]
    own = [slot.text for slot in slots]
    dated = days(tuple(folded(text.strip()) for text in own))
    below = [row[place].text for row in grid.sums]
    read, style = amounts([*own, *below], texts, head)
    told = [number for number, text in enumerate(own) if not is_nothing(text)]
    dates, numbers = (sum(it[n] is not None for n in told) for it in (dated, read))
    role = Role.TEXT
    years = [Day(int(text), 0, 0) for n in told if _YEAR.fullmatch(text := own[n].strip())]
    if len(years) == len(told) > 1:
        dated = tuple(Day(int(t), 0, 0) if _YEAR.fullmatch(t := it.strip()) else None for it in own)
        dates = len(years)
    clock = [minutes(folded(text.strip())) for text in own]
    if told and all(clock[n] is not None for n in told) and any(":" in own[n] for n in told):
        role = Role.CLOCK
        read = (
            tuple(None if at is None else Amount(Decimal(at), "") for at in clock)
            + read[len(own) :]
        )
    elif told and dates >= _MOSTLY * len(told):
        role = Role.DATE
    elif told and numbers >= _MOSTLY * len(told):
        values = [amount.value for number in told if (amount := read[number]) is not None]
        role = Role.CODE if _is_code(head, values) else Role.NUMBER
    return Column(place, head, slots, role, read[: len(own)], read[len(own) :], style, dated)


def _measured_in(column: Column, units: Sequence[str]) -> Column:
    """With the units that the column beside it names."""
    pairs = zip(column.amounts, units, strict=True)
    read = (it and (it if it.unit else replace(it, unit=unit)) for it, unit in pairs)
    return replace(column, amounts=tuple(read))


def _is_code(head: str, values: Sequence[Decimal]) -> bool:
    whole = all(value == value.to_integral_value() for value in values)
    counted = len(values) > 2 and list(values) == [Decimal(n + 1) for n in range(len(values))]
    spoken = set(words(head))
    named = head == "#" or (bool(_CODES & spoken) and "of" not in spoken)
    named = named or any(word.endswith(_CODED) for word in spoken)
    return whole and (named or (counted and not head))
