"""A sum, a conversion, a date or a count: its result, whatever steps are shown before."""

from __future__ import annotations

import re
from decimal import Decimal

from nearling.bench.scoring import holds, plain
from nearling.bench.useful.numbers import number, numbers
from nearling.bench.useful.questions import Sum
from nearling.bench.useful.said import Grade, Said, unanswered


def worked_out(asked: Sum, said: Said) -> Grade:
    """Right is a result that is accepted, or that rounds to an accepted one with decimals."""
    graded = unanswered(said, bool(asked.answers))
    if graded is not None:
        return graded
    result = _result(said.text)
    if any(holds(result, answer) for answer in asked.answers):
        return "right"
    meant = [value for answer in asked.answers for value in number([answer])]
    told = [value for readings in numbers(result) for value in readings]
    same = any(_same(value, each) for value in meant for each in told)
    return "right" if same else "wrong"


def _result(text: str) -> str:
    """The last line from its first equals sign on."""
    last = text.strip().splitlines()[-1]
    return plain(re.split("[=≈]", last, maxsplit=1)[-1])


def _same(meant: Decimal, told: Decimal) -> bool:
    decimals = meant.as_tuple().exponent
    if isinstance(decimals, int) and decimals < 0:
        return round(told, -decimals) == meant
    return told == meant
