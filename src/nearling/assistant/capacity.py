"""What a prepared message needs, and for which reasons a writer cannot serve it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nearling.assistant.compaction import essential
from nearling.core.cancellation import Cancellation
from nearling.core.chat import messages
from nearling.core.errors import EngineFailure, Refused
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.numerals import whole
from nearling.core.prompt import Prompt
from nearling.core.writers import WriterProfile

if TYPE_CHECKING:  # `nearling --help` names the rules, and loads nothing that runs
    from nearling.engines.pool import Candidate

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
class Size:
    """In tokens."""

    tokens: int
    """Of the whole prompt."""
    essential: int
    """Of the question and what came with it, which can never be left out."""


@dataclass(frozen=True, slots=True)
class Needs:
    media: frozenset[Medium]
    """What is left after everything that can be read here has been read."""
    size: Size
    """An estimate on the long side."""
    sources: bool = False
    """Whether there is anything to quote."""
    counted: Mapping[str, Size] = field(default_factory=dict)
    """Exactly, by the writer's id, where it was counted."""

    def of(self, writer: str) -> Size:
        return self.counted.get(writer, self.size)


def assess(prompt: Prompt, candidates: Iterable[Candidate], cancellation: Cancellation) -> Needs:
    """The needs of a message whose pictures have all been read.

    Counts exactly only for writers that, by the estimate, could be too small. Raises Cancelled.
    """
    needs = estimated(prompt)
    counted = {}
    for candidate in candidates:
        profile, counter = candidate.profile, candidate.counter
        if (
            counter is not None
            and needs.size.tokens + profile.answer_tokens > profile.context_length
        ):
            with suppress(Refused, EngineFailure):  # whoever asks it will be told
                counted[profile.id] = Size(
                    counter.count(prompt, cancellation),
                    counter.count(essential(prompt), cancellation),
                )
    return replace(needs, counted=counted)


def estimated(prompt: Prompt) -> Needs:
    """Without counting exactly for anybody."""
    return Needs(
        frozenset({Medium.TEXT}),
        Size(estimate(prompt), estimate(essential(prompt))),
        bool(prompt.sources),
    )


def estimate(prompt: Prompt) -> int:
    """Tokens, on the long side."""
    letters = sum(len(message.content) for message in messages(prompt))
    return -(-letters // _CHARACTERS_A_TOKEN)


def obstacle(needs: Needs, profile: WriterProfile, *, whole_prompt: bool = False) -> str | None:
    """Why this writer cannot take it however long it is given; None when it can.

    With `whole_prompt` nothing of it may be left out.
    """
    foreign = needs.media - profile.accepts
    if foreign:
        names = _(" and ").join(_(_NAMES[medium]) for medium in sorted(foreign))
        return _("{writer} takes no {media}.").format(writer=_(profile.name), media=names)
    size = needs.of(profile.id)
    tokens = (size.tokens if whole_prompt else size.essential) + profile.answer_tokens
    if tokens > profile.context_length:
        return _("{writer} holds {room} tokens; this needs {needed}.").format(
            writer=_(profile.name),
            room=whole(profile.context_length),
            needed=whole(tokens),
        )
    return None
