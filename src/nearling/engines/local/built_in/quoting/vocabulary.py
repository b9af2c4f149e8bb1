"""Reads the texts beside it: what things are called, and how people ask for them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def sections(name: str, folder: Path = Path(__file__).parent) -> Mapping[str, tuple[str, ...]]:
    """The lines at and under each [heading] of a text in `folder`, without comments."""
    found: dict[str, list[str]] = {}
    for line in (folder / name).read_text("utf-8").splitlines():
        heading = re.match(r"\[([a-z ]+)\] ?(.*)", line)
        if heading:
            found[heading[1]] = [heading[2]] if heading[2] else []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return {heading: tuple(lines) for heading, lines in found.items()}


def named_shapes(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    """What stands before and after the first | of each line: names and a regular expression."""
    return [(names, shape) for names, _, shape in (line.partition(" | ") for line in lines)]


def listed_ideas(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"#{name}" for line in lines for name in line.split())


def ideas(lines: tuple[str, ...]) -> list[tuple[str, list[str], bool]]:
    """Name, words and softness of each idea; its name is its first word if no colon follows."""
    found = []
    for idea in (part.strip() for line in lines for part in line.split(";")):
        name, colon, words = idea.partition(":")
        if not colon:
            name, words = idea.split(",")[0].replace(" ", ""), idea
        found.append(("#" + name.strip("~"), words.split(","), name.startswith("~")))
    return found
