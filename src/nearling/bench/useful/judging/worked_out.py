"""A sum, a conversion, a date or a count: its result, whatever steps are shown with it."""

from __future__ import annotations

import re
from decimal import Decimal

from nearling.bench.scoring import holds, plain
from nearling.bench.useful.numbers import number, numbers
from nearling.bench.useful.questions import Sum
from nearling.bench.useful.said import Grade, Said, unanswered

_WORD = re.compile(r"[^\W\d_]{4,}")


def worked_out(asked: Sum, said: Said) -> Grade:
    """Right is a result that is accepted, or that rounds to an accepted one with decimals."""
    graded = unanswered(said, bool(asked.answers))
    if graded is not None:
        return graded
    results = _results(asked.ask, said.text)
    right = any(_same(answer, result) for answer in asked.answers for result in results)
    return "right" if right else "wrong"


def _results(ask: str, text: str) -> list[str]:
    """What stands behind the first equals sign of each line.

    Of several lines those that count what the question names, if there are such.
    """
    lines = [plain(line) for line in text.splitlines()]
    named = set(_WORD.findall(plain(ask)))
    about = [line for line in lines if named & set(_WORD.findall(line))]
    return [re.split("[=≈]", line, maxsplit=1)[-1].strip() for line in about or lines if line]


def _same(answer: str, result: str) -> bool:
    meant, told = number([answer]), numbers(result)
    if not meant:
        # 4 h 15 min is also written 4h15min.
        return holds(result, answer) or holds(_closed(result), _closed(answer))
    return bool(told) and any(_rounded(one, other) for one in meant for other in told[0])


def _closed(text: str) -> str:
    return plain(text).replace(" ", "")


def _rounded(meant: Decimal, told: Decimal) -> bool:
    decimals = meant.as_tuple().exponent
    if isinstance(decimals, int) and decimals < 0:
        return round(told, -decimals) == meant
    return told == meant
