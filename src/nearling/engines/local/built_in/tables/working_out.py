"""Works out what is asked over the rows that are meant; exactly, with the cells it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.quoting.words import folded, named
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import ALL, Asked, Does
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role, Slot
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    counts,
    has_idea,
    hinted,
    key_column,
    known_around,
    naming_column,
    narrowed,
    only,
)
from nearling.engines.local.built_in.tables.said import listed
from nearling.engines.local.built_in.tables.task import ROWS, Task, understood

_UNITS = listed("units")
_WIDE = 5
"""Columns; of a wider table only those that matter are shown."""
_SHOWN = 40
"""Rows of a list."""


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
        return _grouped(task, column, task.group)
    rows = task.checked(column, task.rows)
    value = _reckoned(task.asked, column, rows)
    text = _written(column, value)
    printed = _printed(task, column) if asked.does is Does.SUM and not task.stated else []
    same = [slot for amount, _label, slot in printed if amount == value]
    if loose and task.grid.sums:
        told = [hit for hit in task.named if hit.column is column and not hit.at <= asked.used]
        return _reply(same[0].text, same[:1]) if same and (told or len(printed) == 1) else None
    if printed and not same:
        _amount, label, slot = printed[-1]
        text = _("{sum} (the table itself says {label}: {printed})").format(
            sum=text, label=label, printed=slot.text
        )
    return _reply(text, [column.slots[row] for row in rows])


def _printed(task: Task, column: Column) -> list[tuple[Decimal, str, Slot]]:
    """What the table's own sums say of a column."""
    found = []
    for row, amount in zip(task.grid.sums, column.sums, strict=True):
        label = next((it.text for it in row if any(map(str.isalpha, it.text))), "")
        if amount is not None and label:
            found.append((amount.value, label, row[column.place]))
    return found


def _grouped(task: Task, column: Column, group: Column) -> Reply:
    kinds: dict[str, list[int]] = {}
    for row in task.checked(column, task.rows):
        kinds.setdefault(" ".join(group.slots[row].text.split()), []).append(row)
    if "" in kinds:
        raise Unsure(_("Some rows have no {column}.").format(column=group.name))
    found = [(name, _reckoned(task.asked, column, rows)) for name, rows in kinds.items()]
    cells = [column.slots[row] for rows in kinds.values() for row in rows]
    if not task.asked.sign:
        rows_shown = [(name, _written(column, value)) for name, value in found]
        return _reply(markdown_table([(group.name, column.name), *rows_shown]), cells)
    best = (max if task.asked.sign > 0 else min)(value for _name, value in found)
    names = [name for name, value in found if value == best]
    return _reply(f"{', '.join(names)} ({_written(column, best)})", cells)


def _quantity(task: Task, noun: frozenset[int], subject: Sequence[Column]) -> Column | None:
    """The column that says how many there are; None: rows are counted. Raises Unsure."""
    asked = task.asked
    able = [c for c in task.numbers if c not in [it.column for it in task.stated]]
    plain = [column for column in able if not column.is_money]
    strict = asked.asks("who") or any(asked.tokens[n] in _UNITS for n in noun)
    hits = [hit for hit in task.named if hit.strength > (strict and not hit.at & noun)]
    exact = [hit.column for hit in hits if hit.column in able]
    meant = [column for column in exact if column in subject or column in plain]
    meant = meant or ([] if strict else hinted(asked, plain))
    if meant or task.compared or asked.asks("listed"):
        return only(narrowed(meant, subject)) if meant else None
    amounts = [column for column in plain if "#quantity" in named(column.head)]
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
        return _reply(markdown_table([(task.group.name, "#"), *shown]), cells)
    kinds = [c for c in subject if c.role is Role.TEXT and (c.repeats or not task.stated)]
    key, rows = key_column(grid), task.rows
    column = task.stated[-1].column if task.stated else key
    if kinds:
        # How many categories: each counts once, however many rows it has.
        column = only(kinds)
        first = {folded(column.slots[row].text): row for row in reversed(rows)}
        rows = tuple(sorted(row for text, row in first.items() if text.strip()))
    elif not task.stated and (not any(grid.heads) or not ROWS & set(asked.tokens)):
        return None
    return _reply(str(len(rows)), [column.slots[row] for row in rows] if column else [])


def _named(task: Task) -> Reply | None:
    """Without a word for what to do: the rows of a comparison, or the sum of what is named."""
    if any(it.limits for it in task.stated) and (task.compared or not task.asked.asks("money")):
        return _listed(task)
    told = [it.column for it in task.named if it.strength and it.column in task.numbers]
    if not told and (task.group or (task.stated and task.asked.asks("money"))):
        told = [task.measured(task.numbers)]
    if len(told) != 1 or (len(task.rows) < 2 and task.group is None):
        return None
    return _total(replace(task, asked=replace(task.asked, does=Does.SUM, explicit=True)), told[0])


def _listed(task: Task) -> Reply | None:
    stated = [it.column for it in task.stated]
    if not stated or (len(task.rows) < 2 and not task.compared and not task.asks_for_rows):
        return None
    if not task.rows:
        cells = [slot for condition in task.stated for slot in condition.column.slots]
        return _reply(_("None of the {rows} rows.").format(rows=len(task.grid.items)), cells)
    return _shown(task, task.rows, [condition.column for condition in task.stated])


def _extreme(task: Task) -> Reply | None:
    asked = task.asked
    if asked.asks("either") and len(task.rows) != 2 and task.group is None:
        raise Unsure(_("It is not sure what should be compared."))
    dates = [column for column in task.grid.columns if column.role is Role.DATE]
    aged = asked.asks("aged") and (asked.asks("since") or not hinted(asked, task.numbers))
    dated = dates and (aged or asked.asks("when"))
    column = task.measured(dates if dated else task.numbers)
    keys: list[Any] = [it and it.value for it in column.amounts]
    if column.role is Role.DATE:
        keys = list(column.days)
        if len({(it.whole, bool(it.month)) if it else None for it in keys} | {None}) > 2 or (
            None in keys
        ):
            raise Unsure(
                _("Not every date in {column} can be read for sure.").format(column=column.name)
            )
    able = list(task.rows) if column.role is Role.DATE else task.checked(column, task.rows)
    # The slowest has the least speed, the oldest the first date.
    turned = aged if dated else asked.asks("pace") and has_idea(column, "speed")
    down = (asked.sign > 0) is not turned
    order = sorted(able, key=lambda row: keys[row], reverse=down)
    if len(order) < 2 or (asked.top and asked.top < ALL and len(order) < asked.top):
        return None
    if asked.top:
        last = keys[order[min(asked.top, len(order)) - 1]]
        cut = [n for n, row in enumerate(order) if keys[row] == last][-1] + 1
        return _shown(task, order[:cut], [column])
    chosen = list(dict.fromkeys(keys[row] for row in order))
    if asked.rank > len(chosen):
        return None
    rows = [row for row in order if keys[row] == chosen[asked.rank - 1]]
    if task.group is not None:
        best = _grouped(task, column, task.group)
        if asked.asks("summed"):
            return best
        if len(rows) > 1 or not best.text.startswith(f"{task.group.slots[rows[0]].text} ("):
            raise Unsure(_("It is not sure what should be compared."))
    key = key_column(task.grid)
    stated = [it.column for it in task.stated if it.column is not key]
    name = naming_column(asked, task.grid, [column, *stated])
    value = column.slots[rows[0]].text
    if name is None:
        return _reply(value, [column.slots[row] for row in rows])
    names = ", ".join(name.slots[row].text for row in rows)
    free = [hit for hit in task.named if not hit.at <= asked.used and hit.strength == 2]
    others = [hit.column for hit in free if hit.column not in (name, column)]
    wanted = only(others) if others else None
    if wanted is not None:
        value = ", ".join(wanted.slots[row].text for row in rows)
    first = wanted is not None or asked.plain.startswith(("how", "wie"))
    text = f"{value} ({names})" if first else f"{names} ({value})"
    return _reply(text, [(wanted or column).slots[row] for row in rows])


def _beyond(_task: Task) -> Reply | None:
    raise Unsure(_("Shares and differences of a table's numbers are not worked out."))


def _shown(task: Task, rows: Sequence[int], needed: Sequence[Column]) -> Reply:
    columns = list(task.grid.columns)
    if len(columns) > _WIDE or task.asked.asks("naming"):
        key = key_column(task.grid)
        meant = [hit.column for hit in task.named if hit.strength == 2]
        meant += [c for c in columns if c.role is Role.DATE and task.asked.asks("dated")]
        # Where no column tells the rows apart, all that is written of them does.
        meant += [key] if key and not key.repeats else [c for c in columns if c.role is Role.TEXT]
        columns = [c for c in columns if c in (*needed, *meant)]
    cells = [[column.slots[row] for column in columns] for row in rows[:_SHOWN]]
    told = [[" ".join(slot.text.split()) for slot in row] for row in cells]
    text = markdown_table([[column.head for column in columns], *told])
    if len(rows) > _SHOWN:
        text += "\n\n" + _("{count} more rows.").format(count=len(rows) - _SHOWN)
    return _reply(text, [column.slots[row] for row in rows for column in needed])


_WORKS: dict[Does, Callable[[Task], Reply | None]] = {
    Does.SUM: _total,
    Does.MEAN: _total,
    Does.MEDIAN: _total,
    Does.COUNT: _count,
    Does.LIST: _listed,
    Does.NAMED: _named,
    Does.EXTREME: _extreme,
    Does.BEYOND: _beyond,
}


def _reckoned(asked: Asked, column: Column, rows: Sequence[int]) -> Decimal:
    values = sorted(it.value for row in rows if (it := column.amounts[row]) is not None)
    if asked.does is Does.MEDIAN:
        middle = len(values) // 2
        return (values[middle] + values[~middle]) / 2
    total = sum(values, Decimal(0))
    return total / len(values) if asked.does is Does.MEAN else total


def _written(column: Column, value: Decimal) -> str:
    """With as many places as the column has; a mean may need more."""
    own = column.style.places
    if value == round(value, own):
        return column.style.written(value)
    if value == round(value, 1) and own == 0 and not column.is_money:
        return column.style.written(value, 1)
    return column.style.written(value, max(own, 2))


def _reply(text: str, slots: Sequence[Slot]) -> Reply:
    cited: dict[int, Citation] = {id(slot): slot.citation for slot in slots if slot.text.strip()}
    means = Means.QUOTED if [it.text for it in cited.values()] == [text] else Means.COUNTED
    return Reply(text, means, tuple(cited.values()))
