"""Ranks the rows of a table: the most, the second least, the three dearest, all in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import ALL
from nearling.engines.local.built_in.tables.grid import Column, Role
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    has_idea,
    hinted,
    key_column,
    naming_column,
    only,
)
from nearling.engines.local.built_in.tables.reckoning import grouped
from nearling.engines.local.built_in.tables.showing import replied, shown
from nearling.engines.local.built_in.tables.task import Task


def ranked(task: Task) -> Reply | None:
    """The one with the most or the least, or so many of them in order. Raises Unsure."""
    asked = task.asked
    if task.counted:
        return _fullest(task)
    if asked.asks("either") and len(task.rows) != 2 and task.group is None:
        raise Unsure(_("It is not sure what should be compared."))
    dates = [c for c in task.grid.columns if c.role is Role.DATE]
    clocks = [c for c in task.grid.columns if c.role is Role.CLOCK]
    aged = asked.asks("aged") and (asked.asks("since") or not hinted(asked, task.numbers))
    dated = dates if aged else [*dates, *clocks] if asked.asks("when") else []
    column = task.measured(dated or hinted(asked, clocks) or task.numbers)
    keys = _keys(column)
    able = list(task.rows) if column.role is Role.DATE else task.checked(column, task.rows)
    # The slowest has the least speed, the oldest the first date.
    turned = aged if dated else asked.asks("pace") and has_idea(column, "speed")
    order = sorted(able, key=lambda row: keys[row], reverse=(asked.sign > 0) is not turned)
    chosen = list(dict.fromkeys(keys[row] for row in order))
    few = asked.top and asked.top < ALL and len(order) < asked.top
    if len(order) < 2 or few or asked.rank > len(chosen):
        return None
    if asked.top:
        last = keys[order[min(asked.top, len(order)) - 1]]
        cut = [n for n, row in enumerate(order) if keys[row] == last][-1] + 1
        return shown(task, order[:cut], [column])
    return _one(task, column, [row for row in order if keys[row] == chosen[asked.rank - 1]])


def _keys(column: Column) -> Sequence[Any]:
    """What the rows are put in order by. Raises Unsure."""
    if column.role is not Role.DATE:
        return [it and it.value for it in column.amounts]
    alike = {(it.whole, bool(it.month)) for it in column.days if it is not None}
    if None in column.days or len(alike) > 1:
        raise Unsure(
            _("Not every date in {column} can be read for sure.").format(column=column.name)
        )
    return column.days


def _one(task: Task, column: Column, rows: Sequence[int]) -> Reply:
    """What these rows, which are equal in `column`, are called."""
    asked = task.asked
    if task.group is not None:
        best = grouped(task, column, task.group)
        if asked.asks("summed"):
            return best
        if len(rows) > 1 or not best.text.startswith(f"{task.group.slots[rows[0]].text} ("):
            raise Unsure(_("It is not sure what should be compared."))
    key = key_column(task.grid)
    stated = [it.column for it in task.stated if it.column is not key]
    name = naming_column(asked, task.grid, [column, *stated])
    value = column.slots[rows[0]].text
    if name is None:
        return replied(value, [column.slots[row] for row in rows])
    names = ", ".join(name.slots[row].text for row in rows)
    free = [hit for hit in task.named if not hit.at <= asked.used and hit.strength == 2]
    others = [hit.column for hit in free if hit.column not in (name, column)]
    wanted = only(others) if others else None
    if wanted is not None:
        value = ", ".join(wanted.slots[row].text for row in rows)
    first = wanted is not None or asked.plain.startswith(("how", "wie"))
    text = f"{value} ({names})" if first else f"{names} ({value})"
    return replied(text, [(wanted or column).slots[row] for row in rows])


def _fullest(task: Task) -> Reply | None:
    """The kinds that have most or fewest rows."""
    if task.group is None or not task.rows:
        raise Unsure(_("It is not sure what should be compared."))
    slots = [task.group.slots[row] for row in task.rows]
    each = Counter(" ".join(slot.text.split()) for slot in slots)
    if "" in each or len(each) < 2:
        raise Unsure(_("It is not sure what should be compared."))
    best = (max if task.asked.sign > 0 else min)(each.values())
    names = [name for name, count in each.items() if count == best]
    cells = [slot for slot in slots if " ".join(slot.text.split()) in names]
    return replied(f"{', '.join(names)} ({best})", cells)
