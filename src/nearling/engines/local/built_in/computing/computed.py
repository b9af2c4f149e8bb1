"""Works out what the question itself holds: numbers, units, dates, times and texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.computing.arithmetic import arithmetic
from nearling.engines.local.built_in.computing.asked import Asked, Unsure, Worked, levelled
from nearling.engines.local.built_in.computing.clock import clock
from nearling.engines.local.built_in.computing.dates import dates
from nearling.engines.local.built_in.computing.retold import retold
from nearling.engines.local.built_in.computing.shares import shares
from nearling.engines.local.built_in.computing.text_counts import (
    asks_about_sources,
    counts,
    text_given,
)
from nearling.engines.local.built_in.computing.units import units
from nearling.engines.local.built_in.computing.zones import zones
from nearling.engines.local.built_in.reply import Reply

_KINDS = (shares, units, zones, clock, dates, arithmetic)
_LONGEST = 400
"""Letters of a question that is nothing but a computation."""


def _this_computers() -> datetime:
    return datetime.now().astimezone()


def computed(
    prompt: Prompt, cancellation: Cancellation, now: Callable[[], datetime] = _this_computers
) -> Reply | Declined | None:
    """The steps and the result; None unless the whole of the question is a computation."""
    cancellation.check()
    text = text_given(prompt.question)
    if text is not None:
        return Reply(counts(text), Means.COMPUTED)
    if asks_about_sources(prompt.question) and prompt.sources:
        newest = prompt.sources[0].exchange
        texts = [source.reading.text for source in prompt.sources if source.exchange == newest]
        return Reply(counts("\n".join(texts)), Means.COUNTED)
    if len(prompt.question) > _LONGEST:
        return None
    try:
        worked = _worked_out(levelled(prompt.question, now, alone=not prompt.sources))
    except Unsure as unsure:
        return Declined(unsure.sentence, remedies=(unsure.remedy,) if unsure.remedy else ())
    return Reply("\n".join(worked), Means.COMPUTED) if worked is not None else None


def _worked_out(asked: Asked | None) -> Worked | None:
    """As it is asked, or as it can be told more plainly. Raises Unsure."""
    while asked is not None:
        for kind in _KINDS:
            worked = kind(asked)
            if worked is not None:
                return worked
        asked = retold(asked)
    return None
