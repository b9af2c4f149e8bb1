"""Works out what is asked over the rows that are meant; exactly, with the cells it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.table_text import markdown_table
from nearling.engines.local.built_in.quoting.words import folded, marks
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import ALL, Asked, Does
from nearling.engines.local.built_in.tables.columns import (
    grouping_column,
    naming_column,
    unaccounted,
)
from nearling.engines.local.built_in.tables.conditions import conditions
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role, Slot
from nearling.engines.local.built_in.tables.naming import (
    Strange,
    Unsure,
    known_marks,
)
from nearling.engines.local.built_in.tables.said import listed
from nearling.engines.local.built_in.tables.task import Task, mixed

_WIDE = 5
"""Columns; of a wider table only those that matter are shown."""
_SHOWN = 40
"""Rows of a list."""
_ROWS = listed("rows")


def answered(asked: Asked, grid: Grid) -> Reply | None:
    """What the table has to say; None: it is not asked for this. Raises Unsure."""
    stated, used = conditions(asked, grid)
    group, tokens = grouping_column(asked, grid, used)
    used |= tokens
    task = Task(asked, grid, stated, used, group)
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
    if group is not None and asked.does in (Does.SUM, Does.MEAN, Does.MEDIAN):
        return _grouped(task, group)
    return _WORKS[asked.does](task)


def _total(task: Task) -> Reply | None:
    """None where a total is printed, which may be another one than that of the items."""
    loose = task.asked.does is Does.SUM and not task.asked.explicit and not task.stated
    vague = not task.asked.used and task.group is None and not task.asked.asks("spending")
    if loose and (vague or "#total" in known_marks(task.grid)):
        return None
    column = task.column()
    rows = task.filled(column, task.rows)
    value = task.reckoned(column, rows)
    text = task.written(column, value)
    printed = [] if task.stated or task.asked.does is not Does.SUM else task.printed(column)
    other = [it for it in printed if it[0] != value]
    if loose and task.grid.sums and (other or not printed or not task.named_numbers(apart=True)):
        return None
    if printed and len(other) == len(printed):
        _amount, label, slot = printed[-1]
        text = _("{sum} (the table itself says {label}: {printed})").format(
            sum=text, label=label, printed=slot.text
        )
    return _reply(text, [column.slots[row] for row in rows])


def _grouped(task: Task, group: Column) -> Reply:
    column = task.column()
    kinds: dict[str, list[int]] = {}
    for row in task.filled(column, task.rows):
        kinds.setdefault(" ".join(group.slots[row].text.split()), []).append(row)
    if "" in kinds:
        raise Unsure(_("Some rows have no {column}.").format(column=group.name))
    found = [(name, task.reckoned(column, rows)) for name, rows in kinds.items()]
    if task.asked.sign:
        best = (max if task.asked.sign > 0 else min)(value for _name, value in found)
        names = [name for name, value in found if value == best]
        text = f"{', '.join(names)} ({task.written(column, best)})"
    else:
        rows_shown = [(name, task.written(column, value)) for name, value in found]
        text = markdown_table([(group.name, column.name), *rows_shown])
    return _reply(text, [column.slots[row] for rows in kinds.values() for row in rows])


def _count(task: Task) -> Reply | None:
    """Rows that fit; what a column of numbers counts is added up where all of it is asked."""
    amounts = [c for c in task.grid.columns if c.role is Role.NUMBER and _counts(c)]
    exact = all(condition.exact for condition in task.stated)
    if not exact or (amounts and not task.compared()):
        return None
    if task.group is not None:
        told = Counter(" ".join(task.group.slots[row].text.split()) for row in task.rows)
        shown = [(name, str(count)) for name, count in told.items() if name]
        cells = [task.group.slots[row] for row in task.rows]
        return _reply(markdown_table([(task.group.name, "#"), *shown]), cells)
    if not task.stated and not any(task.grid.heads):
        return None
    if len(task.rows) == 1 and not task.compared():
        return None
    rows: Sequence[int] = task.rows
    if task.stated:
        column = task.stated[-1].column
    else:
        named = naming_column(task.asked, task.grid, task.used, None)
        column = named or task.grid.columns[0]
        if not task.names(column) and not _ROWS & set(task.asked.tokens):
            return None
        names = next((it for it in task.grid.columns if it.role is Role.TEXT), None)
        if column is not names and column.role is Role.TEXT:
            # How many categories: each counts once, however many rows it has.
            first = {folded(column.slots[row].text): row for row in reversed(rows)}
            rows = sorted(row for text, row in first.items() if text.strip())
    return _reply(str(len(rows)), [column.slots[row] for row in rows])


def _listed(task: Task) -> Reply | None:
    if not task.stated or (len(task.rows) < 2 and not task.compared()):
        return None
    if not task.rows:
        cells = [slot for condition in task.stated for slot in condition.column.slots]
        return _reply(_("None of the {rows} rows.").format(rows=len(task.grid.items)), cells)
    return _shown(task, task.rows, [condition.column for condition in task.stated])


def _extreme(task: Task) -> Reply | None:
    asked = task.asked
    if task.group is not None or (asked.asks("either") and len(task.rows) != 2):
        raise Unsure(_("It is not sure what should be compared."))
    column = task.ranked_column()
    if column is None:
        return None
    if column.role is Role.DATE:
        dates = {row: column.days[row] for row in task.rows}
        if any(day is None or not day.whole for day in dates.values()):
            raise Unsure(
                _("Not every date in {column} can be read for sure.").format(column=column.name)
            )
        order = sorted(task.rows, key=lambda row: column.days[row] or 0, reverse=asked.sign > 0)
    else:
        order = sorted(
            task.filled(column, task.rows),
            key=lambda row: -asked.sign * task.value(column, row),
        )
    if len(order) < 2 or (asked.top and asked.top < ALL and len(order) < asked.top):
        return None
    key = column.days if column.role is Role.DATE else [a and a.value for a in column.amounts]
    if asked.top:
        last = key[order[min(asked.top, len(order)) - 1]]
        cut = [n for n, row in enumerate(order) if key[row] == last][-1] + 1
        return _shown(task, order[:cut], [column])
    chosen = sorted({key[row] for row in order}, key=[key[r] for r in order].index)
    if asked.rank > len(chosen):
        return None
    rows = [row for row in order if key[row] == chosen[asked.rank - 1]]
    name = naming_column(asked, task.grid, task.used, column)
    value = column.slots[rows[0]].text
    if name is not None and name.repeats and len(rows) == 1 and task.names(name):
        raise Unsure(_("It is not sure what should be compared."))
    if name is None or name is column:
        return _reply(value, [column.slots[row] for row in rows])
    names = ", ".join(name.slots[row].text for row in rows)
    wanted = task.also_named(name, column)
    if wanted is not None:
        value = ", ".join(wanted.slots[row].text for row in rows)
    first = wanted is not None or asked.plain.startswith(("how", "wie"))
    text = f"{value} ({names})" if first else f"{names} ({value})"
    return _reply(text, [c.slots[row] for row in rows for c in (name, wanted or column)])


def _share(task: Task) -> Reply:
    column = task.column()
    everything = task.filled(column, list(range(len(task.grid.items))))
    rows = [row for row in task.rows if row in everything]
    if not task.stated or not all(condition.exact for condition in task.stated) or not rows:
        raise Unsure(_("It is not sure whose share is meant."))
    whole = [task.value(column, row) for row in everything]
    if any(value < 0 for value in whole) or not sum(whole):
        raise Unsure(_("A share of these numbers says nothing."))
    share = 100 * sum(task.value(column, row) for row in rows) / sum(whole)
    told = f"{share:.1f}".removesuffix(".0").replace(".", column.style.point)
    return _reply(f"{told} %", [column.slots[row] for row in everything])


def _difference(task: Task) -> Reply:
    named = task.named_numbers()
    if len(task.rows) == 1 and len(named) == 2:
        cells = [(column, row) for column in named for row in task.filled(column, task.rows)]
        units = {amount.unit for column, row in cells if (amount := column.amounts[row])}
        if len(units) > 1:
            raise Unsure(mixed(units))
        one, other = (task.value(column, row) for column, row in cells)
        told = named[0].style.written(abs(one - other))
        return _reply(told, [column.slots[row] for column, row in cells])
    column = task.column()
    if len(task.stated) != 1 or not task.stated[0].exact or len(task.rows) != 2:
        raise Unsure(_("It is not sure between which two values."))
    rows = task.filled(column, task.rows)
    if len(rows) != 2:
        raise Unsure(_("It is not sure between which two values."))
    one, other = (task.value(column, row) for row in rows)
    return _reply(column.style.written(abs(one - other)), [column.slots[row] for row in rows])


def _shown(task: Task, rows: Sequence[int], needed: Sequence[Column]) -> Reply:
    columns = list(task.grid.columns)
    if len(columns) > _WIDE:
        name = naming_column(task.asked, task.grid, task.used, None)
        columns = [c for c in columns if c in needed or c is name]
    cells = [[column.slots[row] for column in columns] for row in rows[:_SHOWN]]
    told = [[" ".join(slot.text.split()) for slot in row] for row in cells]
    text = markdown_table([[column.head for column in columns], *told])
    if len(rows) > _SHOWN:
        text += "\n\n" + _("{count} more rows.").format(count=len(rows) - _SHOWN)
    return _reply(text, [slot for row in cells for slot in row])


_WORKS: dict[Does, Callable[[Task], Reply | None]] = {
    Does.SUM: _total,
    Does.MEAN: _total,
    Does.MEDIAN: _total,
    Does.COUNT: _count,
    Does.LIST: _listed,
    Does.EXTREME: _extreme,
    Does.SHARE: _share,
    Does.DIFFERENCE: _difference,
}


def _counts(column: Column) -> bool:
    """Whether a column says how many there are of what its row names."""
    return bool(marks(column.head) & {"#quantity", "#number"})


def _reply(text: str, slots: Sequence[Slot]) -> Reply:
    cited: dict[int, Citation] = {id(slot): slot.citation for slot in slots if slot.text.strip()}
    means = Means.QUOTED if [it.text for it in cited.values()] == [text] else Means.COUNTED
    return Reply(text, means, tuple(cited.values()))
