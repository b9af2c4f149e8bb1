"""Numbers as a column prints them: read exactly, and written again in the same way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CURRENCIES = {"€": "€", "eur": "€", "euro": "€", "euros": "€", "$": "$", "usd": "$", "us$": "$"}
_CURRENCIES |= {"dollar": "$", "dollars": "$", "£": "£", "gbp": "£", "pounds": "£", "chf": "CHF"}
_CURRENCIES |= {"fr.": "CHF", "¥": "¥", "jpy": "¥", "zł": "zł", "pln": "zł", "kč": "Kč"}
_CURRENCIES |= {code: code.upper() for code in ("sek", "dkk", "nok", "huf", "czk", "cad", "aud")}
_MONEY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_UNITS = "%|°\\s?[cf]|kg|mg|g|t|ml|cl|l|km/h|km|cm|mm|m²|m2|m³|m3|m|kwh|kw|w|h|min|s|gb|mb|kb|tb|x"
_TEXT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-–\u2212+])?\s*(?P<before>(?:{_MONEY})\s*)?(?P<inner>[-–\u2212])?\s*"
    r"(?P<digits>\d[\d.,'’\u00a0\u202f ]*?)(?P<dash>[.,][-–—])?"
    rf"(?P<after>\s*(?:{_MONEY}|{_UNITS})|\s+[^\W\d_]{{2,12}}\.?)?(?P<back>-)?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_HEAD_UNIT = re.compile(
    rf"[(\[/]\s*(?P<unit>{_MONEY}|{_UNITS})\s*[)\]]?$|\s(?:in\s)?(?P<last>{_MONEY}|%|[kmc]?m[²2³3]|[kmc]m|[km]g|[mc]l|km/h|kwh?|min|[gmkt]b)$",
    re.IGNORECASE,
)
_SPACES = re.compile("[\u00a0\u202f ]")
_NOTHING = re.compile(r"[-–—./]*|n\.?/?a\.?|k\.\s?a\.|none|null", re.IGNORECASE)
"""What a cell without a value says."""
_LONGEST = 40
"""Letters; what is longer is no number."""
_MONEY_UNITS = frozenset(_CURRENCIES.values())


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    unit: str
    """As we call it: € for EUR and euros; empty where none is printed."""

    @property
    def is_money(self) -> bool:
        return self.unit in _MONEY_UNITS


@dataclass(frozen=True, slots=True)
class Style:
    """How a column prints its numbers."""

    point: str = "."
    group: str = ""
    """Between thousands; empty where none were seen."""
    places: int = 0
    before: str = ""
    after: str = ""

    def written(self, value: Decimal, places: int | None = None) -> str:
        """`value` rounded half up to the column's own places, or to `places`."""
        shown = self.places if places is None else places
        rounded = value.quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)
        whole, _, part = f"{abs(rounded):,f}".partition(".")
        digits = whole.replace(",", self.group) + (self.point + part if part else "")
        return f"{'-' if rounded < 0 else ''}{self.before}{digits}{self.after}"


def is_nothing(text: str) -> bool:
    """Whether a cell says that it holds no value."""
    return _NOTHING.fullmatch(text.strip()) is not None


def is_unit(word: str) -> bool:
    return re.fullmatch(f"{_MONEY}|{_UNITS}", word) is not None


def unit_named(text: str) -> str:
    """The unit that is all of a text, as we call it: € for EUR and euros; empty if it is none."""
    plain = text.strip().casefold()
    return _CURRENCIES.get(plain, plain if is_unit(plain) else "")


def unit_of_head(head: str) -> str:
    """The unit that the head of a column names, as printed: EUR of "Price (EUR)"."""
    found = _HEAD_UNIT.search(head.strip())
    return (found["unit"] or found["last"]) if found else ""


def amounts(
    texts: Sequence[str], nearby: Iterable[str] = (), head: str = ""
) -> tuple[tuple[Amount | None, ...], Style]:
    """The numbers of a column, None where one cannot be read for sure, and how they are printed.

    `nearby` are other numbers of the same table: they may show what a comma means in it.
    """
    found = [_matched(text) for text in texts]
    digits = [_digits(match) for match in found if match]
    point = _point(digits) or _point([_digits(m) for t in nearby if (m := _matched(t))])
    read = tuple(_amount(match, point, digits, head) if match else None for match in found)
    return read, _style([match for match in found if match], point, head)


def _matched(text: str) -> re.Match[str] | None:
    return _TEXT.fullmatch(text.strip()) if len(text) <= _LONGEST else None


def _digits(found: re.Match[str]) -> str:
    return _SPACES.sub(" ", found["digits"]).strip().replace("’", "'")


def _point(numbers: Sequence[str]) -> str:
    """The decimal mark that these numbers show; empty where none does, ? where they disagree."""
    shown, unclear = set(), set()
    for number in numbers:
        marks = re.findall("[.,]", number)
        whole, _, part = number.rpartition(marks[-1]) if marks else (number, "", "")
        if len(set(marks)) == 2:
            shown.add(marks[-1])
        elif len(marks) > 1 and not re.fullmatch(r"\d{1,3}([.,]\d{3})+", number):
            continue
        elif len(marks) > 1:
            shown.add("," if marks[0] == "." else ".")
        elif marks and (len(part) != 3 or whole == "0" or len(whole) > 3 or " " in whole):
            shown.add(marks[0])
        unclear |= {*marks} if len(marks) == 1 else set()
    return "?" if len(shown or unclear) > 1 else "".join(shown)


def _amount(found: re.Match[str], point: str, column: Sequence[str], head: str) -> Amount | None:
    if bool(found["open"]) != bool(found["close"]) or (found["before"] and found["after"]):
        return None
    number, unit = _digits(found), _unit(found, head)
    mark = point
    if mark == "?" and re.search("[.,]", number):
        return None
    if not point and re.search("[.,]", number):
        # One group of three after a mark: thousands, unless it may well be a measurement.
        plain = [other for other in column if other.isdigit()]
        sure = unit == "" or unit in _MONEY_UNITS
        if not sure or any(len(other) > 3 for other in plain):
            return None
        mark = "," if "." in number else "."
    whole, _, part = number.partition(mark) if mark else (number, "", "")
    grouped = re.fullmatch(r"\d+|\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*", whole)
    if grouped is None or not re.fullmatch(r"\d*", part):
        return None
    value = Decimal(re.sub(r"\D", "", whole) + (f".{part}" if part else ""))
    signs = (found["sign"] or "", found["inner"] or "", found["back"] or "")
    below = [sign for sign in signs if sign and sign != "+"]
    if len(below) + bool(found["open"]) > 1:
        return None
    return Amount(-value if below or found["open"] else value, unit)


def _unit(found: re.Match[str], head: str) -> str:
    printed = (found["before"] or found["after"] or unit_of_head(head)).strip().casefold()
    return _CURRENCIES.get(printed, printed.rstrip("."))


def _style(found: Sequence[re.Match[str]], point: str, head: str) -> Style:
    marked = [_digits(match) for match in found]
    group = next((it for n in marked if (it := _group(n, point))), "")
    mark = point if point in (".", ",") else "," if group == "." else "."
    places = max((len(n.rpartition(mark)[2]) for n in marked if mark in n), default=0)
    before = next((match["before"] for match in found if match["before"]), "")
    after = next((match["after"] for match in found if match["after"]), "")
    unit = unit_of_head(head)
    if unit and not before and not after:
        after = unit if unit == "%" else f" {unit}"
    return Style(mark, group, places if group != mark else 0, before, after)


def _group(number: str, point: str) -> str:
    found = re.match(r"\d{1,3}([ '.,])\d{3}(?!\d)", number)
    return found[1] if found and found[1] != point else ""
