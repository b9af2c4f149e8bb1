"""Which column a question means, and whether every word of it is accounted for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.quoting.words import FILLERS, terms
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.conditions import Condition
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.naming import (
    Strange,
    Unsure,
    has_idea,
    known_marks,
    named_columns,
    several,
)
from nearling.engines.local.built_in.tables.said import SAID, listed

_GENERIC, _LIMITING, _COMPARING = listed("generic"), listed("limiting"), listed("comparing")
_SUMS_OF_MONEY = ("price", "amount", "total", "salary", "balance", "rent")
"""Ideas that name a column of money also where no currency stands in it."""
_DETERMINERS, _PREPOSITIONS = listed("determiners"), listed("prepositions")


def column_meant(
    asked: Asked,
    grid: Grid,
    used: frozenset[int],
    able: Sequence[Column],
    stated: Sequence[Condition],
) -> Column | None:
    """The one of `able` that the question names, or that alone can be meant. Raises Unsure."""
    named = [hit for hit in named_columns(asked, grid, used) if hit.column in able]
    # A word that says what to do names a column only where it is all of its head.
    named = [hit for hit in named if hit.strength == 2 or not hit.at <= asked.used]
    best = max(((hit.strength, len(hit.at)) for hit in named), default=(0, 0))
    meant = [hit.column for hit in named if (hit.strength, len(hit.at)) == best]
    if len(meant) > 1 and best[0] < 2 and asked.asks("money"):
        meant = [column for column in meant if column.is_money] or meant
    others = [it.at for it in named if it.column not in meant]
    chosen = frozenset[int]().union(*(it.at for it in named if it.column in meant))
    joined = [n for n, word in enumerate(asked.tokens) if word in ("and", "und")]
    both = any(n - 1 in it.at and n + 1 in it.at for n in joined for it in named)
    if both or any(at - chosen for at in others):
        raise Unsure(several([it.column for it in named]))
    if not meant:
        compared = [it.column for it in stated if it.column in able]
        meant = compared if len(compared) == 1 else []
    if not meant and asked.asks("money") and any(grid.heads):
        meant = [c for c in able if c.is_money or any(has_idea(c, idea) for idea in _SUMS_OF_MONEY)]
        if able and not meant:
            raise Strange(_("The table has no column of money."))
    if not meant:
        money = [column for column in able if column.is_money]
        meant = money if money and not any(grid.heads) else list(able)
    if len(meant) > 1:
        raise Unsure(several(meant))
    return meant[0] if meant else None


def unaccounted(asked: Asked, grid: Grid, used: frozenset[int]) -> str:
    """A word of the question that may leave rows out and is not understood; empty if none."""
    named = {n for hit in named_columns(asked, grid, used) for n in hit.at}
    taken = used | named | asked.used
    if asked.does is Does.SHARE:
        taken |= {n for n, word in enumerate(asked.tokens) if word in ("total", "gesamt")}
    if asked.does is Does.EXTREME:
        taken |= {n for n, word in enumerate(asked.tokens) if word in ("by", "nach")}
    if asked.does is Does.DIFFERENCE:
        taken |= {n for n, word in enumerate(asked.tokens) if word in _COMPARING}
    for number, word in enumerate(asked.tokens):
        if number not in taken and word in _LIMITING | _COMPARING:
            return word
    lettered = re.search(r"\b(?:column|spalte) ([a-z])\b", asked.plain)
    if lettered is not None:
        return lettered[0]
    around = known_marks(grid)
    for term in terms(asked.plain):
        at = range(term.at, term.at + len(term.word.split()))
        general = all(asked.tokens[n] in _GENERIC | FILLERS or n in taken for n in at)
        general = general or _is_unit(term.word, grid)
        if general or term.marks & around or (term.soft and not _narrows(asked, term.at)):
            continue
        return term.word
    return ""


def _is_unit(word: str, grid: Grid) -> bool:
    """Whether a word is the unit of one of the columns, such as euros."""
    (unit,) = (amount.unit if amount is not None else "" for amount in amounts((f"1 {word}",))[0])
    held = {it.unit for column in grid.columns for it in column.amounts if it is not None}
    return unit != "" and unit in held


def _narrows(asked: Asked, at: int) -> bool:
    """Whether a word stands where a noun does that says what is meant: on books, of the rents."""
    before = at - 1
    while before >= 0 and asked.tokens[before] in _DETERMINERS:
        before -= 1
    return before >= 0 and asked.tokens[before] in _PREPOSITIONS


def naming_column(
    asked: Asked, grid: Grid, used: frozenset[int], value: Column | None
) -> Column | None:
    """The column that tells the rows apart: the one asked for, else the first of words."""
    able = [c for c in grid.columns if c is not value and c.role is not Role.NUMBER]
    named = [it.column for it in named_columns(asked, grid, used) if it.column in able]
    worded = [c for c in able if c.role is Role.TEXT]
    # A column of names differs from row to row; one of kinds repeats itself.
    apart = [column for column in worded if not column.repeats]
    return next(iter((*named, *apart, *worded, *able)), None)


def grouping_column(
    asked: Asked, grid: Grid, used: frozenset[int]
) -> tuple[Column | None, frozenset[int]]:
    """The column by whose values a question wants its answer parted, and its words for that."""
    able = [c for c in grid.columns if c.role in (Role.TEXT, Role.CODE)]
    named = [hit for hit in named_columns(asked, grid, used) if hit.column in able]
    found = re.search(SAID["grouped"][0], asked.plain)
    if found is not None:
        at = asked.within(*found.span(1))
        hits = [hit.column for hit in named if hit.at & at]
        if len(hits) > 1:
            raise Unsure(several(hits))
        return (hits[0], asked.within(*found.span())) if hits else (None, frozenset())
    if asked.sign and asked.does in (Does.SUM, Does.MEAN):
        kinds = [it for it in named if it.column.repeats]
        if len(kinds) != 1:
            raise Unsure(_("It is not sure what should be compared."))
        return kinds[0].column, kinds[0].at
    return None, frozenset()
