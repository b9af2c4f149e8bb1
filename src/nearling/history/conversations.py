"""Rows become turns, attempts and summaries again."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec

from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Citation,
    Message,
    Mode,
    Receipt,
    Route,
    Summary,
    Turn,
    TurnOutline,
    TurnStatus,
)
from nearling.core.geometry import Box
from nearling.core.media import Attachment, Medium
from nearling.core.outgoing import Edits
from nearling.core.writers import Zone
from nearling.history.attempts import pending_text
from nearling.history.moments import as_datetime, kept
from nearling.history.turns import unknown_turn

_SUMMARY = """id, title, (SELECT count(*) FROM turns WHERE conversation = c.id), updated,
    coalesce((SELECT substr(text, 1, 120) FROM attempts
              WHERE status = 'answered' AND turn = (SELECT id FROM turns WHERE conversation = c.id
                                                    ORDER BY number DESC LIMIT 1)
              ORDER BY number DESC LIMIT 1), ''),
    (SELECT count(*) FROM attachments JOIN turns ON turns.id = attachments.turn
     WHERE turns.conversation = c.id)"""
"""The columns of a Summary."""


def load_turn(connection: sqlite3.Connection, turn: str) -> Turn:
    """Raises NotFound."""
    row = connection.execute(
        "SELECT conversation, parent, question, local_only, status, note, created"
        " FROM turns WHERE id = ?",
        (turn,),
    ).fetchone()
    if row is None:
        raise unknown_turn()
    conversation, parent, question, local_only, status, note, created = row
    return Turn(
        id=turn,
        conversation=conversation,
        parent=parent,
        message=Message(question, _attachments(connection, turn), bool(local_only)),
        status=TurnStatus(status),
        attempts=_attempts(connection, "turn = ?", turn),
        created=as_datetime(created),
        note=note,
    )


def load_turns(connection: sqlite3.Connection, conversation: str) -> tuple[Turn, ...]:
    """Oldest first."""
    rows = connection.execute(
        "SELECT id FROM turns WHERE conversation = ? ORDER BY number", (conversation,)
    ).fetchall()
    return tuple(load_turn(connection, turn) for (turn,) in rows)


def load_outlines(connection: sqlite3.Connection, conversation: str) -> tuple[TurnOutline, ...]:
    """Oldest first."""
    rows = connection.execute(
        """SELECT id, length(question) + coalesce(
               (SELECT length(text) FROM attempts WHERE turn = turns.id ORDER BY number DESC), 0),
               (SELECT count(*) FROM attachments WHERE turn = turns.id)
           FROM turns WHERE conversation = ? ORDER BY number""",
        (conversation,),
    ).fetchall()
    return tuple(TurnOutline(*row) for row in rows)


def load_waiting(connection: sqlite3.Connection) -> tuple[Turn, ...]:
    """Oldest first."""
    rows = connection.execute(
        "SELECT id FROM turns WHERE status = ? ORDER BY number", (TurnStatus.WAITING,)
    ).fetchall()
    return tuple(load_turn(connection, turn) for (turn,) in rows)


def load_attempt(connection: sqlite3.Connection, attempt: str) -> Attempt:
    """`attempt` must exist."""
    return _attempts(connection, "id = ?", attempt)[0]


def load_summaries(
    connection: sqlite3.Connection, limit: int, before: datetime | None
) -> tuple[Summary, ...]:
    """Latest first; `before` continues after the last one of an earlier page."""
    rows = connection.execute(
        f"""SELECT {_SUMMARY} FROM conversations c WHERE ? IS NULL OR updated < ?
            ORDER BY updated DESC LIMIT ?""",  # noqa: S608 (a constant)
        (*(2 * [None if before is None else kept(before)]), limit),
    ).fetchall()
    return tuple(_summary(row) for row in rows)


def load_summary(connection: sqlite3.Connection, conversation: str) -> Summary:
    """`conversation` must exist."""
    row = connection.execute(
        f"SELECT {_SUMMARY} FROM conversations c WHERE id = ?",  # noqa: S608 (a constant)
        (conversation,),
    ).fetchone()
    return _summary(row)


def _summary(row: tuple[str, str, int, int, str, int]) -> Summary:
    id_, title, turns, updated, latest, attachments = row
    return Summary(id_, title, turns, as_datetime(updated), latest, attachments)


def _attachments(connection: sqlite3.Connection, turn: str) -> tuple[Attachment, ...]:
    rows = connection.execute(
        """SELECT medium, name, digest, size, spoken FROM attachments JOIN files USING (digest)
           WHERE turn = ? ORDER BY position""",
        (turn,),
    ).fetchall()
    return tuple(
        Attachment(Medium(medium), name, digest, size, bool(spoken))
        for medium, name, digest, size, spoken in rows
    )


def _attempts(connection: sqlite3.Connection, which: str, value: str) -> tuple[Attempt, ...]:
    rows = connection.execute(
        "SELECT id, writer, zone, route_reason, predicted_seconds, predicted_price, status, text,"  # noqa: S608 (`which` is one of two constants above)
        f" reason, receipt, edits FROM attempts WHERE {which} ORDER BY number",
        (value,),
    ).fetchall()
    return tuple(
        Attempt(
            id=id_,
            route=Route(writer, Zone(zone), why, seconds, price),
            status=AttemptStatus(status),
            text=text + pending_text(connection, id_),
            citations=_citations(connection, id_),
            receipt=None if receipt is None else msgspec.json.decode(receipt, type=Receipt),
            reason=reason,
            edits=Edits() if edits is None else msgspec.json.decode(edits, type=Edits),
        )
        for id_, writer, zone, why, seconds, price, status, text, reason, receipt, edits in rows
    )


def _citations(connection: sqlite3.Connection, attempt: str) -> tuple[Citation, ...]:
    rows = connection.execute(
        """SELECT source, digest, text, page, moment, box_left, box_top, box_right, box_bottom
           FROM citations WHERE attempt = ? ORDER BY number""",
        (attempt,),
    ).fetchall()
    return tuple(
        Citation(source, digest, text, None if box[0] is None else Box(*box), page, moment)
        for source, digest, text, page, moment, *box in rows
    )


def choose_writer(connection: sqlite3.Connection, conversation: str, writer: str | None) -> None:
    connection.execute("UPDATE conversations SET writer = ? WHERE id = ?", (writer, conversation))


def chosen_writer(connection: sqlite3.Connection, conversation: str) -> str | None:
    row = connection.execute(
        "SELECT writer FROM conversations WHERE id = ?", (conversation,)
    ).fetchone()
    chosen: str | None = row[0]
    return chosen


def choose_mode(connection: sqlite3.Connection, conversation: str, mode: Mode | None) -> None:
    connection.execute("UPDATE conversations SET mode = ? WHERE id = ?", (mode, conversation))


def chosen_mode(connection: sqlite3.Connection, conversation: str) -> Mode | None:
    row = connection.execute(
        "SELECT mode FROM conversations WHERE id = ?", (conversation,)
    ).fetchone()
    return None if row[0] is None else Mode(row[0])
