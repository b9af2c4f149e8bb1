"""Opens, fills and closes attempts, each inside a write transaction that the caller began."""

from __future__ import annotations

import sqlite3

import msgspec

from nearling.core.conversation import AttemptStatus, Citation, Receipt, Route
from nearling.core.errors import NotFound
from nearling.core.language import gettext as _
from nearling.core.outgoing import Edits
from nearling.history.identity import new_id


def open_attempt(
    connection: sqlite3.Connection,
    turn: str,
    route: Route,
    status: AttemptStatus = AttemptStatus.RUNNING,
    *,
    edits: Edits | None = None,
    fingerprint: str | None = None,
) -> str:
    """The new attempt's id; `turn` must exist. One that waited for consent is replaced by it."""
    attempt = new_id()
    withdraw(connection, turn)
    connection.execute(
        """INSERT INTO attempts (id, turn, writer, zone, route_reason, predicted_seconds,
                                 predicted_price, status, edits, fingerprint)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            attempt,
            turn,
            route.writer,
            route.zone,
            route.reason,
            route.predicted_seconds,
            route.predicted_price,
            status,
            None if edits is None else msgspec.json.encode(edits).decode(),
            fingerprint,
        ),
    )
    return attempt


def withdraw(connection: sqlite3.Connection, turn: str) -> None:
    """What waited for consent is gone; it never held a word."""
    connection.execute("DELETE FROM attempts WHERE turn = ? AND status = 'waiting'", (turn,))


def keep_edits(connection: sqlite3.Connection, attempt: str, edits: Edits) -> None:
    """Raises NotFound unless it waits for consent."""
    kept = connection.execute(
        "UPDATE attempts SET edits = ? WHERE id = ? AND status = 'waiting'",
        (msgspec.json.encode(edits).decode(), attempt),
    )
    if kept.rowcount == 0:
        raise _not_waiting()


def answered_before(connection: sqlite3.Connection, fingerprint: str) -> str | None:
    """The latest attempt that answered the same, whole."""
    row = connection.execute(
        """SELECT id FROM attempts WHERE fingerprint = ? AND status = 'answered'
           ORDER BY number DESC LIMIT 1""",
        (fingerprint,),
    ).fetchone()
    return None if row is None else str(row[0])


def append(connection: sqlite3.Connection, attempt: str, text: str) -> None:
    """Keep the next piece of its answer. Raises NotFound unless it is running."""
    kept = connection.execute(
        "INSERT INTO deltas (attempt, text)"
        " SELECT id, ? FROM attempts WHERE id = ? AND status = 'running'",
        (text, attempt),
    )
    if kept.rowcount == 0:
        raise _not_running()


def cite(connection: sqlite3.Connection, attempt: str, citation: Citation) -> None:
    """Keep the next place its answer rests on. Raises NotFound unless it is running."""
    box = citation.box.as_list() if citation.box else [None] * 4
    kept = connection.execute(
        """INSERT INTO citations (attempt, source, digest, text, page, moment,
                                  box_left, box_top, box_right, box_bottom)
           SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM attempts
           WHERE id = ? AND status = 'running'""",
        (
            citation.source,
            citation.digest,
            citation.text,
            citation.page,
            citation.moment,
            *box,
            attempt,
        ),
    )
    if kept.rowcount == 0:
        raise _not_running()


def close_attempt(
    connection: sqlite3.Connection,
    attempt: str,
    status: AttemptStatus,
    receipt: Receipt | None,
    reason: str,
) -> None:
    """Join its pieces and make them searchable. Raises NotFound; closing again corrects."""
    row = connection.execute("SELECT turn, text FROM attempts WHERE id = ?", (attempt,)).fetchone()
    if row is None:
        raise _not_running()
    turn, text = row[0], row[1] + pending_text(connection, attempt)
    connection.execute(
        "UPDATE attempts SET status = ?, text = ?, reason = ?, receipt = ? WHERE id = ?",
        (
            status,
            text,
            reason,
            None if receipt is None else msgspec.json.encode(receipt).decode(),
            attempt,
        ),
    )
    connection.execute("DELETE FROM deltas WHERE attempt = ?", (attempt,))
    connection.execute("DELETE FROM passages WHERE attempt = ?", (attempt,))
    if text:
        connection.execute(
            "INSERT INTO passages (place, turn, attempt, body) VALUES ('answer', ?, ?, ?)",
            (turn, attempt, text),
        )


def interrupt(connection: sqlite3.Connection, turn: str) -> None:
    """Close every attempt of `turn` that still seems to run: nobody is at work on it."""
    running = connection.execute(
        "SELECT id FROM attempts WHERE turn = ? AND status = 'running'", (turn,)
    ).fetchall()
    for (attempt,) in running:
        close_attempt(connection, attempt, AttemptStatus.INTERRUPTED, None, _("Interrupted."))


def pending_text(connection: sqlite3.Connection, attempt: str) -> str:
    """What was appended since it was opened and is not joined yet."""
    rows = connection.execute(
        "SELECT text FROM deltas WHERE attempt = ? ORDER BY number", (attempt,)
    ).fetchall()
    return "".join(text for (text,) in rows)


def _not_waiting() -> NotFound:
    return NotFound(
        _("That question no longer waits for your consent."),
        _("Ask again; see `nearling history list` for what is kept."),
    )


def _not_running() -> NotFound:
    return NotFound(
        _("That answer is no longer being written."),
        _("Ask again; see `nearling history list` for what is kept."),
    )
