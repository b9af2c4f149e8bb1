"""Durations that are added, times before and after, and how long it is from one to another."""

from __future__ import annotations

import re

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.shapes import SHAPES

_DAY = 24 * 60
_SIGNS = ("+", "-", "plus", "minus")


def clock(asked: Asked) -> Worked | None:
    """The steps, or None where nothing is asked about times and durations that it names itself."""
    found = SHAPES.taken("clock", asked.text)
    if found is None:
        return None
    step, said = found
    if step == "added":
        return _added(asked.text)
    if step == "moved":
        return _moved([one for one in said.groups() if one])
    # Opening hours are written so; who wants to know how long they are says it.
    return None if re.search(r"^[\d:. ]+-[\d:. ]+$", asked.text) else _lasting(*said.groups())


def minutes_of_day(written: str) -> int:
    """Minutes since midnight. Raises Unsure where there is no such time."""
    named = {"noon": 720, "mittag": 720, "midnight": 0, "mitternacht": 0}
    if written in named:
        return named[written]
    hour, minute = (*map(int, re.findall(r"\d+", written)), 0)[:2]
    half = re.search(r"[ap]\.?m", written)
    if (
        hour > (12 if half else 24)
        or minute > 59
        or (half and not hour)
        or hour * 60 + minute > _DAY
    ):
        raise Unsure(_("There is no time “{time}”.").format(time=written))
    if half:
        hour = hour % 12 + (12 if half[0][0] == "p" else 0)
    return (hour * 60 + minute) % _DAY


def at(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def lasting(minutes: int) -> str:
    """Such as 1 h 05 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes:02} min").format(hours=hours, minutes=rest)


def _span(written: str) -> int:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if "hal" in written:
        return 30
    if not numbers:
        return 60
    if len(numbers) == 2:
        return 60 * numbers[0] + numbers[1]
    return numbers[0] * (60 if re.search(rf"\d ?{SHAPES.part('H').pattern}$", written) else 1)


def _added(text: str) -> Worked:
    total, steps = 0, []
    for sign, written in re.findall(
        rf"(\+|-|plus|minus|and|und|^) ?{SHAPES.part('SPAN').pattern}", text
    ):
        taken = sign in ("-", "minus")
        total += -_span(written) if taken else _span(written)
        steps.append(f"{'-' if taken else '+'} {lasting(_span(written))}")
    if total < 0:
        raise Unsure(_("More time is taken away than there is."))
    return (f"{' '.join(steps).removeprefix('+ ')} = {lasting(total)}",)


def _moved(said: list[str]) -> Worked:
    """Either a span, a word and a time, or a time, a sign and a span."""
    span, word, time = said[::-1] if said[1] in _SIGNS else said
    forth = word not in ("before", "vor", "-", "minus")
    begun, length = minutes_of_day(time), _span(span)
    ended = begun + (length if forth else -length)
    line = f"{at(begun)} {'+' if forth else '-'} {lasting(length)} = {at(ended % _DAY)}"
    days = ended // _DAY
    if days == 1:
        line += " " + _("(the next day)")
    elif days == -1:
        line += " " + _("(the day before)")
    elif days:
        line += " " + _("({days} days away)").format(days=abs(days))
    return (line,)


def _lasting(first: str, last: str, pause: str | None) -> Worked:
    begun, ended = minutes_of_day(first), minutes_of_day(last)
    halves = [bool(re.search(r"[ap]\.?m", time)) for time in (first, last)]
    if halves[0] != halves[1] and not {first, last} & {"noon", "midnight"}:
        raise Unsure(
            _("One of the times says am or pm and the other does not."), _("Write both alike.")
        )
    length = (ended - begun) % _DAY
    if ended <= begun and not halves[0] and begun <= 12 * 60 and ended + 12 * 60 > begun:
        raise Unsure(
            _("From {first} to {last} can mean {short} or {long}.").format(
                first=at(begun), last=at(ended), short=lasting(ended + 12 * 60 - begun),
                long=lasting(length or _DAY),
            ),
            _("Write the times with 24 hours, such as 17:40, or with am and pm."),
        )  # fmt: skip
    line = f"{at(begun)} → {at(ended)} = {lasting(length or _DAY)}"
    if ended <= begun:
        line += " " + _("(to the next day)")
    if pause is None:
        return (line,)
    rest = (length or _DAY) - _span(pause)
    if rest < 0:
        raise Unsure(_("More time is taken away than there is."))
    return line, f"{lasting(length or _DAY)} - {lasting(_span(pause))} = {lasting(rest)}"
