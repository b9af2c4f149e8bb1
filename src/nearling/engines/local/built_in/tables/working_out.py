"""Works out what is asked over the rows that are meant; exactly, with the cells it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from nearling.core.language import gettext as _
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.quoting.words import folded, marks
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    counts,
    has_idea,
    hinted,
    in_units,
    key_column,
    known_around,
    narrowed,
    only,
    people_columns,
)
from nearling.engines.local.built_in.tables.ranking import ranked
from nearling.engines.local.built_in.tables.reckoning import grouped, reckoned, written
from nearling.engines.local.built_in.tables.said import listed
from nearling.engines.local.built_in.tables.showing import replied, shown
from nearling.engines.local.built_in.tables.slot import Slot
from nearling.engines.local.built_in.tables.task import ROWS, Task, understood

_UNITS = listed("units")


def answered(asked: Asked, grid: Grid) -> Reply | None:
    """What the table has to say; None: it is not asked for this. Raises Unsure."""
    if asked.does in (Does.LIST, Does.NAMED, Does.EXTREME) and not any(grid.heads):
        return None
    return _WORKS[asked.does](understood(asked, grid))


def _total(task: Task, column: Column | None = None) -> Reply | None:
    """None where a total is printed, which may be another one than that of the items."""
    asked = task.asked
    loose = asked.does is Does.SUM and not asked.explicit and not task.stated
    vague = not asked.used and task.group is None and not asked.asks("spending")
    if loose and (vague or "#total" in known_around(task.grid)):
        return None
    column = column or task.measured(task.numbers)
    apart = task.group is not None and len({task.group.slots[row].text for row in task.rows})
    if task.group is not None and (asked.does is Does.SUM or apart < len(task.rows)):
        return grouped(task, column, task.group)
    rows = task.checked(column, task.rows)
    value = reckoned(task.asked, column, rows)
    text = written(column, value)
    printed = _printed(task, column) if asked.does is Does.SUM and not task.stated else []
    same = [slot for amount, _label, slot in printed if amount == value]
    if loose and task.grid.sums:
        told = [hit for hit in task.named if hit.column is column and not hit.at <= asked.used]
        return replied(same[0].text, same[:1]) if same and (told or len(printed) == 1) else None
    if printed and not same:
        _amount, label, slot = printed[-1]
        text = _("{sum} (the table itself says {label}: {printed})").format(
            sum=text, label=label, printed=slot.text
        )
    return replied(text, [column.slots[row] for row in rows])


def _printed(task: Task, column: Column) -> list[tuple[Decimal, str, Slot]]:
    """What the table's own sums say of a column."""
    found = []
    for row, amount in zip(task.grid.sums, column.sums, strict=True):
        label = next((it.text for it in row if any(map(str.isalpha, it.text))), "")
        if amount is not None and label:
            found.append((amount.value, label, row[column.place]))
    return found


def _quantity(task: Task, noun: frozenset[int], subject: Sequence[Column]) -> Column | None:
    """The column that says how many there are; None: rows are counted. Raises Unsure."""
    asked = task.asked
    able = [c for c in task.numbers if c not in [it.column for it in task.stated]]
    plain = [column for column in able if not column.is_money]
    strict = asked.asks("who") or any(asked.tokens[n] in _UNITS for n in noun)
    hits = [hit for hit in task.named if hit.strength > (strict and not hit.at & noun)]
    exact = [hit.column for hit in hits if hit.column in able]
    meant = [column for column in exact if column in subject or column in plain]
    meant = meant or in_units(asked, plain) or ([] if strict else hinted(asked, plain))
    if meant or task.compared or asked.asks("listed"):
        return only(narrowed(meant, subject)) if meant else None
    amounts = [column for column in plain if has_idea(column, "quantity")]
    cells = any(noun & condition.at for condition in task.stated)
    if cells and len(amounts) == 1:
        return amounts[0]
    if (
        amounts
        or any(asked.tokens[n] in _UNITS for n in noun)
        or (cells and any(map(counts, plain)))
    ):
        raise Unsure(_("It is not sure what should be counted."))
    return None


def _count(task: Task) -> Reply | None:
    """Rows that fit, kinds of things, or the sum of a column that says how many there are."""
    asked, grid = task.asked, task.grid
    noun = asked.noun("subject")
    if not any(grid.heads) and any(noun & condition.at for condition in task.stated):
        # What is counted stands in a cell: that one is the head of what nobody saw as a column.
        return None
    subject = [hit.column for hit in task.named if hit.at & noun and hit.strength == 2]
    quantity = _quantity(task, noun, subject)
    if quantity is not None:
        return _total(replace(task, asked=replace(asked, does=Does.SUM, explicit=True)), quantity)
    if task.group is not None:
        each = Counter(" ".join(task.group.slots[row].text.split()) for row in task.rows)
        shown = [(name, str(count)) for name, count in each.items() if name]
        cells = [task.group.slots[row] for row in task.rows]
        return replied(markdown_table([(task.group.name, "#"), *shown]), cells)
    kinds = [hit.column for hit in task.named if hit.at & noun and asked.asks("listed")]
    kinds = [c for c in subject or kinds if c.role is Role.TEXT and (c.repeats or not task.stated)]
    key, rows = key_column(grid), task.rows
    column = task.stated[-1].column if task.stated else key
    if kinds:
        # How many categories: each counts once, however many rows it has.
        column = only(kinds)
        first = {folded(column.slots[row].text): row for row in reversed(rows)}
        rows = tuple(sorted(row for text, row in first.items() if text.strip()))
    elif key is not None and not key.repeats and any(it.column is key for it in task.stated):
        # Of a single row something else is counted than rows.
        raise Unsure(_("It is not sure what should be counted."))
    elif not task.stated and (not any(grid.heads) or not (ROWS & {*asked.tokens} or _are(task))):
        return None
    return replied(str(len(rows)), [column.slots[row] for row in rows] if column else [])


def _are(task: Task) -> bool:
    """Whether what is counted is what the title calls those that the rows name."""
    key = key_column(task.grid)
    spoken = {mark for n in task.asked.noun("subject") for mark in marks(task.asked.tokens[n])}
    return people_columns([key] if key else []) != [] and bool(spoken & known_around(task.grid))


def _named(task: Task) -> Reply | None:
    """Without a word for what to do: the rows of a comparison, or the sum of what is named."""
    told = [it.column for it in task.named if it.strength and it.column in task.numbers]
    summed = told or task.asked.asks("money")
    if any(it.limits for it in task.stated) and (task.compared or not summed):
        return _listed(task)
    if not told and (task.group or (task.stated and task.asked.asks("money"))):
        told = [task.measured(task.numbers)]
    if len(told) != 1 or (len(task.rows) < 2 and task.group is None and len(task.stated) < 2):
        return None
    return _total(replace(task, asked=replace(task.asked, does=Does.SUM, explicit=True)), told[0])


def _listed(task: Task) -> Reply | None:
    stated = [it.column for it in task.stated]
    if not stated or (len(task.rows) < 2 and not task.compared and not task.asks_for_rows):
        return None
    if not task.rows:
        cells = [slot for condition in task.stated for slot in condition.column.slots]
        return replied(_("None of the {rows} rows.").format(rows=len(task.grid.items)), cells)
    return shown(task, task.rows, [condition.column for condition in task.stated])


def _beyond(_task: Task) -> Reply | None:
    raise Unsure(_("Shares and differences of a table's numbers are not worked out."))


_WORKS: dict[Does, Callable[[Task], Reply | None]] = {
    Does.SUM: _total,
    Does.MEAN: _total,
    Does.MEDIAN: _total,
    Does.COUNT: _count,
    Does.LIST: _listed,
    Does.NAMED: _named,
    Does.EXTREME: ranked,
    Does.BEYOND: _beyond,
}
