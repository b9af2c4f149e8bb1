"""Shows a workbook's numbers as its cells do: decimals, thousands, percent, money and dates.

Dates are shown as ISO 8601 writes them, since the order of day and month is the reader's choice.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_KNOWN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "yyyy-mm-dd",
    16: "yyyy-mm-dd",
    17: "yyyy-mm",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "h:mm:ss",
    46: "[h]:mm:ss",
    47: "h:mm:ss",
}
"""That every program knows by their numbers; local ones among them."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
"""The last day of the year 9999."""
_EXACT = 26
"""Digits that decimal numbers hold without more ado."""
_MANY = 1e15
"""From here on a floating-point number does not hold every whole one."""


def known_format(number: int) -> str:
    return _KNOWN.get(number, "General")


def shown(value: float, code: str, from_1904: bool = False) -> str:
    """The number as its format shows it, as far as that changes what it says."""
    section = code.split(";", maxsplit=1)[0]
    plain = _LITERAL.sub("", section)
    if "[h" in section.casefold() or "[m" in section.casefold():
        return _duration(value)
    if re.search(r"[ymdhs]", plain, re.IGNORECASE) and "general" not in plain.casefold():
        return _moment(value, plain.casefold(), from_1904)
    if not re.search(r"[0#?]", plain):
        return general(value)
    return _figure(value, section, plain)


def general(value: float) -> str:
    if value == int(value) and abs(value) < _MANY:
        return str(int(value))
    return f"{value:.15g}"


def _figure(value: float, section: str, plain: str) -> str:
    if "E" in plain or "/" in plain:
        return general(value)
    percent = "%" in plain
    digits = plain.replace("%", "")
    decimals = len(re.findall(r"[0#?]", digits.partition(".")[2])) if "." in digits else 0
    least = digits.partition(".")[2].count("0") if "." in digits else 0
    exact = Decimal(repr(value)) * (100 if percent else 1)
    if exact.adjusted() + decimals > _EXACT:
        return general(value)
    rounded = abs(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    grouped = "," in re.sub(r",+(?=\.|$|[^0#?,.])", "", digits)
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    # Numbers of orders and the like are filled up with zeros.
    whole, point, rest = text.partition(".")
    text = f"{whole.zfill(digits.partition('.')[0].count('0'))}{point}{rest}"
    if decimals > least and "." in text:
        kept = text.rstrip("0")
        text = text[: max(len(kept), len(text) - (decimals - least))].rstrip(".")
    head, tail = (_words(part) for part in _around(section))
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{head}{text}{'%' if percent else ''}{tail}".strip()


def _around(section: str) -> tuple[str, str]:
    """What stands before and after the digits, such as a currency's sign."""
    digits = re.search(r"[0#?][0#?,.]*", _masked(section))
    if digits is None:
        return "", ""
    return section[: digits.start()], section[digits.end() :]


def _masked(section: str) -> str:
    return _LITERAL.sub(lambda it: "\0" * len(it.group()), section)


def _words(part: str) -> str:
    """Literal text and currency signs, one written behind a country's number among them."""
    told = _LITERAL.sub(lambda it: next((text for text in it.groups() if text), ""), part)
    return re.sub(r"[%,.]", "", told)


def _moment(value: float, plain: str, from_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    # To the second: the fraction of a day is never exact.
    moment = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + timedelta(
        seconds=round(value * 86_400)
    )
    dated = "y" in plain or "d" in plain
    timed = "h" in plain or "s" in plain
    clock = moment.strftime("%H:%M:%S" if "s" in plain else "%H:%M")
    if not dated:
        return clock if timed else f"{moment:%Y-%m}"
    day = f"{moment:%Y-%m-%d}" if "d" in plain else f"{moment:%Y-%m}" if "m" in plain else ""
    day = day or f"{moment:%Y}"
    return f"{day} {clock}" if timed else day


def _duration(value: float) -> str:
    seconds = round(abs(value) * 86_400)
    sign = "-" if value < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
