"""Sums, products, powers and brackets, by a parser of its own; nothing is run as code."""

from __future__ import annotations

import re
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, localcontext

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.numerals import Numerals
from nearling.engines.local.built_in.computing.shapes import SHAPES

_SPELLED = (
    (re.compile(r"% ?(?:of|von|vom)\b"), "%*"),
    (re.compile(r"(?<=\d) : (?=\d+(?:$| [^:]))"), " / "),
    (re.compile(r"(?<=[\d)]) ?x ?(?=[\d(])"), " * "),
    (re.compile(r"\*\*"), "^"),
)
_TOKEN = re.compile(rf" *({SHAPES.part('NUMBER').pattern}|[-+*/^%()√])")
_BARE = re.compile(r"[-+*/^√] |√|[*^(+]")
"""What only a computation has; 555-1234 and 24/7 stand for themselves."""
_NO_SUM = re.compile(
    r"24/7|9/11|50/50|(?<![\d.,])0\d+(?![.,\d])|\d[-/]\d+[-/]\d|\d{1,3}(?:\.\d{1,3}){3}|\d\.\d+\.\d{1,2}(?!\d)"
)
_MOST_TOKENS = 200
_DEEPEST = 40
_HIGHEST_POWER = 1000
_LARGEST = Decimal("1e40")
_DIGITS = 60
_SIGNS = {"*": "×", "/": "÷"}
_STRENGTH = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 30}


def arithmetic(asked: Asked) -> Worked | None:
    """The expression and its value, or None if the question is anything but an expression."""
    text = asked.text
    for sign, words in SHAPES.section("words"):
        text = re.sub(rf"\b(?:{words.pattern})\b", sign, text)
    for shape, sign in _SPELLED:
        text = shape.sub(sign, text)
    tokens = _tokens(text)
    if tokens is None or _NO_SUM.search(text) or not (asked.cued or _BARE.search(text)):
        return None
    numerals = Numerals(asked)
    with localcontext(Context(prec=_DIGITS, traps=[DivisionByZero, InvalidOperation])) as context:
        try:
            parser = _Parser(tokens, numerals)
            value = parser.whole()
        except DivisionByZero:
            raise Unsure(_("Nothing can be divided by zero.")) from None
        except InvalidOperation:
            raise Unsure(_("This has no result among the real numbers.")) from None
        except ValueError:
            return None
        if abs(value) >= _LARGEST:
            raise Unsure(_("The result is too large to be shown."))
        inexact = context.flags[Inexact]
        places = max(0, 10 - max(0, value.adjusted())) if value else 10
        shown, equals = numerals.rounded(value, places)
    return (f"{parser.written()} {'≈' if inexact else equals} {shown}",)


def _tokens(text: str) -> list[str] | None:
    """None unless the whole of it is numbers and signs, with at least one sign between."""
    found: list[str] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or len(found) > _MOST_TOKENS:
            return None
        found.append(token[1])
        at = token.end()
    numbers = sum(token[0].isdigit() for token in found)
    signs = {"+", "-", "*", "/"} & set(found[1:])
    return found if (numbers > 1 and signs) or ({"√", "^"} & set(found) and numbers) else None


class _Parser:
    """Pratt's: each sign binds by its strength. A percentage that is added is one of the rest."""

    def __init__(self, tokens: list[str], numerals: Numerals) -> None:
        self._tokens = tokens
        self._numerals = numerals
        self._at = 0
        self._depth = 0

    def whole(self) -> Decimal:
        """Raises ValueError if it is no expression."""
        value, percent = self._expression(0)
        if self._at < len(self._tokens):
            raise ValueError(self._tokens[self._at])
        return value / 100 if percent else value

    def written(self) -> str:
        """As it was understood."""
        parts, before = [], "("
        for token in self._tokens:
            number = token[0].isdigit()
            sign = token in _STRENGTH and not (before in "(√" or before in _STRENGTH)
            shown = self._numerals.shown(self._numerals.value(token)) if number else token
            shown = _SIGNS.get(shown, shown)
            if token == "^":  # noqa: S105
                parts.append("^")
            elif sign or token == "%":  # noqa: S105
                parts.append(f" {shown} " if sign else " %")
            else:
                parts.append(shown)
            before = token
        return "".join(parts)

    def _expression(self, strength: int) -> tuple[Decimal, bool]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsure(_("There are too many brackets in it."))
        left, percent = self._operand()
        while (sign := self._next()) in _STRENGTH and _STRENGTH[sign] > strength:
            self._at += 1
            # The power alone binds to the right.
            right, share = self._expression(_STRENGTH[sign] - (sign == "^"))
            left = _applied(sign, left / 100 if percent else left, right, share)
            percent = False
        self._depth -= 1
        return left, percent

    def _operand(self) -> tuple[Decimal, bool]:
        token = self._next()
        self._at += 1
        if token in ("-", "+"):
            value, percent = self._expression(_STRENGTH["*"])
            return (-value if token == "-" else value), percent  # noqa: S105
        if token == "√":  # noqa: S105
            return self._expression(_STRENGTH["^"])[0].sqrt(), False
        if token == "(":  # noqa: S105
            value, percent = self._expression(0)
            if self._next() != ")":
                raise ValueError(token)
            self._at += 1
        else:
            value, percent = self._numerals.value(token), False
        if self._next() == "%":
            self._at += 1
            percent = True
        return value, percent

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""


def _applied(sign: str, left: Decimal, right: Decimal, share: bool) -> Decimal:
    if share:
        right = left * right / 100 if sign in "+-" else right / 100
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    if abs(right) > _HIGHEST_POWER or abs(left).adjusted() * abs(right) > _HIGHEST_POWER:
        raise Unsure(_("The result is too large to be shown."))
    return left**right
