"""Postal addresses: each a town with the street before or above it, and the names over that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nearling.engines.local.built_in.extraction.known import mark
from nearling.engines.local.built_in.extraction.labels import Candidate
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import WORDED, Kind, values

_STREET, _CODED, _TOWN, _STATE, _FURTHER, _SEPARATOR, _ROAD, _CONTACT = (
    mark(name)
    for name in ("street", "coded", "town", "state", "further", "separator", "road", "reach")
)
_ADDRESSED = (*WORDED, Kind.NUMBER, Kind.CODE, Kind.MEASURE, Kind.DURATION)
_LONG = 60
_REACH = 1.5
_NAMES = 4
_TOP = 8
"""Rows of the head of a paper."""


@dataclass(frozen=True, slots=True)
class Place:
    parts: tuple[Candidate, ...]
    """What is printed of it, line by line."""
    names: tuple[Spot, ...]
    """The lines above, top first: whose it may be."""
    rank: float = 0

    @property
    def lines(self) -> list[int]:
        return [it.index for it in self.names] + [it.line for it in self.parts]


def places(layout: Layout) -> list[Place]:
    """Every address from top to bottom; without a town only where no other has one."""
    found = []
    for number, row in enumerate(layout.rows):
        for spot in row:
            own = in_line(spot.text)
            place = _whole(layout, number, spot, own) if own else None
            if place is not None and (not place.rank or place.names or number < _TOP):
                found.append(place)
    return found or [
        Place((Candidate(street, spot.index, 0.5),), _above(layout, spot))
        for (spot, *others) in layout.rows[:_TOP]
        if not others and (street := street_in(spot.text))
    ]


def in_line(text: str) -> str:
    """The part of a line that is an address, or the end of one; "" without a town."""
    start = 0
    for value in values(text):
        if value.kind in (Kind.PHONE, Kind.EMAIL, Kind.URL):
            before = _CONTACT.sub(lambda label: " " * len(label[0]), text[: value.start])
            text = before + " " * (value.end - value.start) + text[value.end :]
    for segment in _SEPARATOR.split(text):
        at = text.index(segment, start)
        town = _town_of(segment)
        if town:
            before = text[:start].rstrip(" ·•|;-–*")
            begun = _SEPARATOR.split(before)[-1] if before else ""
            if begun and segment.endswith(town) and segment == town and _is_street(begun):
                return text[text.rindex(begun, 0, at) : at + len(town)]
            return town
        start = at + len(segment)
    return ""


def _town_of(segment: str) -> str:
    """From the first part of an address to its town."""
    segment = re.sub(r"^[^:\d]{1,24}:\s", "", segment)
    parts = re.split(r"(,\s?)", segment)
    ends = [at for at in range(0, len(parts), 2) if _is_town(parts, at)]
    if not ends or not all(map(_plain, parts[: ends[-1] + 1 : 2])):
        return ""
    first = 0
    streets = [at for at in range(0, ends[-1], 2) if _STREET.search(parts[at])]
    if streets and streets[0] and not any(map(str.isdigit, "".join(parts[: streets[0]]))):
        # "The Granary" is a house and has an article; what else stands before a street is a name.
        first = 0 if re.match(r"the\b", segment, re.IGNORECASE) else streets[0]
    return "".join(parts[first : ends[-1] + 1]).strip()


def _is_town(parts: list[str], at: int) -> bool:
    part = parts[at].strip()
    if _STREET.search(part) or _ROAD.search(part):
        return _CODED.fullmatch(part) is not None
    last = at + 1 == len(parts)
    state = last and at > 0 and len(parts[at - 2].split()) < 4 and _STATE.fullmatch(part)
    return bool(_CODED.fullmatch(part) or _TOWN.fullmatch(part) or state)


def _plain(text: str) -> bool:
    """Whether nothing but words and numbers is said."""
    return len(text) <= _LONG and all(value.kind in _ADDRESSED for value in values(text))


def _is_street(text: str) -> bool:
    numbered = re.search(r"^\d+\w?\b.*[^\W\d]{3}|[^\W\d]{3}.*\s\d+\s?\w?(?:[-–/]\d+\w?)?$", text)
    told = _STREET.search(text) or _ROAD.search(text)
    return bool(told or numbered) and _plain(text) and ":" not in text


def _is_town_name(text: str) -> bool:
    return _plain(text) and not _is_street(text)


def _is_further(text: str) -> bool:
    return _plain(text) and _FURTHER.match(text) is not None


def street_in(text: str) -> str:
    found = _STREET.search(text)
    return text.strip() if found and _plain(text) and ":" not in text else ""


def _whole(layout: Layout, number: int, spot: Spot, own: str) -> Place | None:
    """With the lines above that belong to it; none where a state is all there is."""
    lines = [Candidate(own, spot.index, 0)]
    top = spot
    parts = [part.strip() for part in own.split(",")]
    whole = any(_is_street(part) and not _is_town([part], 0) for part in parts)
    starts = spot.text.strip().startswith(own)
    row = layout.rows[number]
    left = row[row.index(spot) - 1] if spot is not row[0] else None
    if not whole and left is not None and _is_street(left.text):
        lines.insert(0, Candidate(left.text.strip(" ,"), left.index, 0))
        whole = True
    # The code may stand below its town.
    alone = len(parts) == 1 and re.fullmatch(r"\S{2,4} ?\S{3,4}", own) is not None
    above = [_is_town_name] * alone + [_is_street, _is_further]
    for fits in above if not whole and starts else ():
        over = _over(layout, top)
        if over is not None and fits(over.text):
            lines.insert(0, Candidate(over.text.strip(" ,"), over.index, 0))
            top, whole = over, whole or fits is _is_street
        elif fits is _is_street:
            break
    if not whole and _STATE.fullmatch(parts[-1]):
        return None
    pitch = (spot.middle - top.middle) / max(1, len(lines) - 1)
    return Place(tuple(lines), _above(layout, top, pitch), rank=0 if whole else 0.5)


def _over(layout: Layout, spot: Spot) -> Spot | None:
    return layout.above(layout.row_of(spot), spot, _REACH)


def _above(layout: Layout, spot: Spot, pitch: float = 0) -> tuple[Spot, ...]:
    """Lines as close to each other as an address is printed."""
    names: list[Spot] = []
    while len(names) < _NAMES and (over := _over(layout, spot)) is not None:
        apart = spot.middle - over.middle
        pitch = pitch or apart
        ends = in_line(over.text) or not _plain(over.text) or over.text[-1:] == ":"
        if ends or apart > 1.35 * pitch:
            break
        names.insert(0, over)
        spot = over
    return tuple(names)
