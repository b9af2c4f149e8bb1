"""Numbers as they are written in English and German texts, to be compared as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from nearling.bench.scoring import plain

_NUMBER = (
    r"(?P<minus>-?)[£$€¥]?(?P<digits>\d+(?:[.,']\d+| \d{3}(?!\d))*)"  # 1,234.50 1.234,50 1 234,50
)
# A date, a time and the number of an invoice are no numbers.
_IN_TEXT = re.compile(rf"(?<![\w.,:/-]){_NUMBER}(?![\d:/]|-\d|[.,]\d)")
_ALONE = re.compile(rf"[^\w\s-]?\s?{_NUMBER}\s?[^\d]{{0,12}}")


def numbers(text: str) -> list[frozenset[Decimal]]:
    """Those in a text, in order; each is a set, since 1,234 may mean two numbers."""
    found = (_readings(match) for match in _IN_TEXT.finditer(plain(text)))
    return [readings for readings in found if readings]


def number(spellings: Iterable[str]) -> frozenset[Decimal]:
    """What the spellings mean together; nothing if they are no number.

    Where one of them can be read in one way only, the others mean the same.
    """
    matched = (_ALONE.fullmatch(plain(spelling)) for spelling in spellings)
    readings = [_readings(match) for match in matched if match]
    sure = [each for each in readings if len(each) == 1]
    return frozenset().union(*(sure or readings))


def _readings(match: re.Match[str]) -> frozenset[Decimal]:
    digits = re.sub(r"[ ']", "", match["digits"])
    return frozenset(Decimal(match["minus"] + each) for each in _plain_digits(digits))


def _plain_digits(digits: str) -> list[str]:
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [digits]
    if len(set(marks)) == 2:
        return _mixed(digits, marks)
    head, *groups = re.split("[.,]", digits)
    thousands = len(head) <= 3 and head != "0" and all(len(group) == 3 for group in groups)
    read = [head + "".join(groups)] if thousands else []
    return [*read, f"{head}.{groups[0]}"] if len(groups) == 1 else read


def _mixed(digits: str, marks: list[str]) -> list[str]:
    """The last mark is the decimal one, and there is one of it."""
    if marks.count(marks[-1]) > 1:
        return []
    return [digits.replace(marks[0], "").replace(marks[-1], ".")]
