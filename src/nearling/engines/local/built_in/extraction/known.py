"""The fields known by name, as `fields.txt` tells them: how their labels read, what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.words import words
from nearling.engines.local.built_in.shapes import Shapes

_TOLD = Shapes(Path(__file__).with_name("fields.txt"))
_NO = dict(_TOLD.lines("parts"))["NO"]


@dataclass(frozen=True, slots=True)
class Known:
    asked: str
    """The names it is asked for by, without accents, parted by commas."""
    kinds: tuple[Kind, ...]
    """What its value looks like; none: a number or code of any kind."""
    labels: tuple[str, ...]
    """Regular expressions, the surest first."""
    never: str
    """A label that this stands in is another field's."""
    alone: bool
    """Whether a value needs no label where it is the only one of its kind."""
    last: bool
    """Of equally good ones the last counts, not the first."""


def _known(name: str, kind: Kind) -> Known:
    lines = _TOLD.lines(name)
    numbered = kind is Kind.CODE
    labels: list[str] = []
    for what, told in lines:
        if what == "thing":
            labels += (rf"(?:{told})(?:s|en)?[\s.-]*{_NO}\b", rf"(?:{told})\b")
        elif what == "label":
            labels.append(told)
    nevers = [told for what, told in lines if what == "never"]
    nevers += [told for _, told in _TOLD.lines("things")] if numbered else []
    never = "|".join(nevers) or r"(?!)"
    kinds = () if numbered else (kind,)
    takes = {told for what, told in lines if what == "takes"}
    asked = dict(lines)["asked"]
    return Known(asked, kinds, tuple(labels), never, "alone" in takes, "last" in takes)


FIELDS = {name: _known(name, Kind(kind)) for name, kind in _TOLD.lines("kinds")}
"""Fields whose value is told by its shape and its label."""
_NAMES = {name: field.asked for name, field in FIELDS.items()} | dict(_TOLD.lines("parties"))
"""Of these and of the fields that are told by where their value stands."""


def mark(name: str) -> re.Pattern[str]:
    """What else is told by its words."""
    return dict(_TOLD.section("marks"))[name]


@lru_cache(maxsize=256)
def meant(asked: str) -> str:
    """The known field that `asked` names, or ""."""
    plain = " ".join(words(asked))
    return next((name for name, all_ in _NAMES.items() if plain in all_.split(", ")), "")


def is_company_asked(asked: str) -> bool:
    """Whether the firm on a card would do, not just who sold something."""
    return " ".join(words(asked)) in ("company", "firma", "unternehmen", "company name", "business")


@lru_cache(maxsize=512)
def label_shape(label: str) -> re.Pattern[str]:
    """A label where it stands as whole words."""
    return re.compile(rf"(?<![^\W_])(?:{label})(?![^\W\d_])", re.IGNORECASE)
