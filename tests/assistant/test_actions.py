"""Named questions: a person's own and those that are brought, found by name."""

from __future__ import annotations

import pytest

from nearling.assistant.actions import BUILT_IN, Action, action_called, all_actions, own_actions
from nearling.core.errors import UnusableQuestion


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("", ()),
        ("a=b", (Action("a", "b"),)),
        (
            " Due = When?\n\nWho = Who pays & why?",
            (Action("Due", "When?"), Action("Who", "Who pays & why?")),
        ),
        ("no question =\n= no name\nnothing", ()),
    ],
)
def test_own_actions_are_a_line_each(lines: str, found: tuple[Action, ...]) -> None:
    assert own_actions(lines) == found


@pytest.mark.parametrize("name", BUILT_IN)
def test_those_that_are_brought_have_names_too(name: str) -> None:
    assert action_called(name, "Due = When?") == Action(name, BUILT_IN[name])


def test_what_a_person_named_goes_first() -> None:
    own = Action("Read", "What is printed in bold?")
    assert action_called(" read", "Read = What is printed in bold?") == own
    assert all_actions("Due = When?")[0] == Action("Due", "When?")


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(UnusableQuestion) as told:
        action_called("translate", "Due = When?")
    assert told.value.sentence == "No action is called translate."
    assert told.value.remedy == "There are: Due, read, explain, table, summarise."
