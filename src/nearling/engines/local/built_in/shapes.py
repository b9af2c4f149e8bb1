"""How people ask, as regular expressions in a text file beside the code that answers.

Lines of a [section] are `name | expression`; those of [parts] stand for <NAME> in all that follow.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

_PART = re.compile(r"<([A-Z]+)>")


class Shapes:
    """The shapes of one file; read and compiled when they are first needed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._compiled: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}

    def lines(self, section: str) -> list[tuple[str, str]]:
        """As they stand there, with the parts put in."""
        return self._lines[section]

    @cached_property
    def _lines(self) -> dict[str, list[tuple[str, str]]]:
        """The name and the shape of each line, by section, with the parts put in."""
        found: dict[str, list[tuple[str, str]]] = {}
        parts: dict[str, str] = {}
        section = ""
        for line in self._file.read_text("utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith("#"):
                name, _bar, shape = line.partition(" | ")
                shape = _PART.sub(lambda part: parts[part[1]], shape)
                found.setdefault(section, []).append((name, shape))
                if section == "parts":
                    parts[name] = shape
        return found

    def section(self, name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        if name not in self._compiled:
            self._compiled[name] = tuple(
                (step, re.compile(shape)) for step, shape in self._lines[name]
            )
        return self._compiled[name]

    def part(self, name: str) -> re.Pattern[str]:
        return dict(self.section("parts"))[name]

    def mentioned(self, section: str, text: str) -> bool:
        """Whether a line of it fits some part of `text`."""
        return any(shape.search(text) for _name, shape in self.section(section))

    def taken(self, section: str, text: str) -> tuple[str, re.Match[str]] | None:
        """The first line that fits the whole of `text`: its name, and what it found."""
        for name, shape in self.section(section):
            found = shape.fullmatch(text)
            if found:
                return name, found
        return None
