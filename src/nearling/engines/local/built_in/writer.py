"""The built-in writer: the first kind of question that feels asked answers or declines."""

from __future__ import annotations

from collections.abc import Iterator

from nearling.core.cancellation import Cancellation
from nearling.core.events import Cited, Declined, Delta, Finished, Written
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.comparing import compared
from nearling.engines.local.built_in.computing.computed import computed
from nearling.engines.local.built_in.describing.described import described
from nearling.engines.local.built_in.following.followed import followed
from nearling.engines.local.built_in.notes.explained import explained
from nearling.engines.local.built_in.orders import unswayed
from nearling.engines.local.built_in.placed import placed
from nearling.engines.local.built_in.quoting.writer import quoted
from nearling.engines.local.built_in.reply import Kind, Reply
from nearling.engines.local.built_in.summarising.summarised import summarised
from nearling.engines.local.built_in.tables.writer import table_data
from nearling.engines.local.built_in.whole_tables import whole_tables

_BY_THEMSELVES: tuple[Kind, ...] = (explained, computed, summarised, described, whole_tables)
"""These take nothing but questions that leave nothing out."""
KINDS: tuple[Kind, ...] = (*_BY_THEMSELVES, unswayed(table_data), unswayed(quoted))
"""In the order in which they are tried; the last one is never silent."""


class BuiltInWriter:
    """Fulfils Writer without a model."""

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        """An answer with its places, or Declined alone. Raises Cancelled."""
        reply = (
            unswayed(compared)(prompt, cancellation)
            or _by_itself(placed(prompt), cancellation)
            or followed(prompt, lambda asked: _answered(placed(asked), cancellation))
        )
        if isinstance(reply, Declined):
            yield reply
            return
        yield Delta(reply.text)
        yield from map(Cited, reply.citations)
        yield Finished(0, 0, means=reply.means)


def _by_itself(prompt: Prompt, cancellation: Cancellation) -> Reply | None:
    """What is asked in the middle of a conversation and leans on nothing."""
    kinds = _BY_THEMSELVES if prompt.exchanges or prompt.unanswered else ()
    asked = (kind(prompt, cancellation) for kind in kinds)
    return next((reply for reply in asked if isinstance(reply, Reply)), None)


def _answered(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined:
    for kind in KINDS:
        cancellation.check()
        reply = kind(prompt, cancellation)
        if reply is not None:
            return reply
    raise AssertionError("the last kind answers or declines")
