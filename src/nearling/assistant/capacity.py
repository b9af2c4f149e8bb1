"""What a prepared message needs, and for which reasons a writer cannot serve it."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.assistant.prompt import render
from nearling.core.media import Medium
from nearling.core.prompt import Prompt
from nearling.core.writers import WriterProfile

_CHARACTERS_A_TOKEN = 3
"""Deliberately few, so that an estimate errs on the long side; a writer with a tokenizer of its
own counts exactly."""


@dataclass(frozen=True, slots=True)
class Needs:
    media: frozenset[Medium]
    """What is left after everything that can be read here has been read."""
    tokens: int
    """Of the whole prompt."""


def assess(prompt: Prompt) -> Needs:
    """The needs of a message whose pictures have all been read."""
    tokens = -(-len(render(prompt)) // _CHARACTERS_A_TOKEN)
    return Needs(frozenset({Medium.TEXT}), tokens)


def obstacle(needs: Needs, profile: WriterProfile) -> str | None:
    """Why this writer cannot take it however long it is given; None when it can."""
    foreign = needs.media - profile.accepts
    if foreign:
        names = " and ".join(sorted(foreign))
        return f"{profile.name} takes no {names}"
    if needs.tokens + profile.answer_tokens > profile.context_length:
        return (
            f"{profile.name} holds {profile.context_length:,} tokens; this needs "
            f"{needs.tokens + profile.answer_tokens:,}"
        )
    return None
