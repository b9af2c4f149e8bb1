"""Reads shapes.txt: how people ask for each computation."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PART = re.compile(r"<([A-Z]+)>")
Shapes = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _lines() -> dict[str, list[tuple[str, str]]]:
    """The name and the shape of each line, by section, with the parts put in."""
    found: dict[str, list[tuple[str, str]]] = {}
    parts: dict[str, str] = {}
    for line in Path(__file__).with_name("shapes.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, _bar, shape = line.partition(" | ")
            shape = _PART.sub(lambda part: parts[part[1]], shape)
            found.setdefault(section, []).append((name, shape))
            if section == "parts":
                parts[name] = shape
    return found


@cache
def shapes(section: str) -> Shapes:
    """Which step is taken and when; the first that fits the whole of a question counts."""
    return tuple((name, re.compile(shape)) for name, shape in _lines()[section])


@cache
def part(name: str) -> re.Pattern[str]:
    """One of the parts that the others are made of."""
    return re.compile(dict(_lines()["parts"])[name])


def taken(section: str, text: str) -> tuple[str, re.Match[str]] | None:
    """The step to take, and what it is told."""
    for name, shape in shapes(section):
        found = shape.fullmatch(text)
        if found:
            return name, found
    return None
