"""What makes a value doubtful: an impossible day, a bank's check that fails."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    *(("jan",), ("feb",), ("mar", "mär", "mrz", "mae"), ("apr",), ("may", "mai"), ("jun",)),
    *(("jul",), ("aug",), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez")),
)


def days(text: str) -> frozenset[date]:
    """The days that a date may mean: none is impossible, two are ambiguous.

    A date without a year means one in a leap year.
    """
    parts = [int(part) for part in re.findall(r"\d+", text)]
    month = _named_month(text)
    if month and len(parts) == 1:
        # "May 2026" is a month and no day.
        return _real([(parts[0], month, 1)] if parts[0] > 31 else [(2000, month, parts[0])])
    if month and len(parts) >= 2:
        day, year = (parts[1], parts[0]) if parts[0] > 31 else (parts[0], parts[1])
        return _real([(_whole(year), month, day)])
    if len(parts) == 2:
        year, month = max(parts), min(parts)
        return _real([(year, month, 1)] if year > 99 else [(2000, parts[1], parts[0])])
    if len(parts) != 3:
        return frozenset((date(2000, 1, 1),))
    if parts[0] > 31:
        return _real([(parts[0], parts[1], parts[2])])
    year = _whole(parts[2])
    dotted = re.match(r"\D*\d+\s?\.", text) is not None
    orders = [(year, parts[1], parts[0])] + ([] if dotted else [(year, parts[0], parts[1])])
    return _real(orders)


def _named_month(text: str) -> int:
    for word in re.findall(r"[^\W\d_]{3,}", text.lower()):
        for number, names in enumerate(_MONTHS, 1):
            if word.startswith(names):
                return number
    return 0


def _whole(year: int) -> int:
    return year + 2000 if year < 100 else year


def _real(orders: Iterable[tuple[int, int, int]]) -> frozenset[date]:
    found = set()
    for year, month, day in orders:
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return frozenset(found)


def iban_holds(text: str) -> bool:
    """The check of ISO 13616: the whole number leaves 1 when divided by 97."""
    plain = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def iban_of(text: str) -> str:
    """An IBAN without the word behind it that was taken for its end."""
    shorter = text
    while " " in shorter and not iban_holds(shorter):
        shorter = shorter.rpartition(" ")[0]
    return shorter if iban_holds(shorter) else text
