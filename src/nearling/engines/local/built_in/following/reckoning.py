"""Reckons with the amount that was answered: shared, times, each, with, without, together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from nearling.core.conversation import Citation
from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.amounts import Amount, Style, amounts
from nearling.engines.local.built_in.following.cells import Cell
from nearling.engines.local.built_in.following.leaning import SHAPES, SHARED, TEXT
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.values import Kind, values
from nearling.engines.local.built_in.quoting.words import any_marks, folded, marks, terms
from nearling.engines.local.built_in.reply import Reply

_AMOUNTS = (Kind.MONEY, Kind.NUMBER, Kind.MEASURE, Kind.PERCENT, Kind.DURATION)
_UNITS = tuple(line.split() for line in TEXT["units"])
_SENTENCES = re.compile(r"(?<=\w{5}[.!?])\s+(?=[A-ZÄÖÜ])")
_MORE = {("month", "year"): 12, ("day", "week"): 7, ("night", "week"): 7, ("week", "year"): 52}
_NUMERALS = (
    ("two", "zwei"), ("three", "drei"), ("four", "vier"), ("five", "funf"), ("six", "sechs"),
    ("seven", "sieben"), ("eight", "acht"), ("nine", "neun"), ("ten", "zehn"),
)  # fmt: skip
_NUMBERS = {word: n for n, words in enumerate(_NUMERALS, 2) for word in words}
QUANTITY = terms("quantity")
Find = Callable[[str], Cell | None]
"""Where something is said to stand that is asked for."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as printed, and where it stands if that is sure."""

    text: str
    place: Cell | None
    amount: Amount
    style: Style

    @property
    def is_money(self) -> bool:
        """A bare 2.90 is a price, too."""
        return any(value.kind is Kind.MONEY for value in values(self.text))


def sum_of(answer: str, place: Cell | None) -> Sum | None:
    """The one amount of an answer; of a computation its result is meant."""
    found = [it.text for it in values(re.split("[=≈]", answer)[-1]) if it.kind in _AMOUNTS]
    (amount, *_others), style = amounts([*(found[:1] or [""]), *_printed(place)])
    return None if len(found) != 1 or amount is None else Sum(found[0], place, amount, style)


def _printed(place: Cell | None) -> list[str]:
    """How money is printed around it."""
    fields = place.sheet.fields if place is not None else ()
    return [field.text for field in fields if field.kind is Kind.MONEY]


def reckoned(asked: str, sums: list[Sum], find: Find) -> Reply | None:
    """What `asked` makes of the last of the sums, the answers before it; None if not sure."""
    plain, last = folded(asked), sums[-1]
    for way, made in _MADE:
        found = SHAPES[way].fullmatch(plain)
        if found is not None:
            return made(last, found)
    shared = next(filter(None, (shape.search(plain) for shape in SHARED)), None)
    added = SHAPES["with"].fullmatch(asked)
    if shared is not None:
        return _divided(last, _number(shared["n"]))
    if SHAPES["each"].fullmatch(plain):
        return _each(next((it for it in reversed(sums) if it.is_money), last))
    if added is not None:
        without = SHAPES["without"].fullmatch(folded(added["way"])) is not None
        return _added(last, find(added["what"]), -1 if without else 1)
    apart = SHAPES["difference"].fullmatch(plain)
    if apart is not None:
        return _difference(last, apart["what"], sums, find)
    return _together(sums) if SHAPES["together"].search(plain) else None


def included(what: str, lines: Iterable[tuple[Source, int]]) -> Reply | None:
    """The only line that says of `what` whether it is included."""
    asked = [term for term in terms(what) if not term.soft]
    found = [
        (citation(source, index), sentence)
        for source, index in lines
        for sentence in _SENTENCES.split(source.reading.lines[index].text)
        if asked and all(term.marks & marks(sentence) for term in asked)
        if SHAPES["included"].search(folded(sentence))
    ]
    if len(found) != 1:
        return None
    return Reply(found[0][1], Means.QUOTED, (found[0][0],))


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _divided(last: Sum, number: int) -> Reply | None:
    if not 1 < number < 1000:
        return None
    return _reply(f"{last.text} ÷ {number}", last.amount.value / number, last, [last])


def _each(last: Sum) -> Reply | None:
    """One of those that the row counts."""
    if last.place is None:
        return None
    found = [field.text for field in last.place.across(QUANTITY)]
    count = found[0].rstrip("x× ") if len(found) == 1 else ""
    return _divided(last, int(count)) if count.isdigit() else None


def _times(last: Sum, number: int) -> Reply:
    return _reply(f"{last.text} × {number}", last.amount.value * number, last, [last])


def _for_so_many(last: Sum, said: re.Match[str]) -> Reply | None:
    """A price for one is taken so often, where it is said to be for one."""
    names = next((line for line in _UNITS if said["unit"] in line), [])
    if last.place is None or not last.is_money or not _per(last.place, names):
        return None
    return _times(last, _number(said["n"]))


def _several(last: Sum, said: re.Match[str]) -> Reply | None:
    """So many of what one is priced at; on a bill a price may be for several already."""
    if last.place is None or not last.is_money:
        return None
    heads = frozenset().union(*(marks(field.head) for field in last.place.sheet.fields))
    counted = any_marks(QUANTITY) & heads
    return _times(last, _number(said["n"])) if not counted else None


def _per_unit(last: Sum, said: re.Match[str]) -> Reply | None:
    """A price per month for a year, and the like."""
    wanted = next(line[0] for line in _UNITS if said["unit"] in line)
    for (one, many), number in _MORE.items():
        names = next(line for line in _UNITS if one in line)
        if many == wanted and last.place is not None and _per(last.place, names):
            return _times(last, number)
    return None


def _per(place: Cell, names: list[str]) -> bool:
    """Whether the price is said to be for one, at the price or for all that is shown."""
    one = "|".join(names)
    each = rf"(?:\b(?:per|pro|je|a|each|im)|/) ?(?:\w+ (?:and|und|&) )?(?:{one})\b"
    shape = re.compile(rf"{each}|\b(?:{one})(?:ly|lich\w*)\b")
    rows = " ".join(place.source.reading.lines[it].text for it in place.row)
    own = folded(f"{rows} {place.head}")
    if shape.search(own) or re.search(r"\b(?:per|pro|je)\b", own):
        return shape.search(own) is not None
    texts = [it.text for it in place.source.reading.lines]
    unpriced = [it for it in texts if all(value.kind is not Kind.MONEY for value in values(it))]
    return any(shape.search(folded(text)) for text in unpriced)


def _together(sums: list[Sum]) -> Reply | None:
    if len(sums) < 2 or len({each.amount.unit for each in sums}) > 1:
        return None
    total = sum((each.amount.value for each in sums), Decimal())
    return _reply(" + ".join(it.text for it in sums), total, sums[-1], sums)


def _difference(last: Sum, what: str | None, sums: list[Sum], find: Find) -> Reply | None:
    """By how much the last two differ, or the last one and what is named."""
    found = find(what) if what else None
    named = sum_of(found.text, found) if found is not None else None
    other = named if what else sums[-2] if len(sums) > 1 else None
    if other is None or other.amount.unit != last.amount.unit:
        return None
    more, less = sorted((last, other), key=lambda it: it.amount.value, reverse=True)
    value = more.amount.value - less.amount.value
    return _reply(f"{more.text} - {less.text}", value, last, [more, less]) if value else None


def _added(last: Sum, found: Cell | None, sign: int) -> Reply | None:
    """With or without something, as printed if it is; that it is apart or within must be sure."""
    other = sum_of(found.text, found) if found is not None else None
    if other is None or other.place is None:
        return None
    if other.amount.unit != last.amount.unit or other.text == last.text:
        return None
    value = last.amount.value + sign * other.amount.value
    printed = [
        field
        for field in other.place.sheet.fields
        if field.kind is Kind.MONEY and _value(field.text) == value
    ]
    if printed:
        return other.place.reply(printed[0])
    lines = other.place.source.reading.lines
    row = folded(" ".join(lines[index].text for index in other.place.row))
    within = SHAPES["included"].search(row) is not None
    each = re.search(r"\b(?:per|pro|je) (\w+)", row)
    if within is (sign > 0) or (each and (last.place is None or not _per(last.place, [each[1]]))):
        return None
    mark = "+" if sign > 0 else "-"
    return _reply(f"{last.text} {mark} {other.text}", value, last, [last, other])


def _value(text: str) -> Decimal | None:
    (amount,), _style = amounts((text,))
    return amount.value if amount is not None else None


def _reply(formula: str, value: Decimal, like: Sum, sums: list[Sum]) -> Reply:
    written = like.style.written(value, max(2, like.style.places) if like.is_money else None)
    exact = _value(written) == value
    places = dict.fromkeys(_cited(it.place) for it in sums if it.place is not None)
    means = Means.COUNTED if places else Means.COMPUTED
    return Reply(f"{formula} {'=' if exact else '≈'} {written}", means, tuple(places))


def _cited(place: Cell) -> Citation:
    return citation(place.source, place.line)


_MADE = (("times", _for_so_many), ("of them", _several), ("per unit", _per_unit))
