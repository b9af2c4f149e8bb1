"""Dates as people write them, in English and German; never guessed where two readings fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"mae": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|z)?|maerz|mrz|apr(?:il)?|may|mai|june?|juni|"
    r"july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
"""A month in folded letters."""
_DAY = r"(?:(?:mo|tu|di|we|mi|th|do|fr|sa|su|so)[a-z]*\.?,?\s+)?"
_TIME = r"(?:[,\s]+(?:at |um )?\d{1,2}:\d\d.*)?"
_NAMED = (
    rf"{_DAY}(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[\s-]*(?:of )?(?P<month>{MONTH}),?"
    r"[\s-]*(?P<year>\d{4})?",
    rf"{_DAY}(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s*(?P<year>\d{{4}}))?",
    rf"(?P<month>{MONTH})\s*(?P<year>\d{{4}})?",
    r"(?P<mm>0[1-9]|1[0-2])[/.](?P<year>20\d\d)",
    rf"{_DAY}(?P<year>\d{{4}})[-/](?P<mm>\d{{2}})[-/](?P<day>\d{{2}})",
    rf"{_DAY}(?P<day>\d{{1,2}})\.\s?(?P<mm>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}})?",
)
_SHAPES = tuple(re.compile(shape + _TIME) for shape in _NAMED)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?\s*([ap])?(?:\.?m\.?|uhr)?")
_LONGEST = 60
"""Letters that are looked at."""
_EITHER = re.compile(rf"{_DAY}(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}|\d{{2}}){_TIME}")


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, a month, or a day of any year; what is not printed is 0."""

    year: int
    month: int
    day: int

    @property
    def as_date(self) -> date:
        """Raises ValueError where a part of it is not printed."""
        return date(self.year, self.month, self.day)

    @property
    def whole(self) -> bool:
        return bool(self.year and self.day)


def days(texts: Sequence[str]) -> tuple[Day | None, ...]:
    """The dates of folded `texts`, None where one is none.

    05/04/2026 is read only if another date of `texts` shows which number is the month.
    """
    either = [_EITHER.fullmatch(text[:_LONGEST]) for text in texts]
    firsts = [int(found[1]) > 12 for found in either if found]
    seconds = [int(found[2]) > 12 for found in either if found]
    return tuple(
        _told(text) if found is None else _ordered(found, any(firsts), any(seconds))
        for text, found in zip(texts, either, strict=True)
    )


def minutes(text: str) -> int | None:
    """The minutes since midnight that a folded time of day says, such as 8:30, 6 pm or 18 uhr."""
    found = _CLOCK.fullmatch(text)
    if found is None or not (":" in text or text[-1:].isalpha()):
        return None
    hour = int(found[1]) % 12 + 12 * (found[3] == "p") if found[3] else int(found[1])
    return hour * 60 + int(found[2] or 0)


def month_number(word: str) -> int:
    """1 to 12; `word` fits MONTH."""
    return _GERMAN.get(word[:3]) or _MONTHS.index(word[:3]) + 1


def _told(text: str) -> Day | None:
    found = next((it for shape in _SHAPES if (it := shape.fullmatch(text[:_LONGEST]))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["mm"]) if parts.get("mm") else month_number(found["month"])
    return _day(parts.get("year") or "0", month, parts.get("day") or "0")


def _ordered(found: re.Match[str], day_first: bool, month_first: bool) -> Day | None:
    if day_first == month_first:
        return None
    day, month = (found[1], found[2]) if day_first else (found[2], found[1])
    return _day(found[3], int(month), day)


def _day(year: str, month: int, day: str) -> Day | None:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        date(full or 2024, month, int(day) or 1)
    except ValueError:
        return None
    return Day(full, month, int(day))
