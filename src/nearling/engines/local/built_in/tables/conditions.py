"""Which rows a question is about: over 20, in May, where the category is Food, without Travel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.days import MONTH, Day, days, month_number
from nearling.engines.local.built_in.quoting.words import (
    FILLERS,
    terms,
    words,
)
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    hinted,
    named_columns,
    root,
    several,
    unread,
)
from nearling.engines.local.built_in.tables.said import SAID, listed

_AMOUNT = (
    r"(?P<{0}>(?:[€$£]\s?)?-?\d[\d.,]*(?: \d{{3}})*"
    r"(?:\s?(?:[€$£%]|(?:euros?|eur|usd|dollars?|kg|g|km|m|l|h|percent|prozent)\b))?)(?![\d:])"
)
_SAID = {
    name: "|".join(SAID[section])
    for name, section in (("ge", "at least"), ("le", "at most"), ("gt", "more"), ("lt", "less"))
}
_COMPARED = re.compile(
    r"(?P<no>\b(?:not|nicht) )?(?<!\w)"
    rf"(?:{'|'.join(f'(?P<{name}>{shape})' for name, shape in _SAID.items())})"
    rf"\s+{_AMOUNT.format('one')}"
    rf"|\b(?:between|zwischen)\s+{_AMOUNT.format('low')}\s+(?:and|und)\s+{_AMOUNT.format('high')}"
    rf"|\b(?:exactly|equal to|equals|genau|gleich|=)\s+{_AMOUNT.format('same')}"
)
_WHEN = re.compile(
    r"\b(?:(?P<after>after|nach(?: dem)?|later than)|"
    r"(?P<since>since|from|seit(?: dem)?|ab(?: dem)?|as of)|"
    r"(?P<before>before|vor(?: dem)?|earlier than)|"
    r"(?P<until>until|till|up to|by|bis(?: zum)?)|(?:in|im|on|am|of|vom|during|for)) "
    r"(?:the |dem )?(?P<date>\d{4}-\d\d-\d\d|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)? (?:of )?{MONTH}(?: \d{{4}})?|"
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?!\d)|"
    rf"{MONTH}(?: \d{{4}})?|(?:19|20)\d\d)(?![\d:])"
)
_NEGATED, _IS = listed("negations"), listed("being")
_LONGEST = 6
"""Words of a cell that a question would repeat."""


@dataclass(frozen=True, slots=True)
class Condition:
    column: Column
    rows: frozenset[int]
    """That fulfil it."""
    exact: bool = True
    """False: their cells only hold the word, among others."""


def conditions(asked: Asked, grid: Grid) -> tuple[tuple[Condition, ...], frozenset[int]]:
    """All conditions that the question states, and the tokens that state them. Raises Unsure."""
    found: list[Condition] = []
    used: frozenset[int] = frozenset()
    for finder in (_compared, _dated, _equal, _holding):
        for condition, tokens in finder(asked, grid, used):
            found.append(condition)
            used |= tokens
    return tuple(found), used


def _compared(
    asked: Asked, grid: Grid, _used: frozenset[int]
) -> Iterator[tuple[Condition, frozenset[int]]]:
    for found in _COMPARED.finditer(asked.plain):
        measured, holds = _measured(asked, grid, found), _comparison(found)
        if measured is None or holds is None:
            continue
        column, name = measured
        rows = range(len(column.slots))
        unreadable = column.unreadable(rows)
        if unreadable is not None:
            raise Unsure(unread(unreadable.text, column))
        held = {
            n for n in rows if (amount := column.amounts[n]) is not None and holds(amount.value)
        }
        yield Condition(column, frozenset(held)), asked.within(*found.span()) | name


def _comparison(found: re.Match[str]) -> Callable[[Decimal], bool] | None:
    told = [text for name in ("one", "low", "high", "same") if (text := found[name])]
    limits = [amount.value for amount in amounts(told)[0] if amount is not None]
    if len(limits) != len(told) or found["no"]:
        return None
    limit = limits[0]
    if found["low"]:
        return lambda value: limit <= value <= limits[1]
    tests: tuple[tuple[str, Callable[[Decimal], bool]], ...] = (
        ("same", lambda value: value == limit),
        ("ge", lambda value: value >= limit),
        ("le", lambda value: value <= limit),
        ("gt", lambda value: value > limit),
        ("lt", lambda value: value < limit),
    )
    return next(test for name, test in tests if found[name])


def _measured(
    asked: Asked, grid: Grid, found: re.Match[str]
) -> tuple[Column, frozenset[int]] | None:
    """The column whose numbers are compared, and the tokens that name it. Raises Unsure."""
    able = [column for column in grid.columns if column.role is Role.NUMBER]
    start, end = found.span()
    named = [it for it in named_columns(asked, grid, asked.within(start, end)) if it.column in able]
    near = [
        (max(start - asked.spans[n][1], asked.spans[n][0] - end), it)
        for it in named
        for n in it.at
        if _adjoins(asked, n, asked.within(start, end))
    ]
    close = {id(it): it for gap, it in near if gap == min(gap for gap, _it in near)}
    if len(close) == 1:
        (only,) = close.values()
        return only.column, only.at
    texts = [text for name in ("one", "low", "same") if (text := found[name])]
    unit = next((a.unit for a in amounts(texts)[0] if a is not None), "")
    told = hinted(asked, able)
    if unit:
        same = [c for c in able if any(a is not None and a.unit == unit for a in c.amounts)]
        bare = [c for c in able if c.is_money and not any(a and a.unit for a in c.amounts)]
        able = same or (bare if unit in "€$£" else [])
    elif len(able) > 1 and asked.asks("money"):
        able = [column for column in able if column.is_money] or able
    able = [column for column in told if column in able] or able
    if len(able) > 1:
        raise Unsure(several(able))
    return (able[0], frozenset()) if able else None


def _adjoins(asked: Asked, at: int, tokens: frozenset[int]) -> bool:
    """Whether only small words stand between a token and a stretch of others."""
    between = range(at + 1, min(tokens)) if at < min(tokens) else range(max(tokens) + 1, at)
    return all(asked.tokens[n] in FILLERS | _IS for n in between)


def _dated(
    asked: Asked, grid: Grid, used: frozenset[int]
) -> Iterator[tuple[Condition, frozenset[int]]]:
    columns = [column for column in grid.columns if column.role is Role.DATE]
    for found in _WHEN.finditer(asked.plain):
        tokens = asked.within(*found.span())
        if not columns or tokens & used:
            continue
        named = [hit.column for hit in named_columns(asked, grid, tokens)]
        named = [column for column in named if column in columns] or columns
        if len(named) > 1:
            raise Unsure(several(named))
        (column,) = named
        wanted = _wanted(found["date"])
        if wanted is None:
            continue
        blank = next((s for s, d in zip(column.slots, column.days, strict=True) if d is None), None)
        if blank is not None:
            raise Unsure(_("The date “{cell}” cannot be read for sure.").format(cell=blank.text))
        if not wanted.year and len({d.year for d in column.days if d is not None}) > 1:
            raise Unsure(_("The table holds several years. Say which one."))
        held = {n for n, d in enumerate(column.days) if d is not None and _falls(d, wanted, found)}
        yield Condition(column, frozenset(held)), tokens


def _wanted(text: str) -> Day | None:
    if text.isdigit():
        return Day(int(text), 0, 0)
    if re.fullmatch(rf"{MONTH}(?: \d{{4}})?", text):
        return Day(int(text[-4:]) if text[-4:].isdigit() else 0, month_number(text), 0)
    return days((text,))[0]


def _falls(day: Day, wanted: Day, found: re.Match[str]) -> bool:
    parts = ("year", "month", "day")
    told = [name for name in parts if getattr(wanted, name)]
    one, other = ([getattr(it, name) for name in told] for it in (day, wanted))
    if found["after"]:
        return one > other
    if found["since"]:
        return one >= other
    if found["before"]:
        return one < other
    return one <= other if found["until"] else one == other


def _equal(
    asked: Asked, grid: Grid, used: frozenset[int]
) -> Iterator[tuple[Condition, frozenset[int]]]:
    """Cells that the question names by all their words, longest first."""
    stems = [root(word) for word in asked.tokens]
    own = {n for hit in named_columns(asked, grid, used) if hit.strength == 2 for n in hit.at}
    hits = [
        (frozenset(range(at, at + len(told))), column, text)
        for column in grid.columns
        if column.role not in (Role.NUMBER, Role.DATE)
        for text in {" ".join(slot.text.split()) for slot in column.slots}
        if 0 < len(told := [root(word) for word in words(text)]) <= _LONGEST
        for at in range(len(stems) - len(told) + 1)
        if stems[at : at + len(told)] == told and not _by_chance(asked, at, text)
    ]
    taken = used | asked.used
    chosen: list[tuple[frozenset[int], Column, str]] = []
    for hit in sorted(hits, key=lambda hit: -len(hit[0])):
        rivals = [other for other in hits if other[0] == hit[0] and other[1] is not hit[1]]
        if hit[0] & taken or hit[0] <= own - asked.used:
            continue
        if rivals:
            raise Unsure(several([hit[1], *(other[1] for other in rivals)]))
        chosen.append(hit)
        taken |= hit[0]
    for place in dict.fromkeys(hit[1].place for hit in chosen):
        same = [hit for hit in chosen if hit[1].place == place]
        yield _one_of(asked, grid.columns[place], same)


def _by_chance(asked: Asked, at: int, text: str) -> bool:
    """Whether a cell such as "no" or "on" is more likely a word of any question."""
    small = all(word in FILLERS for word in words(text)) or len(text) < 2
    return small and (not at or asked.tokens[at - 1] not in _IS)


def _one_of(
    asked: Asked, column: Column, hits: Sequence[tuple[frozenset[int], Column, str]]
) -> tuple[Condition, frozenset[int]]:
    if any(not slot.text.strip() for slot in column.slots):
        raise Unsure(_("Some rows have no {column}.").format(column=column.name))
    tokens: frozenset[int] = frozenset().union(*(hit[0] for hit in hits))
    wanted = {hit[2].casefold() for hit in hits}
    rows = {n for n, s in enumerate(column.slots) if " ".join(s.text.split()).casefold() in wanted}
    before = {n for at in tokens for n in (at - 1, at - 2) if n >= 0 and n not in tokens}
    denied = {n for n in before if asked.tokens[n] in _NEGATED}
    if denied:
        rows = set(range(len(column.slots))) - rows
    return Condition(column, frozenset(rows)), tokens | denied


def _holding(
    asked: Asked, grid: Grid, used: frozenset[int]
) -> Iterator[tuple[Condition, frozenset[int]]]:
    """Rows of a column of names that hold a word of the question among others."""
    named = {n for hit in named_columns(asked, grid, used) for n in hit.at}
    for term in terms(asked.plain):
        at = frozenset(range(term.at, term.at + len(term.word.split())))
        if term.soft or at & (used | named | asked.used) or len(at) > 1 or not term.word.isalpha():
            continue
        hits = [
            (column, frozenset(n for n, s in enumerate(column.slots) if _holds(s.text, term.word)))
            for column in grid.columns
            if column.role is Role.TEXT
        ]
        hits = [(column, rows) for column, rows in hits if rows]
        if len(hits) > 1:
            raise Unsure(several([column for column, _rows in hits]))
        for column, rows in hits:
            denied = {
                n for n in (min(at) - 1, min(at) - 2) if n >= 0 and asked.tokens[n] in _NEGATED
            }
            held = frozenset(range(len(column.slots))) - rows if denied else rows
            yield Condition(column, held, exact=False), at | denied


def _holds(text: str, word: str) -> bool:
    return len(word) > 3 and root(word) in map(root, words(text))
