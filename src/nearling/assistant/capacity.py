"""What a prepared message needs, and for which reasons a writer cannot serve it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nearling.assistant.compaction import essential
from nearling.assistant.surroundings import UNHINDERED, Surroundings
from nearling.core.cancellation import Cancellation
from nearling.core.chat import messages
from nearling.core.errors import EngineFailure, Refused
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.numerals import decimal, whole
from nearling.core.prompt import Prompt
from nearling.core.writers import WriterProfile

if TYPE_CHECKING:  # `nearling --help` names the rules, and loads nothing that runs
    from nearling.engines.pool import Candidate

LETTERS_A_TOKEN = 3
"""Deliberately few, so that an estimate errs on the long side; a writer with a tokenizer of its
own counts exactly."""
_SPARE = 512_000_000
"""Bytes that are left to what else is open, beside what a model takes."""

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
    )


def estimate(prompt: Prompt) -> int:
    """Tokens, on the long side."""
    letters = sum(len(message.content) for message in messages(prompt))
    return -(-letters // LETTERS_A_TOKEN)


def obstacle(
    needs: Needs,
    profile: WriterProfile,
    surroundings: Surroundings = UNHINDERED,
    *,
    whole_prompt: bool = False,
) -> str | None:
    """Why this writer cannot take it however long it is given; None when it can.

    With `whole_prompt` nothing of it may be left out.
    """
    return (
        _foreign(needs, profile)
        or _too_long(needs, profile, whole_prompt)
        or _too_large(profile, surroundings)
        or _unreachable(profile, surroundings)
    )


def _foreign(needs: Needs, profile: WriterProfile) -> str | None:
    foreign = needs.media - profile.accepts
    if not foreign:
        return None
    names = _(" and ").join(_(_NAMES[medium]) for medium in sorted(foreign))
    return _("{writer} takes no {media}.").format(writer=_(profile.name), media=names)


def _too_long(needs: Needs, profile: WriterProfile, whole_prompt: bool) -> str | None:
    size = needs.of(profile.id)
    tokens = (size.tokens if whole_prompt else size.essential) + profile.answer_tokens
    if tokens <= profile.context_length:
        return None
    return _("{writer} holds {room} tokens; this needs {needed}.").format(
        writer=_(profile.name), room=whole(profile.context_length), needed=whole(tokens)
    )


def _too_large(profile: WriterProfile, surroundings: Surroundings) -> str | None:
    free, needed = surroundings.free_memory, profile.memory + _SPARE
    if not profile.memory or free is None or needed <= free:
        return None
    # Rounded away from each other, so that what is needed never reads like what is there.
    return _("{writer} needs {needed} GB of free memory; {free} GB are free.").format(
        writer=_(profile.name),
        needed=decimal(math.ceil(needed / 1e8) / 10, 1),
        free=decimal(math.floor(free / 1e8) / 10, 1),
    )


def _unreachable(profile: WriterProfile, surroundings: Surroundings) -> str | None:
    broken = surroundings.broken.get(profile.endpoint)
    if profile.zone.leaves and broken is not None:
        return _("{writer} is not asked now: {reason}").format(
            writer=_(profile.name), reason=broken
        )
    if profile.over_network and surroundings.offline:
        return _("{writer} cannot be reached: this computer is offline.").format(
            writer=_(profile.name)
        )
    return None
