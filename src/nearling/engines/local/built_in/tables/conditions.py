"""Which rows a question is about: over 20, in May, where the category is Food, without Travel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import Amount, amounts, is_nothing
from nearling.engines.local.built_in.days import MONTH, Day, days, month_number
from nearling.engines.local.built_in.quoting.words import FILLERS, terms, words
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    hinted,
    named_columns,
    narrowed,
    of_money,
    only,
    root,
)
from nearling.engines.local.built_in.tables.said import SAID, listed, plainly

_AMOUNT = (
    r"(?P<{0}>(?:[€$£]\s?)?-?\d[\d.,]*(?: \d{{3}})*"
    r"(?:\s?(?:[€$£%]|(?:euros?|eur|usd|dollars?|pounds|kg|g|km|m|cm|l|h|percent|prozent)\b))?)"
    r"(?![\d:])"
)
_BEFORE = (("ge", "at least"), ("le", "at most"), ("gt", "more"), ("lt", "less"))
_SAID = "|".join(f"(?P<{name}>{'|'.join(SAID[section])})" for name, section in _BEFORE)
_NUMBER = re.compile(
    rf"(?P<no>\b(?:not|nicht) )?(?<!\w)(?:{_SAID})\s+{_AMOUNT.format('one')}"
    rf"|{_AMOUNT.format('behind')}\s+(?:[^\W\d]+ )?"
    rf"(?:(?P<up>{SAID['and more'][0]})|{SAID['and less'][0]})\b"
    rf"|\b(?:between|zwischen)\s+{_AMOUNT.format('low')}\s+(?:and|und)\s+{_AMOUNT.format('high')}"
    rf"|(?<![\w.,:/-]){_AMOUNT.format('same')}(?![\w./]|-\d)"
)
_DATE = (
    r"(?:the |dem )?(?P<{0}>\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{2,4}})?|"
    rf"\d{{{{1,2}}}}(?:\.|st|nd|rd|th)? (?:of )?{MONTH}(?: \d{{{{4}}}})?|"
    rf"{MONTH} \d{{{{1,2}}}}(?:st|nd|rd|th)?(?:,? \d{{{{4}}}})?(?!\d)|"
    rf"{MONTH}(?: \d{{{{4}}}})?|(?:19|20)\d\d)(?![\d:])"
)
_WHEN = re.compile(
    rf"\b(?:(?:between|zwischen|from|vom?) {_DATE.format('first')} "
    rf"(?:and|und|to|until|till|bis(?: zum)?) {_DATE.format('last')}|"
    r"(?:(?P<after>after|nach(?: dem)?|later than)|"
    r"(?P<since>since|from|seit(?: dem)?|ab(?: dem)?|as of)|"
    r"(?P<before>before|vor(?: dem)?|earlier than)|"
    r"(?P<until>until|till|up to|by|bis(?: zum)?)|"
    r"(?:in|im|on|am|of|vom|during|for|and|und|or|oder|aus|from)) "
    rf"{_DATE.format('date')}|(?P<bare>(?:19|20)\d\d)(?![\d.,:]))"
)
Tokens = frozenset[int]
_NEGATED, _IS, _YES, _NO = listed("negations"), listed("being"), listed("yes"), listed("no")
_BOUNDS = listed("bounds")
_JOINING = {"and", "or", "und", "oder"}
_LONGEST = 6
"""Words of a cell that a question would repeat."""


@dataclass(frozen=True, slots=True)
class Condition:
    column: Column
    rows: frozenset[int]
    """That fulfil it."""
    at: Tokens = frozenset()
    """The tokens that state it."""
    limits: bool = False
    """Whether it compares, and is no cell or number itself."""
    either: bool = False
    """Whether another one of its kind on the same column is meant as well: in May and June."""


def conditions(asked: Asked, grid: Grid) -> tuple[tuple[Condition, ...], Tokens]:
    """All conditions that the question states, and the tokens that state them. Raises Unsure."""
    found: list[Condition] = []
    used: Tokens = frozenset()
    for finder in (_gone, _equal, _dated, _compared, _marked, _holding):
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
    able = hinted(asked, _numbers(grid)) if asked.asks("gone") else []
    if able:
        column = only(able)
        yield Condition(column, _rows(column, lambda it: it.value == 0)), asked.saying("gone")


def _numbers(grid: Grid) -> list[Column]:
    return [column for column in grid.columns if column.role is Role.NUMBER]


def _rows(column: Column, holds: Callable[[Amount], bool]) -> frozenset[int]:
    unreadable = column.unreadable(range(len(column.slots)))
    if unreadable is not None:
        raise Unsure(unread(unreadable.text, column))
    return frozenset(n for n, it in enumerate(column.amounts) if it is not None and holds(it))


def unread(text: str, column: Column) -> str:
    return _("The cell “{cell}” in {column} cannot be read as a number for sure.").format(
        cell=text, column=column.name
    )


def _compared(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    for found in _NUMBER.finditer(asked.plain):
        tokens = asked.within(*found.span())
        if tokens & (used | asked.used):
            continue
        limits = _limits(found, grid)
        measured = _measured(asked, grid, tokens, limits, same=bool(found["same"]))
        if measured is None or found["no"]:
            continue
        column, name = measured
        holds = _comparison(found, [limit.value for limit in limits])
        same = bool(found["same"])
        yield Condition(column, _rows(column, holds), limits=not same, either=same), tokens | name


def _limits(found: re.Match[str], grid: Grid) -> list[Amount]:
    told = [t for n in ("one", "behind", "low", "high", "same") if (t := found[n])]
    nearby = [slot.text for column in _numbers(grid) for slot in column.slots]
    # 100.000 km is 100 or 100,000 of them; without its unit it is what the table's numbers are.
    read = ((text, re.sub(r"[^\d.,]", "", text)) for text in told)
    limits = (next(filter(None, amounts(it, nearby)[0]), None) for it in read)
    return [amount for amount in limits if amount is not None]


def _comparison(found: re.Match[str], limits: Sequence[Decimal]) -> Callable[[Amount], bool]:
    if found["low"]:
        return lambda it: limits[0] <= it.value <= limits[-1]
    if found["ge"] or found["up"]:
        return lambda it: it.value >= limits[0]
    if found["le"] or found["behind"]:
        return lambda it: it.value <= limits[0]
    if found["gt"]:
        return lambda it: it.value > limits[0]
    return (lambda it: it.value < limits[0]) if found["lt"] else lambda it: it.value == limits[0]


def _measured(
    asked: Asked, grid: Grid, tokens: Tokens, limits: Sequence[Amount], *, same: bool
) -> tuple[Column, Tokens] | None:
    """The column whose numbers are compared, and the tokens that name it. Raises Unsure."""
    if not limits:
        return None
    able = [c for c in grid.columns if c.role in (Role.NUMBER, Role.CODE)]
    near = [
        (min(abs(n - min(tokens)), abs(n - max(tokens))), hit)
        for hit in named_columns(asked, grid, tokens)
        for n in hit.at
        if hit.column in able
        and (hit.column.role is Role.NUMBER or hit.strength == 2)
        and _adjoins(asked, n, tokens)
    ]
    close = {id(it): it for gap, it in near if gap == min(gap for gap, _it in near)}
    if len(close) == 1:
        (hit,) = close.values()
        return hit.column, hit.at
    unit, value = limits[0].unit, limits[0].value
    able = able if same else _numbers(grid)
    if unit:
        like = [c for c in able if any(it is not None and it.unit == unit for it in c.amounts)]
        bare = [c for c in able if not any(it and it.unit for it in c.amounts)]
        money = of_money(asked, bare)
        able = like or [c for c in bare if (c in money) is limits[0].is_money]
    held = [c for c in able if same and any(a and a.value == value for a in c.amounts)]
    if same:
        able = held
    precise = value.as_tuple().exponent != 0
    able = narrowed(
        able,
        [it for it in able if it.style.places] if precise else [],
        hinted(asked, able),
        of_money(asked, able) if asked.asks("money") else [],
        [it for it in able if _spans([a.value for a in it.amounts if a], value)],
    )
    return (only(able), frozenset()) if able else None


def _spans(told: Sequence[Decimal | int], limit: Decimal | int) -> bool:
    """Whether a limit parts the values of a column; one that all of them keep says nothing."""
    return bool(told) and min(told) <= limit <= max(told)


def _adjoins(asked: Asked, at: int, tokens: Tokens) -> bool:
    """Whether only small words stand between a token and a stretch of others."""
    between = range(at + 1, min(tokens)) if at < min(tokens) else range(max(tokens) + 1, at)
    return all(asked.tokens[n] in FILLERS | _IS for n in between)


def _dated(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    columns = [column for column in grid.columns if column.role is Role.DATE]
    for found in _WHEN.finditer(asked.plain):
        tokens = asked.within(*found.span())
        wanted = [
            day for name in ("first", "last", "date", "bare") if (day := _wanted(found[name]))
        ]
        if not columns or not wanted or tokens & used:
            continue
        named = [hit.column for hit in named_columns(asked, grid, tokens)]
        years = [it for it in columns if _spans([d.year for d in it.days if d], wanted[0].year)]
        dated = narrowed(columns, [it for it in columns if it in named], years)
        column = only(dated)
        blank = next((s for s, d in zip(column.slots, column.days, strict=True) if d is None), None)
        if blank is not None and not is_nothing(blank.text):
            raise Unsure(_("The date “{cell}” cannot be read for sure.").format(cell=blank.text))
        if not wanted[-1].year and len({day.year for day in column.days if day is not None}) > 1:
            raise Unsure(_("The table holds several years. Say which one."))
        held = {n for n, d in enumerate(column.days) if d is not None and _falls(d, wanted, found)}
        plain = not any(found[it] for it in ("first", "after", "since", "before", "until"))
        condition, around = _denied(asked, column, frozenset(held), tokens)
        either = plain and around == tokens
        yield replace(condition, limits=not either, either=either), around


def _wanted(text: str | None) -> Day | None:
    if not text or text.isdigit():
        return Day(int(text), 0, 0) if text else None
    if re.fullmatch(rf"{MONTH}(?: \d{{4}})?", text):
        return Day(int(text[-4:]) if text[-4:].isdigit() else 0, month_number(text), 0)
    return days((text,))[0]


def _falls(day: Day, wanted: Sequence[Day], found: re.Match[str]) -> bool:
    def parts(it: Day, limit: Day) -> list[int]:
        told = [name for name in ("year", "month", "day") if getattr(limit, name)]
        return [getattr(it, name) for name in told]

    one, other = parts(day, wanted[0]), parts(wanted[0], wanted[0])
    if found["first"]:
        return one >= other and parts(day, wanted[-1]) <= parts(wanted[-1], wanted[-1])
    if found["after"]:
        return one > other
    if found["since"]:
        return one >= other
    if found["before"]:
        return one < other
    return one <= other if found["until"] else one == other


def _equal(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Cells that the question names by all their words, longest first."""
    stems = [root(word) for word in asked.tokens]
    named = named_columns(asked, grid, used)
    own = {n for hit in named if hit.strength == 2 for n in hit.at}
    hits = [
        (frozenset(range(at, at + len(told))), column, text)
        for column in grid.columns
        if column.role not in (Role.NUMBER, Role.DATE)
        for text in {" ".join(slot.text.split()) for slot in column.slots}
        if 0 < len(told := [root(word) for word in words(plainly(text))]) <= _LONGEST
        for at in range(len(stems) - len(told) + 1)
        if stems[at : at + len(told)] == told and (at - 1 in own or not _by_chance(asked, at, text))
    ]
    taken = used | asked.used
    chosen: list[tuple[Tokens, Column, str]] = []
    for hit in sorted(hits, key=lambda hit: -len(hit[0])):
        if hit[0] & taken or hit[0] <= own - asked.used:
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
        yield _denied(asked, column, frozenset(rows), tokens)


def _by_chance(asked: Asked, at: int, text: str) -> bool:
    """Whether a cell such as "no" is more likely a word of any question, or is only a bound."""
    if at and text[:1].isdigit() and asked.tokens[at - 1] in _BOUNDS:
        return True
    small = all(word in FILLERS | _YES | _NO for word in words(text)) or len(text) < 2
    return small and (not at or asked.tokens[at - 1] not in _IS | _NEGATED)


def _denied(
    asked: Asked, column: Column, rows: frozenset[int], tokens: Tokens
) -> tuple[Condition, Tokens]:
    """The rows, or all others after a word such as not or without."""
    first = min(tokens) - 1
    while first > 0 and asked.tokens[first] in FILLERS - _NEGATED:
        first -= 1
    near = {first, first - 1}
    denied = {n for n in near if n >= 0 and asked.tokens[n] in _NEGATED}
    every = frozenset(range(len(column.slots)))
    return Condition(column, every - rows if denied else rows), tokens | denied


def _marked(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Columns of yes and no that are named, and those of which a row may have nothing."""
    hits = named_columns(asked, grid, used)
    for hit in hits:
        column, tokens = hit.column, hit.at - asked.used
        alone = not any(it is not hit and it.at & hit.at for it in hits)
        told = [" ".join(words(slot.text)) or slot.text.strip() for slot in column.slots]
        empty = {n for n, slot in enumerate(column.slots) if is_nothing(slot.text)}
        if not tokens or not (hit.strength or alone):
            continue
        if all(it in _YES | _NO or n in empty for n, it in enumerate(told)) and set(told) & _YES:
            yes = frozenset(n for n, it in enumerate(told) if it in _YES)
            condition, around = _denied(asked, column, yes, tokens)
            still = asked.asks("still") and condition.rows == yes
            yes = frozenset(range(len(told))) - yes
            yield (
                (Condition(column, yes), tokens | asked.saying("still"))
                if still
                else (
                    condition,
                    around,
                )
            )
        elif column.role is Role.NUMBER:
            some = _rows(column, lambda it: it.value != 0)
            condition, around = _denied(asked, column, some, tokens)
            if condition.rows not in (some, frozenset[int]()):
                yield replace(condition, limits=True), around
        elif empty:
            full = frozenset(range(len(told))) - empty
            condition, around = _denied(asked, column, full, tokens)
            if condition.rows == empty:
                yield condition, around


def _holding(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Rows of a column of names that hold a word of the question among others."""
    named = {n for hit in named_columns(asked, grid, used) for n in hit.at}
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
            yield _denied(asked, column, held[0][1], at)


def _holds(text: str, word: str) -> bool:
    return len(word) > 2 and word.isalpha() and root(word) in map(root, words(text))
