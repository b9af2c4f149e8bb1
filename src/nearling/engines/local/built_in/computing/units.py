"""One unit in another, by pint; the names are our own, so that only what is meant is converted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.numerals import Numerals
from nearling.engines.local.built_in.computing.shapes import SHAPES
from nearling.engines.local.built_in.shapes import Shapes

if TYPE_CHECKING:
    from pint import UnitRegistry

_NUMBER = SHAPES.part("NUMBER").pattern
_CURRENCY = (
    r"(?:euros?|eur|€|(?:us )?dollars?|usd|\$|pounds? sterling|gbp|£|chf|franken|yen|jpy|pln|zloty)"
)
_INTO = r"(?:in|to|into|as|nach|zu|=)"
_EXCHANGE = re.compile(rf"(?:{_NUMBER} ?{_CURRENCY}|{_CURRENCY} ?{_NUMBER}) {_INTO} {_CURRENCY}")
_HOW = r"(?:how (?:tall|far|heavy|hot|cold|warm|fast) is )?"
_EACH = r"(?:in|are|sind|is|hat|haben|ist|are there in|does|do|entsprechen|gibt)"
_TABLE = Shapes(Path(__file__).with_name("units.txt"))
_FRACTION = re.compile(r"\b(?:(\d+) )?(\d{1,2})/(2|4|5|8|16)(?= ?[a-z])")
"""Of those whose decimals end."""
_WHOSE = re.compile(r"([a-z]+) \((us|uk|imperial)\)")
_PLACES = 6
_OFFSET = frozenset(("degree_Celsius", "degree_Fahrenheit", "kelvin"))
_EXACT_DIGITS = 20
"""More is noise of the offsets of temperatures."""


@dataclass(frozen=True, slots=True)
class _Given:
    """So much of a unit, and of a smaller one, as in 5 feet 10 inches."""

    value: Decimal
    rest: Decimal
    smaller: str


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """What each name stands for: pint's own name, or several where it can mean several units."""
    found: dict[str, tuple[str, ...]] = {}
    for units, names in _TABLE.lines("names"):
        found.update(dict.fromkeys(names.split(", "), tuple(units.split(" or "))))
    return found


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    unit = "(" + "|".join(sorted(map(re.escape, _names()), key=lambda it: (-len(it), it))) + ")"
    one = rf"(?:(-?{_NUMBER}) ?|an? |ein(?:e[nrm]?)? |one ){unit}"
    two = rf"(?:(?: (?:and |und )?|,)?({_NUMBER}) ?{unit}?)?"
    return (
        re.compile(rf"{_HOW}{one}{two}(?: (?:is|are|equals|sind|ist))? {_INTO} {unit}"),
        re.compile(rf"(?:how many|wie ?viele?) {unit} {_EACH}(?: there in)? {one}{two}(?: have)?"),
        re.compile(rf"(?:how many|wie ?viele?) {unit} (?:sind|in|are|is)(?: in)? {one}{two}"),
    )


@cache
def _registry() -> UnitRegistry[Decimal]:
    from pint import UnitRegistry

    registry: UnitRegistry[Decimal] = UnitRegistry(
        non_int_type=Decimal, autoconvert_offset_to_baseunit=True
    )
    for name, meaning in _TABLE.lines("own"):
        registry.define(f"{name} = {meaning}")
    return registry


def units(asked: Asked) -> Worked | None:
    """The same in another unit, or None where no conversion is asked for."""
    if _EXCHANGE.fullmatch(asked.text):
        raise Unsure(
            _("Exchange rates change by the hour, and nothing was asked of the network."),
            _("Multiply by the rate that your bank names: 20 * 1.08"),
        )
    text = re.sub(rf"({_NUMBER})'({_NUMBER})(?:\"|'')?", r"\1 feet \2 inches", asked.text)
    text = _WHOSE.sub(r"\2 \1", _FRACTION.sub(_decimal, text))
    first, *others = (shape.fullmatch(text) for shape in _shapes())
    if first is not None:
        number, source, more, smaller, target = first.groups()
    else:
        turned = next(filter(None, others), None)
        if turned is None:
            return None
        target, number, source, more, smaller = turned.groups()
    if more and not smaller and _names()[source] == ("foot",):
        smaller = "inches"
    if source == target or (more and not smaller):
        return None
    numerals = Numerals(asked)
    try:
        value = numerals.value(number.lstrip("-")) if number else Decimal(1)
        rest = numerals.value(more) if more else Decimal(0)
    except ValueError:
        return None
    value = -value if number and number.startswith("-") else value
    given = _Given(value, rest, _names()[smaller][0] if smaller else "")
    meant = _meanings(source, target)
    results = [_converted(numerals, given, one, other) for one, other in meant]
    if len(results) > 1:
        raise Unsure(
            _("This can mean different units: {results}.").format(
                results="; ".join(steps[-1] for steps in results)
            ),
            _("Say which one, such as “US gallons”, “imperial gallons” or “metric tons”."),
        )
    return results[0]


def _decimal(fraction: re.Match[str]) -> str:
    whole, over, under = fraction.groups(default="0")
    return str(int(whole) + Decimal(over) / Decimal(under))


def _meanings(source: str, target: str) -> list[tuple[str, str]]:
    """Pairs of units of one kind that the two names can mean."""
    registry = _registry()
    pairs = [(one, other) for one in _names()[source] for other in _names()[target]]
    pairs = [(a, b) for a, b in pairs if _is_convertible(registry, a, b)]
    if not pairs:
        raise Unsure(
            _("“{source}” and “{target}” measure different things.").format(
                source=source, target=target
            )
        )
    return pairs


def _is_convertible(registry: UnitRegistry[Decimal], one: str, other: str) -> bool:
    kinds = [registry.Unit(unit).dimensionality for unit in (one, other)]
    return kinds[0] == kinds[1] or kinds[0] == 1 / kinds[1]


def _converted(numerals: Numerals, given: _Given, source: str, target: str) -> Worked:
    registry = _registry()
    one = registry.Quantity(Decimal(1), source)
    value = given.value
    if given.smaller:
        small = registry.Quantity(given.rest, given.smaller)
        if small.dimensionality != one.dimensionality:
            raise Unsure(_("These units cannot be added."))
        value += small.to(source).magnitude
    reciprocal = one.dimensionality != registry.Unit(target).dimensionality
    if reciprocal and not value:
        raise Unsure(_("Nothing can be divided by zero."))
    quantity = registry.Quantity(value, source)
    result = (1 / quantity if reciprocal else quantity).to(target).magnitude
    said = f"{numerals.shown(given.value)} {_symbol(source)}"
    if given.smaller:
        said += f" {numerals.shown(given.rest)} {_symbol(given.smaller)}"
    line = f"{said} {_shown(numerals, result)} {_symbol(target)}"
    if reciprocal or {source, target} & _OFFSET or value == 1:
        return (line,)
    factor = _shown(numerals, one.to(target).magnitude)
    return f"1 {_symbol(source)} {factor} {_symbol(target)}", line


def _shown(numerals: Numerals, value: Decimal) -> str:
    """With its sign = or ≈: exact where that is short, else to some significant digits."""
    exact = Context(prec=_EXACT_DIGITS).plus(value)
    places = _PLACES
    if exact and round(exact, _PLACES) != exact:
        places = max(2, _PLACES - 1 - exact.adjusted())
    shown, equals = numerals.rounded(exact, min(places, _EXACT_DIGITS))
    return f"{equals} {shown}"


def _symbol(unit: str) -> str:
    return dict(_TABLE.lines("symbols")).get(unit) or f"{_registry().Unit(unit):~P}"
