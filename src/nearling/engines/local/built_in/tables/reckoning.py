"""Adds up and averages exactly, in all or for each kind, and writes as the column does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nearling.core.language import gettext as _
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.grid import Column
from nearling.engines.local.built_in.tables.naming import Unsure
from nearling.engines.local.built_in.tables.showing import replied
from nearling.engines.local.built_in.tables.task import Task


def grouped(task: Task, column: Column, group: Column) -> Reply:
    kinds: dict[str, list[int]] = {}
    for row in task.checked(column, task.rows):
        kinds.setdefault(" ".join(group.slots[row].text.split()), []).append(row)
    if "" in kinds:
        raise Unsure(_("Some rows have no {column}.").format(column=group.name))
    found = [(name, reckoned(task.asked, column, rows)) for name, rows in kinds.items()]
    cells = [column.slots[row] for rows in kinds.values() for row in rows]
    if not task.asked.sign:
        rows_shown = [(name, written(column, value)) for name, value in found]
        return replied(markdown_table([(group.name, column.name), *rows_shown]), cells)
    best = (max if task.asked.sign > 0 else min)(value for _name, value in found)
    names = [name for name, value in found if value == best]
    return replied(f"{', '.join(names)} ({written(column, best)})", cells)


def reckoned(asked: Asked, column: Column, rows: Sequence[int]) -> Decimal:
    values = sorted(it.value for row in rows if (it := column.amounts[row]) is not None)
    if asked.does is Does.MEDIAN:
        middle = len(values) // 2
        return (values[middle] + values[~middle]) / 2
    total = sum(values, Decimal(0))
    return total / len(values) if asked.does is Does.MEAN else total


def written(column: Column, value: Decimal) -> str:
    """With as many places as the column has; a mean may need more."""
    own = column.style.places
    if value == round(value, own):
        return column.style.written(value)
    if value == round(value, 1) and own == 0 and not column.is_money:
        return column.style.written(value, 1)
    return column.style.written(value, max(own, 2))
