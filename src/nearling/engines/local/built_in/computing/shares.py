"""Percentages in words: tips, taxes, discounts, equal shares, and one number beside another."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.numerals import Numerals, in_cents
from nearling.engines.local.built_in.computing.shapes import SHAPES

_CURRENCY = re.compile(
    r" ?(?:€|\beuros?\b|\beur\b|\$|\busd\b|\bdollars?\b|£|\bgbp\b|\bchf\b|\bfranken\b)"
)
_MOST_PEOPLE = 1000


def shares(asked: Asked) -> Worked | None:
    """The steps, or None where no share, tax, tip or discount is asked for."""
    found = SHAPES.taken("shares", without_currency(asked.text))
    if found is None:
        return None
    step, _space, turned = found[0].partition(" ")
    said = [part for part in found[1].groups() if part]
    with localcontext(Context(prec=50)):
        try:
            return _Shares(Numerals(asked)).steps(step, said[::-1] if turned else said)
        except ValueError:
            return None


def without_currency(text: str) -> str:
    return re.sub(r" (?=,)", "", " ".join(_CURRENCY.sub(" ", text).split()))


class _Shares:
    """One method for each step of shapes.txt; a line each for what is shown of it."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._written = numerals.shown

    def steps(self, step: str, said: list[str]) -> Worked:
        """Raises ValueError where something is no number, Unsure where there is no sure result."""
        if step in ("mean", "sum"):
            numbers = SHAPES.part("NUMBER").findall(said[0])
            return self._listed([self._numerals.value(one) for one in numbers], step)
        values = [self._numerals.value(one) for one in said]
        if step == "split":
            return self._split(values)
        of_two = {"percent": self._percent, "change": self._change, "net": self._net}
        if step in of_two:
            return of_two[step](values[0], values[1])
        share, whole = values
        if step == "part":
            return (self._exact(self._times(share, whole), whole * share / 100),)
        if step == "unclear":
            raise self._unclear(share, whole)
        return self._moved(share, whole, 1 if step == "more" else -1)

    def _moved(self, share: Decimal, whole: Decimal, sign: int) -> Worked:
        if sign < 0 and share > 100:
            raise Unsure(_("More than all of it cannot be taken off."))
        moved = whole * share / 100
        second = f"{self._written(whole)} {'+' if sign > 0 else '-'} {self._cents(moved)}"
        return (
            self._line(self._times(share, whole), moved),
            self._line(second, whole + sign * moved),
        )

    def _net(self, share: Decimal, gross: Decimal) -> Worked:
        net = gross * 100 / (100 + share)
        first = f"{self._written(gross)} ÷ {self._written(1 + share / 100)}"
        second = f"{self._written(gross)} - {self._cents(net)}"
        without, tax = _("without the tax"), _("tax")
        return (
            f"{self._line(first, net)} {without}",
            f"{self._line(second, gross - in_cents(net))} {tax}",
        )

    def _unclear(self, share: Decimal, whole: Decimal) -> Unsure:
        names = {
            "share": self._written(share), "whole": self._written(whole),
            "net": self._cents(whole * 100 / (100 + share)),
            "less": self._cents(whole * (100 - share) / 100),
        }  # fmt: skip
        return Unsure(
            _(
                "Taking {share} % tax off {whole} can mean two things: {net} without the tax that "
                "is in it, or {less} after {share} % of it are taken away."
            ).format(**names),
            _(
                "Ask for “{share} % off {whole}”, or how much tax is in {whole} at {share} %."
            ).format(**names),
        )

    def _split(self, values: list[Decimal]) -> Worked:
        total, *tip, people = values
        if people != people.to_integral_value() or not 0 < people < _MOST_PEOPLE:
            raise Unsure(_("It can only be split among a whole number of people."))
        steps = self._moved(tip[0], total, 1) if tip else ()
        total += total * tip[0] / 100 if tip else 0
        each = total / people
        line = self._line(f"{self._cents(total)} ÷ {self._written(people)}", each)
        over = total - in_cents(each) * people
        if over:
            words = _("({over} is left over)") if over > 0 else _("({over} too much in all)")
            line += " " + words.format(over=self._cents(abs(over)))
        return (*steps, line)

    def _percent(self, portion: Decimal, whole: Decimal) -> Worked:
        if not whole:
            raise Unsure(_("Nothing can be divided by zero."))
        formula = f"{self._written(portion)} ÷ {self._written(whole)}"
        shown, equals = self._numerals.rounded(portion / whole * 100, 2)
        return (f"{formula} {equals} {shown} %",)

    def _change(self, before: Decimal, after: Decimal) -> Worked:
        if not before:
            raise Unsure(_("Nothing can be divided by zero."))
        was = self._written(before)
        shown, equals = self._numerals.rounded((after - before) / before * 100, 2)
        return (f"({self._written(after)} - {was}) ÷ {was} {equals} {shown} %",)

    def _listed(self, numbers: list[Decimal], step: str) -> Worked:
        total = sum(numbers, Decimal())
        line = self._exact(" + ".join(map(self._written, numbers)), total)
        if step == "sum":
            return (line,)
        formula = f"{self._written(total)} ÷ {len(numbers)}"
        return line, self._exact(formula, total / len(numbers))

    def _times(self, share: Decimal, whole: Decimal) -> str:
        return f"{self._written(whole)} × {self._written(share)} %"

    def _line(self, formula: str, amount: Decimal) -> str:
        shown, equals = self._numerals.in_cents(amount)
        return f"{formula} {equals} {shown}"

    def _exact(self, formula: str, value: Decimal) -> str:
        shown, equals = self._numerals.rounded(value, 10)
        return f"{formula} {equals} {shown}"

    def _cents(self, amount: Decimal) -> str:
        return self._numerals.in_cents(amount)[0]
