"""One question over one table: which column and rows it means, and what may be reckoned with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.columns import (
    column_meant,
)
from nearling.engines.local.built_in.tables.conditions import Condition
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role, Slot
from nearling.engines.local.built_in.tables.naming import (
    NoRow,
    Strange,
    Unsure,
    has_idea,
    hinted,
    named_columns,
    several,
    unread,
)


@dataclass(frozen=True)
class Task:
    """One question over one table, and the rows that it means."""

    asked: Asked
    grid: Grid
    stated: tuple[Condition, ...]
    used: frozenset[int]
    """Tokens of the question that are understood."""
    group: Column | None
    """By whose values the answer is parted."""

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Those that fulfil all conditions."""
        every = range(len(self.grid.items))
        return tuple(row for row in every if all(row in it.rows for it in self.stated))

    def column(self) -> Column:
        able = [column for column in self.grid.columns if column.role is Role.NUMBER]
        column = column_meant(self.asked, self.grid, self.used, able, self.stated)
        if column is None:
            raise Strange(_("The table has no column of numbers for this."))
        return column

    def names(self, column: Column) -> bool:
        hits = named_columns(self.asked, self.grid, self.used)
        return column in [hit.column for hit in hits]

    def named_numbers(self, *, apart: bool = False) -> list[Column]:
        """Columns of numbers that the question names; `apart`: not by what says what to do."""
        hits = named_columns(self.asked, self.grid, self.used)
        free = [hit for hit in hits if not apart or not hit.at <= self.asked.used]
        return [hit.column for hit in free if hit.column.role is Role.NUMBER]

    def also_named(self, *columns: Column | None) -> Column | None:
        """Another column that the question names: the one it wants to know. Raises Unsure."""
        hits = named_columns(self.asked, self.grid, self.used | self.asked.used)
        found = [hit.column for hit in hits if hit.column not in columns and hit.strength == 2]
        if len(found) > 1:
            raise Unsure(several(found))
        return found[0] if found else None

    def ranked_column(self) -> Column | None:
        """The column of which the most or the least is asked."""
        hint, grid = self.asked.hint, self.grid
        numbers = [column for column in grid.columns if column.role is Role.NUMBER]
        dates = [column for column in grid.columns if column.role is Role.DATE]
        if hint == "date":
            able = dates
        elif hint == "money":
            able = [column for column in numbers if column.is_money or has_idea(column, "price")]
        elif hint:
            able = [column for column in numbers if has_idea(column, hint)]
        else:
            named = [c for c in self.named_numbers() if c in numbers]
            able = named or hinted(self.asked, numbers) or numbers
        if not able:
            raise Strange(_("The table has no column for this."))
        return column_meant(self.asked, grid, self.used, able, self.stated)

    def filled(self, column: Column, rows: Sequence[int]) -> list[int]:
        """The rows that hold a number in `column`. Raises Unsure where one is not to be trusted."""
        self.checked(column, rows)
        found = [row for row in rows if column.amounts[row] is not None]
        if not found:
            raise NoRow(_("No row of the table fits."))
        return found

    def checked(self, column: Column, rows: Sequence[int]) -> bool:
        unreadable = column.unreadable(rows)
        if unreadable is not None:
            raise Unsure(unread(unreadable.text, column))
        if self.grid.scanned and any(not column.slots[row].text.strip() for row in rows):
            raise Unsure(
                _("A cell in {column} is empty or was not recognised.").format(column=column.name)
            )
        units = {amount.unit for row in rows if (amount := column.amounts[row]) is not None}
        if len(units - {""}) > 1 or (len(units) > 1 and not column.is_money):
            raise Unsure(mixed(units))
        return True

    def value(self, column: Column, row: int) -> Decimal:
        amount = column.amounts[row]
        if amount is None:
            raise Unsure(unread(column.slots[row].text, column))
        return amount.value

    def reckoned(self, column: Column, rows: Sequence[int]) -> Decimal:
        values = sorted(self.value(column, row) for row in rows)
        if self.asked.does is Does.MEAN:
            return sum(values, Decimal(0)) / len(values)
        if self.asked.does is Does.MEDIAN:
            middle = len(values) // 2
            return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
        return sum(values, Decimal(0))

    def written(self, column: Column, value: Decimal) -> str:
        """With as many places as the column has; a mean may need more."""
        own = column.style.places
        if value == round(value, own):
            return column.style.written(value)
        if value == round(value, 1) and own == 0 and not column.is_money:
            return column.style.written(value, 1)
        return column.style.written(value, max(own, 2))

    def printed(self, column: Column) -> list[tuple[Decimal, str, Slot]]:
        """What the table's own sums say of a column."""
        found = []
        for row, amount in zip(self.grid.sums, column.sums, strict=True):
            label = next((it.text for it in row if any(map(str.isalpha, it.text))), "")
            if amount is not None and label:
                found.append((amount.value, label, row[column.place]))
        return found

    def compared(self) -> bool:
        """Whether a number or a date decides which rows are meant."""
        roles = {condition.column.role for condition in self.stated}
        return bool(roles & {Role.NUMBER, Role.DATE})


def mixed(units: set[str]) -> str:
    told = ", ".join(sorted(filter(None, units))) or "?"
    return _("The numbers have different units: {units}.").format(units=told)
