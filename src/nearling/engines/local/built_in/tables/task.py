"""One question over one table: which rows and columns it means, and how its answer is parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.quoting.words import any_marks, terms
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.condition import Condition
from nearling.engines.local.built_in.tables.conditions import conditions
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.limits import one_unit, unread
from nearling.engines.local.built_in.tables.naming import (
    GENERIC,
    Named,
    NoRow,
    Strange,
    Unsure,
    has_idea,
    hinted,
    key_column,
    known_around,
    lacks_meant,
    named_columns,
    narrowed,
    of_money,
    only,
    people_columns,
    unaccounted,
)
from nearling.engines.local.built_in.tables.said import SAID, listed

ROWS = listed("rows")
"""What rows are called where all of them are counted."""


@dataclass(frozen=True)
class Task:
    """One question over one table, and the rows that it means."""

    asked: Asked
    grid: Grid
    stated: tuple[Condition, ...]
    used: frozenset[int]
    """Tokens that state the conditions or part the answer."""
    group: Column | None
    """By whose values the answer is parted."""

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Those that fulfil all conditions."""
        every = range(len(self.grid.items))
        return tuple(row for row in every if all(row in it.rows for it in self.stated))

    @cached_property
    def compared(self) -> bool:
        """Whether a number or a date decides which rows are meant."""
        return any(it.column.role in (Role.NUMBER, Role.DATE, Role.CLOCK) for it in self.stated)

    @cached_property
    def asks_for_rows(self) -> bool:
        """Whether who or what it is is asked, and nothing else about it."""
        stated = [it.column for it in self.stated]
        others = [it for it in self.named if it.column not in stated and it.strength]
        return self.asked.asks("whole") and not [it for it in others if not it.column.repeats]

    @cached_property
    def counted(self) -> bool:
        """Whether it has the most rows: "the most" stands before what rows are called."""
        if not self.asked.asks("summed"):
            return False
        at = max(self.asked.used) + 1
        noun = "".join(self.asked.tokens[at : at + 1])
        key = key_column(self.grid)
        meant = [hit for hit in self.named if at in hit.at]
        rows = noun in ROWS or any(hit.column is key for hit in meant if hit.strength)
        rows = rows or bool(any_marks(terms(noun)) & known_around(self.grid))
        cells = any(at in it.at and it.column.role is Role.TEXT for it in self.stated)
        return cells or (rows and not any(hit.column in self.numbers for hit in meant))

    @cached_property
    def numbers(self) -> list[Column]:
        return [column for column in self.grid.columns if column.role is Role.NUMBER]

    @cached_property
    def named(self) -> list[Named]:
        """The columns that the question names beside its conditions."""
        return named_columns(self.asked, self.grid, self.used)

    def measured(self, able: Sequence[Column]) -> Column:
        """The one of `able` that the question names, or that alone can be meant. Raises Unsure."""
        asked, grid = self.asked, self.grid
        if not able:
            raise Strange(_("The table has no column of numbers for this."))
        # A word that says what to do names a column only where it is all of its head.
        hits = [hit for hit in self.named if hit.column in able]
        hits = [hit for hit in hits if hit.strength == 2 or not hit.at <= asked.used]
        best = max(((hit.strength, len(hit.at)) for hit in hits), default=(0, 0))
        meant = [hit.column for hit in hits if (hit.strength, len(hit.at)) == best]
        chosen = frozenset[int]().union(*(it.at for it in hits if it.column in meant))
        joined = [n for n, word in enumerate(asked.tokens) if word in ("and", "und")]
        implied = asked.does is Does.EXTREME and self.implied(able)
        both = any(n - 1 in it.at and n + 1 in it.at for n in joined for it in hits)
        if not implied and (both or any(it.at - chosen for it in hits if it.column not in meant)):
            only(it.column for it in hits)
        money = of_money(asked, able)
        about_money = asked.asks("money") or (not hits and asked.asks("how much"))
        if about_money and not money and not hits and any(grid.heads):
            raise Strange(_("The table has no column of money."))
        return only(
            narrowed(
                able,
                implied or [],
                meant if best[0] == 2 else [],
                hinted(asked, able),
                money if about_money and best[0] < 2 else [],
                meant,
                [it.column for it in self.stated],
                [c for c in able if has_idea(c, "total") or has_idea(c, "amount")],
                [] if any(grid.heads) else [column for column in able if column.is_money],
            )
        )

    def implied(self, able: Sequence[Column]) -> list[Column]:
        """What the oldest or the cheapest has most or least of. Raises Strange."""
        if lacks_meant(self.asked, able):
            raise Strange(_("The table has no column for this."))
        if any(column.role in (Role.DATE, Role.CLOCK) for column in able):
            return [it for it in able if not has_idea(it, "deadline")]
        firm = hinted(self.asked, able, firmly=True)
        return firm or (of_money(self.asked, able) if self.asked.asks("each") else [])

    def checked(self, column: Column, rows: Sequence[int]) -> list[int]:
        """The rows that hold a number in `column`. Raises Unsure where one is not to be trusted."""
        unreadable = column.unreadable(rows)
        if unreadable is not None:
            raise Unsure(unread(unreadable.text, column))
        if self.grid.scanned and any(not column.slots[row].text.strip() for row in rows):
            raise Unsure(
                _("A cell in {column} is empty or was not recognised.").format(column=column.name)
            )
        found = [row for row in rows if column.amounts[row] is not None]
        if not found:
            raise NoRow(_("No row of the table fits."))
        one_unit(column, found)
        return found


def understood(asked: Asked, grid: Grid) -> Task:
    """What of the table a question means. Raises Unsure."""
    stated, used = conditions(asked, grid)
    group, tokens = _group(asked, grid, used)
    task = Task(asked, grid, stated, used | tokens, group)
    strange = unaccounted(asked, grid, task.used | asked.saying("noise"), _subject(task))
    if strange:
        raise Strange(_("The table does not say what “{word}” means.").format(word=strange))
    if grid.doubtful is not None:
        raise Unsure(
            _("It is not sure whether the row “{row}” is a sum of others.").format(
                row=grid.doubtful.text
            )
        )
    return task


def _subject(task: Task) -> frozenset[int]:
    """What the rows are called: the noun that is asked for, where something else says which."""
    told = task.stated or task.group is not None or task.asked.does is Does.EXTREME
    nouns = task.asked.noun("subject") | task.asked.noun("implied") if told else frozenset()
    return frozenset(n for n in nouns if not _describes(task, n))


def _describes(task: Task, at: int) -> bool:
    """Whether a word only says of which kind the rows are that the next word names."""
    word, noun = (*task.asked.tokens[at : at + 2], "")[:2]
    names = noun in ROWS | GENERIC or any(
        at + 1 in hit.at and hit.strength for hit in named_columns(task.asked, task.grid)
    )
    return names and (noun.endswith("s") or word.endswith(("e", "en", "er", "es")))


def _group(asked: Asked, grid: Grid, used: frozenset[int]) -> tuple[Column | None, frozenset[int]]:
    """The column by whose values a question wants its answer parted, and its words for that."""
    able = [c for c in grid.columns if c.role not in (Role.NUMBER, Role.CLOCK)]
    named = named_columns(asked, grid, used)
    key = key_column(grid)
    for found in re.finditer(SAID["grouped"][0], asked.plain):
        at, tokens = asked.within(*found.span(1)), asked.within(*found.span())
        hits = [hit for hit in named if hit.at & at]
        best = max((hit.strength for hit in hits), default=0)
        columns = [hit.column for hit in hits if hit.strength == best]
        columns = columns or (people_columns(able) if asked.asks("who") else [])
        if any(hit.column not in able for hit in hits):
            return None, tokens - at
        if columns:
            column = only(columns)
            rowwise = column is key and not column.repeats and asked.does is not Does.SUM
            return (None if rowwise else column), tokens
        if found[1] in ROWS:
            return None, tokens
    ranked = asked.sign and not asked.top and asked.does in (Does.SUM, Does.MEAN, Does.EXTREME)
    return (_compared(asked, named, able, key) if ranked else None), frozenset()


def _compared(
    asked: Asked, named: Sequence[Named], able: Sequence[Column], key: Column | None
) -> Column | None:
    """The column of kinds of which the one with the most is asked for."""
    free = [it for it in named if it.column in able and it.strength and not it.at & asked.used]
    kinds = [hit.column for hit in free if hit.column.repeats]
    people = people_columns(able) if asked.asks("who") else []
    if kinds or (people and all(column.repeats for column in people)):
        return only(kinds or people)
    if asked.does is Does.EXTREME:
        return None
    if asked.does is Does.SUM and (key in [it.column for it in free] or ROWS & {*asked.tokens}):
        return key
    raise Unsure(_("It is not sure what should be compared."))
