"""The rows of the conversation list: by day when nothing is searched, else what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from nearling.core.conversation import Hit, Place, Summary
from nearling.core.language import gettext as _
from nearling.core.language import marked, ngettext


@dataclass(frozen=True, slots=True)
class Row:
    """A heading has no conversation."""

    title: str
    conversation: str = ""
    below: str = ""
    turn: str = ""
    """Where a search found it."""
    picture: bool = False


_FOUND_IN = {
    Place.QUESTION: marked("question"),
    Place.ANSWER: marked("answer"),
    Place.ATTACHMENT: marked("in the picture"),
}


def by_day(summaries: Iterable[Summary], now: datetime) -> tuple[Row, ...]:
    """`summaries` latest first, under headings; `now` is aware and in the person's time zone."""
    rows: list[Row] = []
    heading = ""
    for summary in summaries:
        group = _group(summary.updated.astimezone(now.tzinfo), now)
        if group != heading:
            heading = group
            rows.append(Row(heading))
        below = one_line(summary.latest) or _("No answer yet")
        rows.append(
            Row(one_line(summary.title), summary.id, below, picture=bool(summary.attachments))
        )
    return tuple(rows)


def found(hits: Iterable[Hit]) -> tuple[Row, ...]:
    rows = [
        Row(
            one_line(hit.title),
            hit.conversation,
            f"{_(_FOUND_IN[hit.place])}: {one_line(hit.snippet)}",
            hit.turn,
            hit.place is Place.ATTACHMENT,
        )
        for hit in hits
    ]
    heading = ngettext("{n} found", "{n} found", len(rows)) if rows else _("Nothing found")
    return (Row(heading.format(n=len(rows))), *rows)


def one_line(text: str) -> str:
    return " ".join(text.split())


def _group(moment: datetime, now: datetime) -> str:
    days = (now.date() - moment.date()).days
    if days <= 0:
        return _("TODAY")
    if days == 1:
        return _("YESTERDAY")
    if moment.date() > (now - timedelta(days=7)).date():
        return _("THIS WEEK")
    return _("EARLIER")
