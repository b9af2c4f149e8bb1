"""Made-up values and the many ways in which countries write them."""

from datetime import date, timedelta
from random import Random
from typing import Literal

Style = Literal["en", "de", "ch", "fr"]

_POINTS: dict[Style, tuple[str, str]] = {
    "en": (",", "."),
    "de": (".", ","),
    "ch": ("'", "."),
    "fr": (" ", ","),
}
# fmt: off
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
_GERMAN = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)
# fmt: on


def coded(chance: Random, form: str) -> str:
    """A code after a form: `9` is any digit, `A` any capital that is no look-alike of a digit."""
    pick = {"9": "0123456789", "A": "ACDEFHJKLMNPRTUVWXY", "a": "abcdefhkmnprtuvwxyz"}
    return "".join(chance.choice(pick.get(letter, letter)) for letter in form)


def amount(cents: int, style: Style = "en") -> str:
    """Cents as a sum of money without its currency: 1,234.50, 1.234,50, 1'234.50, 1 234,50."""
    group, point = _POINTS[style]
    whole = f"{cents // 100:,}".replace(",", group)
    return f"{whole}{point}{cents % 100:02d}"


def day(chance: Random, year: int) -> date:
    """Any day of a year, the last two months left free for days that follow it."""
    return date(year, 1, 1) + timedelta(days=chance.randrange(300))


def british(day: date) -> str:
    """3 March 2026."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"


def american(day: date) -> str:
    """March 3, 2026."""
    return f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}"


def german(day: date) -> str:
    """3. März 2026."""
    return f"{day.day}. {_GERMAN[day.month - 1]} {day.year}"


def dotted(day: date) -> str:
    """03.03.2026."""
    return day.strftime("%d.%m.%Y")
