"""What is said of an answer beside it: why that is so, and what a price is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.matching import like
from nearling.engines.local.built_in.quoting.passages import passages
from nearling.engines.local.built_in.quoting.values import Kind, values
from nearling.engines.local.built_in.quoting.words import Term, marks
from nearling.engines.local.built_in.reply import Reply

_LEAST = 1.0
"""A word that counts must stand beside it, not just in the heading."""


def remark(
    shape: re.Pattern[str], about: Sequence[Term], sources: Sequence[Source]
) -> Reply | None:
    """The part that fits `shape` of the only row or sentence that says most of what it is about."""
    found: list[tuple[float, str, Reply]] = []
    for source in sources:
        for passage in passages(source.reading):
            fits = [
                (fit.start() + each.start, each)
                for each in passage.clauses
                if (fit := shape.search(each.text))
            ]
            near, above = marks(passage.whole), marks(passage.heading)
            asked = [like(term, near | above) for term in about]
            points = sum(
                (0.3 if term.soft else 1.0) * (1.0 if term.marks & near else 0.5)
                for term in asked
                if term.marks & (near | above)
            )
            if len(fits) == 1 and points >= _LEAST:
                start, clause = fits[0]
                # With the price that it is said of; a reason goes on to the end of its sentence.
                priced = [it.start for it in values(passage.text[:start]) if it.kind is Kind.MONEY]
                start = max([clause.start, *priced]) if passage.row or priced else start
                end = clause.start + len(clause.text)
                end = end if passage.row or priced else len(passage.text)
                text = passage.text[start:end].strip(" ,;.")
                places = tuple(citation(source, line) for line in passage.lines(start, end))
                found.append((points, text, Reply(text, Means.QUOTED, places)))
    most = max((points for points, _text, _reply in found), default=0.0)
    best = {text: reply for points, text, reply in found if points == most}
    return next(iter(best.values())) if len(best) == 1 else None
