"""The actions that a person has named: a line each, the name before its question."""

from __future__ import annotations

from dataclasses import dataclass

_MOST, _LONGEST = 20, 60


@dataclass(frozen=True, slots=True)
class Own:
    name: str
    question: str


def own_actions(lines: str) -> tuple[Own, ...]:
    """Lines that name no question are left out; a question may hold "=" itself."""
    found = []
    for line in lines.splitlines():
        name, equals, question = (part.strip() for part in line.partition("="))
        if equals and name and question:
            found.append(Own(name[:_LONGEST], question))
    return tuple(found[:_MOST])
