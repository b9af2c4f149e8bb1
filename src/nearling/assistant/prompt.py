"""Puts a prompt together from a question, what it is about and what was said before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from nearling.core.conversation import Turn
from nearling.core.prompt import Exchange, Prompt, Source


def build_prompt(question: str, sources: Iterable[Source], earlier: Iterable[Turn]) -> Prompt:
    """The prompt for `question`; `earlier` are the turns before it, oldest first."""
    past = tuple(earlier)
    exchanges = tuple(
        Exchange(turn.message.text, turn.answer.text) for turn in past if turn.answer is not None
    )
    since = takewhile(lambda turn: turn.answer is None, reversed(past))
    unanswered = tuple(turn.message.text for turn in since)[::-1]
    return Prompt(question, tuple(sources), exchanges, unanswered)
