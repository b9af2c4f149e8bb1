"""Days between dates, dates before and after, weekdays, weeks of the year and ages."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nearling.core.language import gettext as _
from nearling.core.language import marked, ngettext
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.shapes import SHAPES

_MONTHS = (
    "january januar janner jan", "february februar feb", "march marz mar mrz", "april apr",
    "may mai", "june juni jun", "july juli jul", "august aug", "september sept sep",
    "october oktober oct okt", "november nov", "december dezember dec dez",
)  # fmt: skip
_MONTH = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_NEAR = {"today": 0, "heute": 0, "tomorrow": 1, "yesterday": -1, "gestern": -1}
_FEASTS = {
    "XMASEVE": (12, 24), "XMAS": (12, 25), "NEWYEARSEVE": (12, 31), "NEWYEAR": (1, 1),
    "HALLOWEEN": (10, 31), "VALENTINE": (2, 14),
}  # fmt: skip
_WEEKDAYS = (
    marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"),
    marked("Friday"), marked("Saturday"), marked("Sunday"),
)  # fmt: skip


def dates(asked: Asked) -> Worked | None:
    """The steps, or None where nothing is asked about dates that it names itself."""
    found = SHAPES.taken("dates", asked.text)
    if found is None:
        return None
    said = [one for one in found[1].groups() if one]
    return _STEPS[found[0]](said, asked)


def read_date(written: str, asked: Asked) -> date:
    """Raises Unsure where day and month could change places, or there is no such day."""
    today = asked.now().date()
    if written in _NEAR:
        return today + timedelta(_NEAR[written])
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    feast = next((it for name, it in _FEASTS.items() if SHAPES.part(name).match(written)), None)
    month = re.search(r"[a-z]{3,}", written.replace(" of ", " "))
    if feast is not None:
        return _coming(feast[0], [feast[1], *numbers], written, today)
    if month is not None:
        return _coming(_MONTH[month[0]], numbers, written, today)
    if len(numbers) == 2:
        return _coming(numbers[1], numbers[:1], written, today)
    if len(re.findall(r"\d+", written)[0]) == 4:
        return _day(numbers[0], numbers[1], numbers[2], written)
    first, second, year = numbers
    if "." in written or first > 12 or second > 12 or first == second:
        swapped = "." not in written and second > 12
        return _day(year, *((first, second) if swapped else (second, first)), written)
    raise Unsure(
        _("“{date}” can mean {first} or {second}.").format(
            date=written, first=date(year, second, first), second=date(year, first, second)
        ),
        _("Write the month as a word, or the date as 2026-04-03."),
    )


def shown(day: date) -> str:
    """As ISO 8601 writes it, with its weekday: 2026-04-03 (Friday)."""
    return f"{day} ({_(_WEEKDAYS[day.weekday()])})"


def _day(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unsure(_("There is no day “{date}”.").format(date=written)) from None


def _coming(month: int, numbers: list[int], written: str, today: date) -> date:
    """`numbers`: the day, and the year; without one the next such day is meant, perhaps today."""
    day, *year = numbers
    found = _day(year[0] if year else today.year, month, day, written)
    return found if year or found >= today else _day(today.year + 1, month, day, written)


def _between(said: list[str], asked: Asked) -> Worked:
    unit = "days" if SHAPES.part("DATE").fullmatch(said[0]) else said.pop(0)
    ends = [read_date(one, asked) for one in said]
    if len(ends) == 1:
        ends.append(asked.now().date())
    first, last = sorted(ends)
    days = (last - first).days
    line = f"{shown(first)} → {shown(last)} = {_days(days)}"
    both = _("({days} if both ends are counted)").format(days=_days(days + 1))
    if unit[0] in "wmyj":
        return f"{line} {both}", _larger(first, last, unit)
    return (f"{line} {both}",)


def _larger(first: date, last: date, unit: str) -> str:
    """Whole weeks, months or years with what is left over."""
    from dateutil.relativedelta import relativedelta

    if unit[0] == "w":
        weeks, days = divmod((last - first).days, 7)
        return _joined((_weeks(weeks), _days(days) if days else ""))
    apart = relativedelta(last, first)
    if unit[0] == "m":
        months = _months(12 * apart.years + apart.months)
        return _joined((months, _days(apart.days) if apart.days else ""))
    return _span(apart.years, apart.months, apart.days)


def _span(years: int, months: int, days: int) -> str:
    rest = (_months(months) if months else "", _days(days) if days else "")
    return _joined((_years(years), *rest))


def _joined(parts: tuple[str, ...]) -> str:
    return ", ".join(filter(None, parts))


def _after(said: list[str], asked: Asked, sign: int = 1) -> Worked:
    number, unit, written = said
    day = read_date(written, asked)
    return (_moved(day, number, unit, sign),)


def _before(said: list[str], asked: Asked) -> Worked:
    return _after(said, asked, -1)


def _plus(said: list[str], asked: Asked) -> Worked:
    written, sign, number, unit = said
    return _after([number, unit, written], asked, 1 if sign in ("plus", "+") else -1)


def _from_now(said: list[str], asked: Asked) -> Worked:
    return (_moved(asked.now().date(), said[0], said[1], 1),)


def _moved(day: date, written: str, unit: str, sign: int) -> str:
    from dateutil.relativedelta import relativedelta

    number = int(written) if written.isdecimal() else 1
    far = sign * number
    steps = {
        "d": (_days, relativedelta(days=far)), "t": (_days, relativedelta(days=far)),
        "w": (_weeks, relativedelta(weeks=far)), "m": (_months, relativedelta(months=far)),
        "y": (_years, relativedelta(years=far)), "j": (_years, relativedelta(years=far)),
    }  # fmt: skip
    amount, step = steps[unit[0]]
    try:
        moved = day + step
    except (ValueError, OverflowError):
        raise Unsure(_("That day is beyond the calendar that can be computed with.")) from None
    return f"{shown(day)} {'+' if sign > 0 else '-'} {amount(number)} = {shown(moved)}"


def _weekday(said: list[str], asked: Asked) -> Worked:
    return (shown(read_date(said[0], asked)),)


def _week(said: list[str], asked: Asked) -> Worked:
    day = read_date(said[0], asked)
    year, week, _weekday = day.isocalendar()
    return (
        _("{date}: week {week} of {year} (ISO 8601)").format(date=shown(day), week=week, year=year),
    )


def _age(said: list[str], asked: Asked) -> Worked:
    born = read_date(said[0], asked)
    then = read_date(said[1], asked) if len(said) > 1 else asked.now().date()
    if then < born:
        raise Unsure(_("The second date is before the birth."))
    if (born.month, born.day, then.month, then.day) == (2, 29, 2, 28):
        raise Unsure(_("Born on 29 February: a country's law says whether 28 February counts."))
    from dateutil.relativedelta import relativedelta

    apart = relativedelta(then, born)
    return f"{shown(born)} → {shown(then)}", _span(apart.years, apart.months, apart.days)


def _leap(said: list[str], _asked: Asked) -> Worked:
    year = int(said[0])
    if year % 4 == 0 and (year % 100 or year % 400 == 0):
        return (_("Yes: {year} is a leap year.").format(year=year),)
    if year % 4:
        return (_("No: {year} cannot be divided by 4.").format(year=year),)
    return (_("No: {year} can be divided by 100 and not by 400.").format(year=year),)


def _month(said: list[str], _asked: Asked) -> Worked:
    first = date(int(said[1]), _MONTH[said[0].rstrip(".")], 1)
    after = (first + timedelta(31)).replace(day=1)
    return (f"{said[0].title()} {said[1]}: {_days((after - first).days)}",)


def _days(number: int) -> str:
    return ngettext("{n} day", "{n} days", number).format(n=number)


def _weeks(number: int) -> str:
    return ngettext("{n} week", "{n} weeks", number).format(n=number)


def _months(number: int) -> str:
    return ngettext("{n} month", "{n} months", number).format(n=number)


def _years(number: int) -> str:
    return ngettext("{n} year", "{n} years", number).format(n=number)


_STEPS = {
    "leap": _leap, "between": _between, "after": _after, "before": _before, "plus": _plus,
    "in": _from_now, "month": _month, "weekday": _weekday, "week": _week, "age": _age,
}  # fmt: skip
