"""Conditions of number and date: over 20, between 5 and 9, exactly 3, in May, before 2020."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import Amount, amounts, is_nothing
from nearling.engines.local.built_in.days import MONTH, Day, days, minutes, month_number
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.quoting.words import FILLERS
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.condition import Condition, Tokens, denied
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.naming import (
    Unsure,
    has_idea,
    hinted,
    named_columns,
    narrowed,
    of_money,
    only,
)
from nearling.engines.local.built_in.tables.said import SAID, listed, says

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
_TIMED = named_shapes(SAID["timed"])
_CLOCKED = re.compile(
    rf"\b(?:(?P<how>{'|'.join(shape for _way, shape in _TIMED)}|at|um) )?"
    r"(?P<at>\d{1,2}:[0-5]\d(?: ?[ap]\.?m\b\.?| uhr)?|\d{1,2} ?[ap]\.?m\b\.?|\d{1,2} uhr)"
)
_IS = listed("being")


def numbers(grid: Grid) -> list[Column]:
    return [column for column in grid.columns if column.role is Role.NUMBER]


def rows_where(column: Column, holds: Callable[[Amount], bool]) -> frozenset[int]:
    unreadable = column.unreadable(range(len(column.slots)))
    if unreadable is not None:
        raise Unsure(unread(unreadable.text, column))
    return frozenset(n for n, it in enumerate(column.amounts) if it is not None and holds(it))


def one_unit(column: Column, rows: Iterable[int]) -> None:
    """Raises Unsure where the numbers of these rows have different units."""
    units = {amount.unit for row in rows if (amount := column.amounts[row]) is not None}
    if len(units - {""}) > 1 or (len(units) > 1 and not column.is_money):
        told = ", ".join(sorted(filter(None, units)))
        raise Unsure(_("The numbers have different units: {units}.").format(units=told))


def unread(text: str, column: Column) -> str:
    return _("The cell “{cell}” in {column} cannot be read as a number for sure.").format(
        cell=text, column=column.name
    )


def compared(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    for found in _NUMBER.finditer(asked.plain):
        tokens = asked.within(*found.span())
        if tokens & (used | asked.used):
            continue
        limits = _limits(found, grid)
        measured = _measured(asked, grid, tokens, limits, same=bool(found["same"]))
        if measured is None or found["no"]:
            continue
        column, name = measured
        one_unit(column, range(len(column.slots)))
        # Who is faster than a time takes less of it.
        turned = says(found[0], "pace") and not has_idea(column, "speed")
        holds = _comparison(found, [limit.value for limit in limits], turned=turned)
        same = bool(found["same"])
        yield (
            Condition(column, rows_where(column, holds), limits=not same, either=same),
            tokens | name,
        )


def timed(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
    """Rows before, after or at a time of day."""
    clocks = [column for column in grid.columns if column.role is Role.CLOCK]
    for found in _CLOCKED.finditer(asked.plain) if clocks else ():
        at = minutes(found["at"])
        tokens = asked.within(*found.span())
        if at is None or tokens & used:
            continue
        named = [hit for hit in named_columns(asked, grid, tokens) if hit.column in clocks]
        column = only([hit.column for hit in named] or clocks)
        told = found["how"]
        way = next((way for way, shape in _TIMED if told and re.fullmatch(shape, told)), "at")
        yield Condition(column, _around(column, way, at), limits=way != "at"), tokens


def _around(column: Column, way: str, at: int) -> Tokens:
    holds = {"after": gt, "since": ge, "before": lt, "until": le, "at": eq}[way]
    return rows_where(column, lambda it: holds(it.value, at))


def _limits(found: re.Match[str], grid: Grid) -> list[Amount]:
    told = [t for n in ("one", "behind", "low", "high", "same") if (t := found[n])]
    nearby = [slot.text for column in numbers(grid) for slot in column.slots]
    # 100.000 km is 100 or 100,000 of them; without its unit it is what the table's numbers are.
    read = ((text, re.sub(r"[^\d.,]", "", text)) for text in told)
    limits = (next(filter(None, amounts(it, nearby)[0]), None) for it in read)
    return [amount for amount in limits if amount is not None]


def _comparison(
    found: re.Match[str], limits: Sequence[Decimal], *, turned: bool
) -> Callable[[Amount], bool]:
    if found["low"]:
        return lambda it: limits[0] <= it.value <= limits[-1]
    if found["ge"] or found["up"]:
        return lambda it: it.value >= limits[0]
    if found["le"] or found["behind"]:
        return lambda it: it.value <= limits[0]
    if not (found["gt"] or found["lt"]):
        return lambda it: it.value == limits[0]
    more = bool(found["gt"]) is not turned
    return (lambda it: it.value > limits[0]) if more else lambda it: it.value < limits[0]


def _measured(
    asked: Asked, grid: Grid, tokens: Tokens, limits: Sequence[Amount], *, same: bool
) -> tuple[Column, Tokens] | None:
    """The column whose numbers are compared, and the tokens that name it. Raises Unsure."""
    if not limits:
        return None
    able = [c for c in grid.columns if c.role in (Role.NUMBER, Role.CODE)]
    unit, value = limits[0].unit, limits[0].value
    if unit:
        able = [column for column in able if column.role is Role.NUMBER]
        like = [c for c in able if any(it is not None and it.unit == unit for it in c.amounts)]
        bare = [c for c in able if not any(it and it.unit for it in c.amounts)]
        money = of_money(asked, bare)
        able = like or [c for c in bare if (c in money) is limits[0].is_money]
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
    able = able if same else [column for column in able if column.role is Role.NUMBER]
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


def dated(asked: Asked, grid: Grid, used: Tokens) -> Iterator[tuple[Condition, Tokens]]:
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
        condition, around = denied(asked, column, frozenset(held), tokens, used)
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
