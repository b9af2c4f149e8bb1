"""What a prepared message needs, and for which reasons a writer cannot serve it."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.chat import messages
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.numerals import whole
from nearling.core.prompt import Prompt
from nearling.core.writers import WriterProfile

_CHARACTERS_A_TOKEN = 3
"""Deliberately few, so that an estimate errs on the long side; a writer with a tokenizer of its
own counts exactly."""

_NAMES = {
    Medium.TEXT: marked("text"),
    Medium.PICTURE: marked("pictures"),
    Medium.CLIP: marked("clips"),
    Medium.DOCUMENT: marked("documents"),
}


@dataclass(frozen=True, slots=True)
class Needs:
    media: frozenset[Medium]
    """What is left after everything that can be read here has been read."""
    tokens: int
    """Of the whole prompt."""


def assess(prompt: Prompt) -> Needs:
    """The needs of a message whose pictures have all been read."""
    letters = sum(len(message.content) for message in messages(prompt))
    tokens = -(-letters // _CHARACTERS_A_TOKEN)
    return Needs(frozenset({Medium.TEXT}), tokens)


def obstacle(needs: Needs, profile: WriterProfile) -> str | None:
    """Why this writer cannot take it however long it is given; None when it can."""
    foreign = needs.media - profile.accepts
    if foreign:
        names = _(" and ").join(_(_NAMES[medium]) for medium in sorted(foreign))
        return _("{writer} takes no {media}.").format(writer=_(profile.name), media=names)
    if needs.tokens + profile.answer_tokens > profile.context_length:
        return _("{writer} holds {room} tokens; this needs {needed}.").format(
            writer=_(profile.name),
            room=whole(profile.context_length),
            needed=whole(needs.tokens + profile.answer_tokens),
        )
    return None
