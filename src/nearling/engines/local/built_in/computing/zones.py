"""What time it is elsewhere, now or at another time, by the rules of the IANA time zones."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked
from nearling.engines.local.built_in.computing.clock import at, minutes_of_day
from nearling.engines.local.built_in.computing.dates import read_date
from nearling.engines.local.built_in.computing.shapes import SHAPES

_AREAS = frozenset(
    ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


@cache
def _zones() -> dict[str, str]:
    """By the names of cities: those of IANA, and some large ones and countries of a table."""
    found: dict[str, str] = {}
    for key in sorted(available_timezones()):
        area, *_region, city = key.split("/") if "/" in key else ("", key)
        if area in _AREAS:
            found.setdefault(city.replace("_", " ").lower(), key)
    for line in Path(__file__).with_name("cities.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _bar, names = line.partition(" | ")
            found.update(dict.fromkeys(names.split(", "), key))
    return found


def zones(asked: Asked) -> Worked | None:
    """The time there, or None where no place is named that is known."""
    found = SHAPES.taken("zones", asked.text)
    if found is None:
        return None
    step, said = found
    places = {name: place for name, place in said.groupdict().items() if name.endswith("here")}
    if not set(places.values()) <= set(_zones()):
        return None
    there = _zone(places["there"])
    now = asked.now()
    if step == "now":
        return (_shown(now.astimezone(there), places["there"]),)
    here = _zone(places["here"])
    then = now.astimezone(here)
    if step == "then":
        day = read_date(said["date"], asked) if said["date"] else then.date()
        hour, minute = divmod(minutes_of_day(said["time"]), 60)
        then = datetime(day.year, day.month, day.day, hour, minute, tzinfo=here)
        _check_it_exists(then, places["here"])
    return (f"{_shown(then, places['here'])} = {_shown(then.astimezone(there), places['there'])}",)


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(_zones()[name])


def _check_it_exists(then: datetime, place: str) -> None:
    """Clocks that are put forward skip an hour, and clocks that are put back repeat one."""
    twice = then.replace(fold=1)
    if then.utcoffset() == twice.utcoffset():
        return
    if then.astimezone(UTC).astimezone(then.tzinfo).replace(tzinfo=None) != then.replace(
        tzinfo=None
    ):
        raise Unsure(
            _("There is no {time} in {place} on {date}: the clocks are put forward then.").format(
                time=at(then.hour * 60 + then.minute), place=_name(place), date=then.date()
            )
        )
    raise Unsure(
        _(
            "It is {time} in {place} twice on {date}, when the clocks are put back: {first} and "
            "{second}."
        ).format(
            time=at(then.hour * 60 + then.minute), place=_name(place), date=then.date(),
            first=_offset(then), second=_offset(twice),
        )
    )  # fmt: skip


def _shown(then: datetime, place: str) -> str:
    return f"{then:%Y-%m-%d %H:%M} {_name(place)} ({_offset(then)})"


def _name(place: str) -> str:
    return place.upper() if len(place) <= len("utc") else place.title()


def _offset(then: datetime) -> str:
    offset = then.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
