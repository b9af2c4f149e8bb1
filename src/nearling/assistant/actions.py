"""Questions that have a name: those that Nearling brings, and those that a person has named."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.errors import UnusableQuestion
from nearling.core.language import gettext as _
from nearling.core.language import marked

_MOST, _LONGEST = 20, 60
BUILT_IN = {
    "read": marked("Write it down"),
    "explain": marked("Explain this error"),
    "table": marked("Extract the table"),
    "summarise": marked("Summarise this"),
}
"""As they are called in a command, each with what it asks."""


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    question: str


def words_of(name: str) -> str:
    """What the action that Nearling brings by this name asks, in the person's language."""
    return _(BUILT_IN[name])


def own_actions(lines: str) -> tuple[Action, ...]:
    """A line each, its name before its question.

    Lines that name no question are left out; a question may hold "=" itself.
    """
    found = []
    for line in lines.splitlines():
        name, equals, question = (part.strip() for part in line.partition("="))
        if equals and name and question:
            found.append(Action(name[:_LONGEST], question))
    return tuple(found[:_MOST])


def all_actions(lines: str) -> tuple[Action, ...]:
    """Those of `lines` first: what a person has named goes before what is brought."""
    brought = (Action(name, words_of(name)) for name in BUILT_IN)
    return (*own_actions(lines), *brought)


def action_called(name: str, lines: str) -> Action:
    """Raises UnusableQuestion where none is called so."""
    actions = all_actions(lines)
    wanted = name.strip().casefold()
    found = next((each for each in actions if each.name.casefold() == wanted), None)
    if found is None:
        raise UnusableQuestion(
            _("No action is called {name}.").format(name=name),
            _("There are: {names}.").format(names=", ".join(each.name for each in actions)),
        )
    return found
