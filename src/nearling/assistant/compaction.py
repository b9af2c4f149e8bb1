"""Leaves out of a prompt what a small context cannot hold, oldest first, and says what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from nearling.assistant.leafing import leafed
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.prompt import Prompt

_BLOCK = 4
"""Exchanges go four at a time: so a prompt begins with the same words for some turns, and what a
model has computed for them can be taken over."""


def essential(prompt: Prompt) -> Prompt:
    """What can never be left out: the question and what came with it, one page of a document."""
    brought = tuple(source for source in prompt.sources if source.exchange is None)
    return leafed(Prompt(prompt.question, brought), 0)[0]


def compacted(
    prompt: Prompt, room: int, count: Callable[[Prompt], int]
) -> tuple[Prompt, tuple[str, ...]]:
    """The most of `prompt` that `count` finds to fit into `room` tokens, and what was left out.

    First earlier exchanges go, then their sources. The essential prompt is returned even if it
    is too long.
    """
    if count(prompt) <= room:
        return prompt, ()
    steps = _steps(prompt)
    fitting = bisect_left(steps, True, key=lambda step: count(_without(prompt, *step)) <= room)
    step = steps[min(fitting, len(steps) - 1)]
    return _without(prompt, *step), _told(*step)


def _steps(prompt: Prompt) -> list[tuple[int, int]]:
    """How many exchanges and sources go, in the order in which that is tried."""
    exchanges = len(prompt.exchanges)
    older = sum(source.exchange is not None for source in prompt.sources)
    blocks = [*range(_BLOCK, exchanges, _BLOCK), exchanges]
    return [(number, 0) for number in blocks] + [
        (exchanges, number) for number in range(1, older + 1)
    ]


def _without(prompt: Prompt, exchanges: int, sources: int) -> Prompt:
    """Without the oldest of both; what a lost exchange brought comes with the next one."""
    left = len(prompt.exchanges) - exchanges
    older = [source for source in prompt.sources if source.exchange is not None]
    gone = older[len(older) - sources :]
    kept = []
    for source in prompt.sources:
        if source in gone:
            continue
        exchange = source.exchange
        if exchange is not None:
            exchange = max(0, exchange - exchanges) if left else None
        kept.append(replace(source, exchange=exchange))
    return Prompt(prompt.question, tuple(kept), prompt.exchanges[exchanges:])


def _told(exchanges: int, sources: int) -> tuple[str, ...]:
    told = []
    if exchanges:
        told.append(
            ngettext(
                "{count} earlier question and its answer were left out.",
                "{count} earlier questions and their answers were left out.",
                exchanges,
            ).format(count=whole(exchanges))
        )
    if sources:
        told.append(
            ngettext(
                "{count} earlier picture or recording was left out.",
                "{count} earlier pictures or recordings were left out.",
                sources,
            ).format(count=whole(sources))
        )
    return tuple(told)
