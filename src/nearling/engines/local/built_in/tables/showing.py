"""Shows rows of a table, and cites the cells that an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.grid import Column, Role
from nearling.engines.local.built_in.tables.naming import key_column, people_columns
from nearling.engines.local.built_in.tables.slot import Slot
from nearling.engines.local.built_in.tables.task import Task

_WIDE = 5
"""Columns; of a wider table only those that matter are shown."""
_SHOWN = 40
"""Rows of a list."""


def shown(task: Task, rows: Sequence[int], needed: Sequence[Column]) -> Reply:
    columns = list(task.grid.columns)
    if len(columns) > _WIDE or task.asked.asks("naming"):
        key = key_column(task.grid)
        meant = [hit.column for hit in task.named if hit.strength == 2]
        meant += [c for c in columns if c.role is Role.DATE and task.asked.asks("dated")]
        # Where no column tells the rows apart, all that is written of them does.
        meant += [key] if key and not key.repeats else [c for c in columns if c.role is Role.TEXT]
        meant += people_columns(columns)
        columns = [c for c in columns if c in (*needed, *meant)]
    cells = [[column.slots[row] for column in columns] for row in rows[:_SHOWN]]
    told = [[" ".join(slot.text.split()) for slot in row] for row in cells]
    text = markdown_table([[column.head for column in columns], *told])
    if len(rows) > _SHOWN:
        text += "\n\n" + _("{count} more rows.").format(count=len(rows) - _SHOWN)
    return replied(text, [column.slots[row] for row in rows for column in needed])


def replied(text: str, slots: Sequence[Slot]) -> Reply:
    cited: dict[int, Citation] = {id(slot): slot.citation for slot in slots if slot.text.strip()}
    means = Means.QUOTED if [it.text for it in cited.values()] == [text] else Means.COUNTED
    return Reply(text, means, tuple(cited.values()))
