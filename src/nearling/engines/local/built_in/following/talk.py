"""A question that leans on the one before it, with all that is known of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.following.cells import Cell, cell_of
from nearling.engines.local.built_in.following.leaning import Leaning
from nearling.engines.local.built_in.placed import without_place
from nearling.engines.local.built_in.quoting.words import Term, terms
from nearling.engines.local.built_in.reply import Reply

Ask = Callable[[Prompt], Reply | Declined]
"""Asks without what was said before."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A question, the one it leans on, and what both are about."""

    said: Leaning
    before: str
    """In full."""
    answer: str
    place: Cell | None
    """Where the answer stands, if that is sure."""
    sources: tuple[Source, ...]
    """Of the answer before, or those that came with this question."""
    others: tuple[Source, ...]
    answers: tuple[str, ...]
    """To the questions before this one, oldest first."""
    ask: Ask

    def cell(self, reply: Reply | None) -> Cell | None:
        """Where it stands, if it is quoted."""
        if reply is None or reply.means is not Means.QUOTED or not reply.citations:
            return None
        return cell_of(reply.text, reply.citations[0], (*self.sources, *self.others))

    def asked(self, question: str, sources: tuple[Source, ...] = ()) -> Reply | None:
        reply = self.ask(Prompt(question, sources or self.sources))
        return reply if isinstance(reply, Reply) else None


def needed(text: str) -> tuple[Term, ...]:
    """The words of `text` that must be there."""
    found = terms(without_place(text))
    return tuple(term for term in found if not term.soft) or found
