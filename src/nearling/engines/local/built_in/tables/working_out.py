"""Works out what is asked over the rows that are meant; exactly, with the cells it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.quoting.words import folded, marks
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import ALL, Asked, Does
from nearling.engines.local.built_in.tables.columns import (
    column_meant,
    grouping_column,
    naming_column,
    unaccounted,
)
from nearling.engines.local.built_in.tables.conditions import (
    Condition,
    Strange,
    Unsure,
    conditions,
    has_idea,
    hinted,
    known_marks,
    named_columns,
    unread,
)
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role, Slot

_WIDE = 5
"""Columns; of a wider table only those that matter are shown."""
_SHOWN = 40
"""Rows of a list."""


def answered(asked: Asked, grid: Grid) -> Reply | None:
    """What the table has to say; None: it is not asked for this. Raises Unsure."""
    stated, used = conditions(asked, grid)
    group, tokens = grouping_column(asked, grid, used)
    used |= tokens
    task = _Task(asked, grid, stated, used, group)
    if asked.does in (Does.LIST, Does.EXTREME) and not any(grid.heads):
        return None
    strange = unaccounted(asked, grid, used)
    if strange:
        raise Strange(_("The table does not say what “{word}” means.").format(word=strange))
    if grid.doubtful is not None:
        raise Unsure(
            _("It is not sure whether the row “{row}” is a sum of others.").format(
                row=grid.doubtful.text
            )
        )
    works: dict[Does, Callable[[], Reply | None]] = {
        Does.COUNT: task.count,
        Does.LIST: task.listed,
        Does.EXTREME: task.extreme,
        Does.SHARE: task.share,
        Does.DIFFERENCE: task.difference,
    }
    whole = task.total if group is None else partial(task.grouped, group)
    return works.get(asked.does, whole)()


class _Task:
    """One question over one table."""

    def __init__(
        self,
        asked: Asked,
        grid: Grid,
        stated: tuple[Condition, ...],
        used: frozenset[int],
        group: Column | None,
    ) -> None:
        self._asked = asked
        self._grid = grid
        self._stated = stated
        self._used = used
        self._group = group
        rows = set(range(len(grid.items)))
        for condition in stated:
            rows &= condition.rows
        self._rows = sorted(rows)

    def total(self) -> Reply | None:
        """None where a total is printed, which may be another one than that of the items."""
        loose = self._asked.does is Does.SUM and not self._asked.explicit and not self._stated
        vague = not self._asked.used and self._group is None and not self._asked.asks("spending")
        if loose and (vague or "#total" in known_marks(self._grid)):
            return None
        column = self._column()
        rows = self._filled(column, self._rows)
        value = self._reckoned(column, rows)
        text = self._written(column, value)
        printed = [] if self._stated or self._asked.does is not Does.SUM else self._printed(column)
        other = [it for it in printed if it[0] != value]
        if (
            loose
            and self._grid.sums
            and (other or not printed or not self._named_numbers(apart=True))
        ):
            return None
        if printed and len(other) == len(printed):
            _amount, label, slot = printed[-1]
            text = _("{sum} (the table itself says {label}: {printed})").format(
                sum=text, label=label, printed=slot.text
            )
        return _reply(text, [column.slots[row] for row in rows])

    def grouped(self, group: Column) -> Reply:
        column = self._column()
        kinds: dict[str, list[int]] = {}
        for row in self._filled(column, self._rows):
            kinds.setdefault(" ".join(group.slots[row].text.split()), []).append(row)
        if "" in kinds:
            raise Unsure(_("Some rows have no {column}.").format(column=group.name))
        found = [(name, self._reckoned(column, rows)) for name, rows in kinds.items()]
        if self._asked.sign:
            best = (max if self._asked.sign > 0 else min)(value for _name, value in found)
            names = [name for name, value in found if value == best]
            text = f"{', '.join(names)} ({self._written(column, best)})"
        else:
            rows_shown = [(name, self._written(column, value)) for name, value in found]
            text = markdown_table([(group.name, column.name), *rows_shown])
        return _reply(text, [column.slots[row] for rows in kinds.values() for row in rows])

    def count(self) -> Reply | None:
        """Rows that fit; what a column of numbers counts is added up where all of it is asked."""
        amounts = [c for c in self._grid.columns if c.role is Role.NUMBER and _counts(c)]
        exact = all(condition.exact for condition in self._stated)
        if self._group is not None or not exact or (amounts and not self._compared()):
            return None
        if not self._stated and not any(self._grid.heads):
            return None
        if len(self._rows) == 1 and not self._compared():
            return None
        if self._stated:
            column = self._stated[-1].column
        else:
            named = naming_column(self._asked, self._grid, self._used, None)
            column = named or self._grid.columns[0]
            names = next((it for it in self._grid.columns if it.role is Role.TEXT), None)
            if column is not names and column.role is Role.TEXT:
                # How many categories: each counts once, however many rows it has.
                first = {folded(column.slots[row].text): row for row in reversed(self._rows)}
                self._rows = sorted(row for text, row in first.items() if text.strip())
        return _reply(str(len(self._rows)), [column.slots[row] for row in self._rows])

    def listed(self) -> Reply | None:
        if not self._stated or (len(self._rows) < 2 and not self._compared()):
            return None
        if not self._rows:
            cells = [slot for condition in self._stated for slot in condition.column.slots]
            return _reply(_("None of the {rows} rows.").format(rows=len(self._grid.items)), cells)
        return self._shown(self._rows, [condition.column for condition in self._stated])

    def extreme(self) -> Reply | None:
        asked = self._asked
        if self._group is not None:
            raise Unsure(_("It is not sure what should be compared."))
        column = self._ranked_column()
        if column is None:
            return None
        if column.role is Role.DATE:
            dates = {row: column.days[row] for row in self._rows}
            if any(day is None or not day.whole for day in dates.values()):
                raise Unsure(
                    _("Not every date in {column} can be read for sure.").format(column=column.name)
                )
            order = sorted(
                self._rows, key=lambda row: column.days[row] or 0, reverse=asked.sign > 0
            )
        else:
            order = sorted(
                self._filled(column, self._rows),
                key=lambda row: -asked.sign * self._value(column, row),
            )
        if len(order) < 2 or (asked.top and asked.top < ALL and len(order) < asked.top):
            return None
        key = column.days if column.role is Role.DATE else [a and a.value for a in column.amounts]
        if asked.top:
            last = key[order[min(asked.top, len(order)) - 1]]
            cut = [n for n, row in enumerate(order) if key[row] == last][-1] + 1
            return self._shown(order[:cut], [column])
        chosen = sorted({key[row] for row in order}, key=[key[r] for r in order].index)
        if asked.rank > len(chosen):
            return None
        rows = [row for row in order if key[row] == chosen[asked.rank - 1]]
        name = naming_column(asked, self._grid, self._used, column)
        value = column.slots[rows[0]].text
        if name is not None and name.repeats and len(rows) == 1 and self._names(name):
            raise Unsure(_("It is not sure what should be compared."))
        if name is None or name is column:
            return _reply(value, [column.slots[row] for row in rows])
        names = ", ".join(name.slots[row].text for row in rows)
        first = asked.plain.startswith(("how", "wie"))
        text = f"{value} ({names})" if first else f"{names} ({value})"
        return _reply(text, [c.slots[row] for row in rows for c in (name, column)])

    def share(self) -> Reply:
        column = self._column()
        everything = self._filled(column, list(range(len(self._grid.items))))
        rows = [row for row in self._rows if row in everything]
        if not self._stated or not all(condition.exact for condition in self._stated) or not rows:
            raise Unsure(_("It is not sure whose share is meant."))
        whole = [self._value(column, row) for row in everything]
        if any(value < 0 for value in whole) or not sum(whole):
            raise Unsure(_("A share of these numbers says nothing."))
        share = 100 * sum(self._value(column, row) for row in rows) / sum(whole)
        told = f"{share:.1f}".removesuffix(".0").replace(".", column.style.point)
        return _reply(f"{told} %", [column.slots[row] for row in everything])

    def difference(self) -> Reply:
        named = self._named_numbers()
        if len(self._rows) == 1 and len(named) == 2:
            cells = [(column, row) for column in named for row in self._filled(column, self._rows)]
            units = {amount.unit for column, row in cells if (amount := column.amounts[row])}
            if len(units) > 1:
                raise Unsure(_mixed(units))
            one, other = (self._value(column, row) for column, row in cells)
            told = named[0].style.written(abs(one - other))
            return _reply(told, [column.slots[row] for column, row in cells])
        column = self._column()
        if len(self._stated) != 1 or not self._stated[0].exact or len(self._rows) != 2:
            raise Unsure(_("It is not sure between which two values."))
        rows = self._filled(column, self._rows)
        if len(rows) != 2:
            raise Unsure(_("It is not sure between which two values."))
        one, other = (self._value(column, row) for row in rows)
        return _reply(column.style.written(abs(one - other)), [column.slots[row] for row in rows])

    def _column(self) -> Column:
        able = [column for column in self._grid.columns if column.role is Role.NUMBER]
        column = column_meant(self._asked, self._grid, self._used, able, self._stated)
        if column is None:
            raise Strange(_("The table has no column of numbers for this."))
        return column

    def _names(self, column: Column) -> bool:
        hits = named_columns(self._asked, self._grid, self._used)
        return column in [hit.column for hit in hits]

    def _named_numbers(self, *, apart: bool = False) -> list[Column]:
        """Columns of numbers that the question names; `apart`: not by what says what to do."""
        hits = named_columns(self._asked, self._grid, self._used)
        free = [hit for hit in hits if not apart or not hit.at <= self._asked.used]
        return [hit.column for hit in free if hit.column.role is Role.NUMBER]

    def _ranked_column(self) -> Column | None:
        """The column of which the most or the least is asked."""
        hint, grid = self._asked.hint, self._grid
        numbers = [column for column in grid.columns if column.role is Role.NUMBER]
        dates = [column for column in grid.columns if column.role is Role.DATE]
        if hint == "date":
            able = dates
        elif hint == "money":
            able = [column for column in numbers if column.is_money or has_idea(column, "price")]
        elif hint:
            able = [column for column in numbers if has_idea(column, hint)]
        else:
            named = [c for c in self._named_numbers() if c in numbers]
            able = named or hinted(self._asked, numbers) or numbers
        return column_meant(self._asked, grid, self._used, able, self._stated)

    def _filled(self, column: Column, rows: Sequence[int]) -> list[int]:
        """The rows that hold a number in `column`. Raises Unsure where one is not to be trusted."""
        self._checked(column, rows)
        found = [row for row in rows if column.amounts[row] is not None]
        if not found:
            raise Unsure(_("No row of the table fits."))
        return found

    def _checked(self, column: Column, rows: Sequence[int]) -> bool:
        unreadable = column.unreadable(rows)
        if unreadable is not None:
            raise Unsure(unread(unreadable.text, column))
        if self._grid.scanned and any(not column.slots[row].text.strip() for row in rows):
            raise Unsure(
                _("A cell in {column} is empty or was not recognised.").format(column=column.name)
            )
        units = {amount.unit for row in rows if (amount := column.amounts[row]) is not None}
        if len(units - {""}) > 1 or (len(units) > 1 and not column.is_money):
            raise Unsure(_mixed(units))
        return True

    def _value(self, column: Column, row: int) -> Decimal:
        amount = column.amounts[row]
        if amount is None:
            raise Unsure(unread(column.slots[row].text, column))
        return amount.value

    def _reckoned(self, column: Column, rows: Sequence[int]) -> Decimal:
        values = sorted(self._value(column, row) for row in rows)
        if self._asked.does is Does.MEAN:
            return sum(values, Decimal(0)) / len(values)
        if self._asked.does is Does.MEDIAN:
            middle = len(values) // 2
            return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
        return sum(values, Decimal(0))

    def _written(self, column: Column, value: Decimal) -> str:
        """With as many places as the column has; a mean may need more."""
        own = column.style.places
        if value == round(value, own):
            return column.style.written(value)
        if value == round(value, 1) and own == 0 and not column.is_money:
            return column.style.written(value, 1)
        return column.style.written(value, max(own, 2))

    def _printed(self, column: Column) -> list[tuple[Decimal, str, Slot]]:
        """What the table's own sums say of a column."""
        found = []
        for row in self._grid.sums:
            slot = row[column.place]
            amount = _read_alone(column, slot)
            label = next((it.text for it in row if any(map(str.isalpha, it.text))), "")
            if amount is not None and label:
                found.append((amount, label, slot))
        return found

    def _compared(self) -> bool:
        """Whether a number or a date decides which rows are meant."""
        roles = {condition.column.role for condition in self._stated}
        return bool(roles & {Role.NUMBER, Role.DATE})

    def _shown(self, rows: Sequence[int], needed: Sequence[Column]) -> Reply:
        columns = list(self._grid.columns)
        if len(columns) > _WIDE:
            name = naming_column(self._asked, self._grid, self._used, None)
            columns = [c for c in columns if c in needed or c is name]
        cells = [[column.slots[row] for column in columns] for row in rows[:_SHOWN]]
        told = [[" ".join(slot.text.split()) for slot in row] for row in cells]
        text = markdown_table([[column.head for column in columns], *told])
        if len(rows) > _SHOWN:
            text += "\n\n" + _("{count} more rows.").format(count=len(rows) - _SHOWN)
        return _reply(text, [slot for row in cells for slot in row])


def _counts(column: Column) -> bool:
    """Whether a column says how many there are of what its row names."""
    return bool(marks(column.head) & {"#quantity", "#number"})


def _read_alone(column: Column, slot: Slot) -> Decimal | None:
    texts = [slot.text, *(other.text for other in column.slots)]
    amount = amounts(texts, (), column.head)[0][0]
    return amount.value if amount is not None else None


def _mixed(units: set[str]) -> str:
    told = ", ".join(sorted(filter(None, units))) or "?"
    return _("The numbers have different units: {units}.").format(units=told)


def _reply(text: str, slots: Sequence[Slot]) -> Reply:
    cited: dict[int, Citation] = {id(slot): slot.citation for slot in slots if slot.text.strip()}
    means = Means.QUOTED if [it.text for it in cited.values()] == [text] else Means.COUNTED
    return Reply(text, means, tuple(cited.values()))
