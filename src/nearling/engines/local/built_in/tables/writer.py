"""Answers questions over tables by working them out; declines where a cell or a word is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.geometry import enclosing
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.quoting.stated import CLOSEST
from nearling.engines.local.built_in.quoting.words import any_marks, marks, terms
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.asked import Asked, Does, asked
from nearling.engines.local.built_in.tables.grid import Grid, grids
from nearling.engines.local.built_in.tables.naming import (
    NoRow,
    Strange,
    Unsure,
    named_columns,
)
from nearling.engines.local.built_in.tables.said import listed
from nearling.engines.local.built_in.tables.slot import Row
from nearling.engines.local.built_in.tables.working_out import answered

_NAME_THEM = marked("Name the column and the rows as the table calls them.")
_LIMITED = re.compile(rf"\b(?:{'|'.join(listed('bounds'))}|least|most|mindestens|hochstens)\b.*\d")
_COMPARED = re.compile(r"\b(?:\w+er|more|less|mehr)\b.* (?:than|als)\b")
_PRINTED = {Does.MEAN: "averag|durchschnitt|mittelwert", Does.MEDIAN: "median"}
"""How a line names what it has worked out itself."""


def table_data(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """What the cells of a table come to, or the rows that fit."""
    wanted = asked(prompt.question)
    for sources in _messages(prompt.sources):
        cancellation.check()
        found = grids(sources)
        if found:
            return None if _printed(wanted, sources) else _over(wanted, found)
    return None


def _messages(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """Sources that came together, those of this question first."""
    for _exchange, group in groupby(sources, key=lambda source: source.exchange):
        yield tuple(group)


def _printed(wanted: Asked, sources: Sequence[Source]) -> bool:
    """Whether a source says itself what would be worked out, as a line for the average does."""
    shape = _PRINTED.get(wanted.does)
    lines = (line.text for source in sources for line in source.reading.lines)
    return shape is not None and any(re.search(rf"(?i)\b(?:{shape})", line) for line in lines)


def _over(wanted: Asked, found: Sequence[Grid]) -> Reply | Declined | None:
    replies: list[tuple[int, Reply, Source]] = []
    doubts: list[Unsure] = []
    for grid in found:
        try:
            reply = answered(wanted, grid)
        except Unsure as unsure:
            doubts.append(unsure)
            continue
        if reply is not None:
            fit = sum(hit.strength for hit in named_columns(wanted, grid))
            replies.append((fit, reply, grid.source))
    near = [doubt for doubt in doubts if not isinstance(doubt, Strange | NoRow)]
    closest = _closest(wanted, found)
    best = [each for each in replies if each[0] == max(fit for fit, _r, _s in replies)]
    if len(best) == 1 and not near:
        return None if _totalled(wanted, best[0][1], found) else best[0][1]
    if len(best) > 1:
        places = ", ".join(dict.fromkeys(it.place or it.name for _f, _r, it in best))
        reason = _("More than one table could be meant: {places}.").format(places=places)
        return Declined(reason, closest, (_(_NAME_THEM),))
    missed = any(isinstance(doubt, NoRow) for doubt in doubts)
    firm = wanted.explicit or missed or _is_of_tables(wanted, found, near)
    if not (firm and doubts):
        return None
    return Declined(str((near or doubts)[0]), closest, (_(_NAME_THEM),))


def _closest(wanted: Asked, found: Sequence[Grid]) -> tuple[Citation, ...]:
    """The rows that share most words with the question, in the order they stand."""
    asked = any_marks(terms(wanted.plain))
    rows = [row for grid in found for row in grid.items]
    shared = [len(asked & marks(" ".join(slot.text for slot in row))) for row in rows]
    order = sorted(filter(shared.__getitem__, range(len(rows))), key=lambda n: -shared[n])
    return tuple(_cited(rows[n]) for n in order[:CLOSEST])


def _cited(row: Row) -> Citation:
    text = " | ".join(" ".join(slot.text.split()) for slot in row)
    source, box = row[0].source, enclosing(slot.box for slot in row if slot.box is not None)
    return Citation(source.name, source.reading.digest, text, box, source.page)


def _totalled(wanted: Asked, reply: Reply, found: Sequence[Grid]) -> bool:
    """Whether all items were added up though a total stands below them, as on a receipt."""
    loose = wanted.does is Does.SUM and not wanted.explicit
    whole = any(len(grid.items) == len(reply.citations) and not grid.sums for grid in found)
    return loose and whole and any(grid.sums for grid in found)


def _is_of_tables(wanted: Asked, found: Sequence[Grid], near: Sequence[Unsure]) -> bool:
    """Whether a question can only be about rows, so that a line that looks alike is no answer."""
    if _LIMITED.search(wanted.plain):
        return True
    if wanted.does is Does.COUNT:
        return any(named_columns(wanted, grid) for grid in found)
    if wanted.does is Does.EXTREME:
        return bool(near) or any(
            hit.strength == 2 for grid in found for hit in named_columns(wanted, grid, wanted.used)
        )
    return wanted.does is not Does.SUM and _COMPARED.search(wanted.plain) is not None
