"""Which rows a question is about: over 20, in May, where the category is Food, without Travel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import is_nothing
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.quoting.words import FILLERS, terms, words
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.condition import Condition, Tokens, denied
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.limits import (
    compared,
    dated,
    numbers,
    rows_where,
    timed,
)
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    hinted,
    named_columns,
    only,
    root,
)
from nearling.engines.local.built_in.tables.said import SAID, listed, plainly

_NEGATED, _IS, _YES, _NO = listed("negations"), listed("being"), listed("yes"), listed("no")
_BOUNDS = listed("bounds")
_JOINING = {"and", "or", "und", "oder"}
_LONGEST = 6
"""Words of a cell that a question would repeat."""


def conditions(asked: Asked, grid: Grid) -> tuple[tuple[Condition, ...], Tokens]:
    """All conditions that the question states, and the tokens that state them. Raises Unsure."""
    found: list[Condition] = []
    used: Tokens = frozenset()
    for finder in (_gone, _in_state, _equal, timed, dated, compared, _marked, _holding):
        for condition, tokens in finder(asked, grid, used):
            joined = condition.either or _is_joined(asked, tokens, found, condition.column)
            found.append(replace(condition, at=tokens, either=joined))
            used |= tokens
    stated: list[Condition] = []
    for one in found:
        last = next((it for it in stated if one.either and it.column is one.column), None)
        if last is None:
            stated.append(one)
        else:
            both = replace(last, rows=last.rows | one.rows, at=last.at | one.at)
            stated[stated.index(last)] = both
    return tuple(stated), used


def _is_joined(asked: Asked, at: Tokens, found: Sequence[Condition], column: Column) -> bool:
    """Whether an "and" or "or" stands between a condition and one before on the same column."""
    before = [n for it in found if it.column is column for n in it.at]
    ends = range(min(max(before), max(at)), max(min(at), min(before))) if before and at else ()
    return any(asked.tokens[n] in _JOINING for n in ends)


def _gone(asked: Asked, grid: Grid, _used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Of what none is left."""
    able = hinted(asked, numbers(grid)) if asked.asks("gone") else []
    if able:
        column = only(able)
        yield Condition(column, rows_where(column, lambda it: it.value == 0)), asked.saying("gone")


def _in_state(asked: Asked, grid: Grid, _used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """What is paid or not, outstanding, returned, where a column of yes and no says so."""
    for name, shape in named_shapes(SAID["states"]):
        state, *heads = name.split()
        found = re.search(shape, asked.plain)
        able = [c for c in grid.columns if c.role is Role.TEXT and set(words(c.head)) & {*heads}]
        held = [(column, yes) for column in able if (yes := _yes(column)) is not None]
        if found is not None and len(held) == 1:
            ((column, yes),) = held
            rows = yes if state == "yes" else frozenset(range(len(column.slots))) - yes
            condition, tokens = denied(asked, column, rows, asked.within(*found.span()))
            own = [hit.at for hit in named_columns(asked, grid) if hit.column is column]
            yield replace(condition, limits=True), tokens.union(*own)


def _yes(column: Column) -> Tokens | None:
    """The rows that say yes; None for a column that says more than yes and no."""
    told = [" ".join(words(slot.text)) or slot.text.strip() for slot in column.slots]
    known = all(it in _YES | _NO or is_nothing(column.slots[n].text) for n, it in enumerate(told))
    yes = frozenset(n for n, it in enumerate(told) if it in _YES)
    return yes if known and yes else None


def _equal(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Cells that the question names by all their words, longest first."""
    stems = [root(word) for word in asked.tokens]
    named = named_columns(asked, grid, used)
    own = {n: hit.column for hit in named if hit.strength == 2 for n in hit.at}
    hits = [
        (frozenset(range(at, at + len(told))), column, text)
        for column in grid.columns
        if column.role not in (Role.NUMBER, Role.DATE, Role.CLOCK)
        for text in {" ".join(slot.text.split()) for slot in column.slots}
        if 0 < len(told := [root(word) for word in words(plainly(text))]) <= _LONGEST
        for at in range(len(stems) - len(told) + 1)
        if stems[at : at + len(told)] == told
        and (_is_of(own.get(at - 1), column, text) or not _by_chance(asked, at, text))
    ]
    taken = used | asked.used
    chosen: list[tuple[Tokens, Column, str]] = []
    for hit in sorted(hits, key=lambda hit: -len(hit[0])):
        if hit[0] & taken or hit[0] <= own.keys() - asked.used:
            continue
        rivals = [it[1] for it in hits if it[0] == hit[0]]
        meant = [it.column for it in named if it.column in rivals and not it.at <= hit[0]]
        if hit[1] is only(meant or rivals):
            chosen.append(hit)
            taken |= hit[0]
    for place in dict.fromkeys(hit[1].place for hit in chosen):
        column, same = grid.columns[place], [hit for hit in chosen if hit[1].place == place]
        if any(not slot.text.strip() for slot in column.slots) and column.repeats:
            raise Unsure(_("Some rows have no {column}.").format(column=column.name))
        tokens = frozenset[int]().union(*(hit[0] for hit in same))
        wanted = {hit[2] for hit in same}
        rows = {n for n, it in enumerate(column.slots) if " ".join(it.text.split()) in wanted}
        yield denied(asked, column, frozenset(rows), tokens, used)


def _is_of(before: Column | None, column: Column, text: str) -> bool:
    """Whether the head of a column stands before a cell; before a number it must be its own."""
    return before is column or (before is not None and not text.isdigit())


def _by_chance(asked: Asked, at: int, text: str) -> bool:
    """Whether a cell such as "no" is more likely a word of any question, or is only a bound."""
    if at and text[:1].isdigit() and asked.tokens[at - 1] in _BOUNDS:
        return True
    short = len(text) < 3 if text.isdigit() else len(text) < 2
    small = short or all(word in FILLERS | _YES | _NO for word in words(text))
    return small and (not at or asked.tokens[at - 1] not in _IS | _NEGATED)


def _marked(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Columns of yes and no that are named, and those of which a row may have nothing."""
    hits = named_columns(asked, grid, used)
    for hit in hits:
        column, tokens = hit.column, hit.at - asked.used
        alone = not any(it is not hit and it.at & hit.at for it in hits)
        every = frozenset(range(len(column.slots)))
        empty = {n for n, slot in enumerate(column.slots) if is_nothing(slot.text)}
        if not tokens or not (hit.strength or alone):
            continue
        if (yes := _yes(column)) is not None:
            condition, around = denied(asked, column, yes, tokens, used)
            if condition.rows == yes and asked.asks("still"):
                condition, around = Condition(column, every - yes), around | asked.saying("still")
            yield replace(condition, limits=True), around
        elif column.role is Role.NUMBER:
            some = rows_where(column, lambda it: it.value != 0)
            condition, around = denied(asked, column, some, tokens, used)
            if condition.rows not in (some, frozenset[int]()):
                yield replace(condition, limits=True), around
        elif empty:
            full = every - empty
            condition, around = denied(asked, column, full, tokens, used)
            if condition.rows == empty:
                yield condition, around


def _holding(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Rows of a column of names that hold a word of the question among others."""
    named = {n for hit in named_columns(asked, grid, used) for n in hit.at}
    for pair in zip(range(len(asked.tokens)), range(1, len(asked.tokens)), strict=False):
        at, part = frozenset(pair), " ".join(asked.tokens[n] for n in pair)
        numbered = sum(asked.tokens[n].isdigit() for n in pair) == 1
        held = [(c, rows) for c in grid.columns if c.role is Role.TEXT and (rows := _with(c, part))]
        if numbered and len(held) == 1 and not at & (used | asked.used):
            yield denied(asked, held[0][0], held[0][1], at, used)
    for term in terms(asked.plain):
        at = frozenset(range(term.at, term.at + len(term.word.split())))
        if term.soft or at & (used | named | asked.used) or len(at) > 1:
            continue
        word = asked.tokens[term.at]
        hits = [
            (column, frozenset(n for n, slot in enumerate(column.slots) if _holds(slot.text, word)))
            for column in grid.columns
            if column.role is Role.TEXT
        ]
        held = [(column, rows) for column, rows in hits if rows]
        if held:
            column = only(column for column, _rows in held)
            yield denied(asked, column, held[0][1], at, used)


def _with(column: Column, part: str) -> Tokens:
    """The rows of which a cell holds some words one after the other."""
    told = (f" {' '.join(words(plainly(slot.text)))} " for slot in column.slots)
    return frozenset(n for n, text in enumerate(told) if f" {part} " in text)


def _holds(text: str, word: str) -> bool:
    return len(word) > 2 and word.isalpha() and root(word) in map(root, words(text))
