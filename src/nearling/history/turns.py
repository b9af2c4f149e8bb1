"""Opens, resumes and closes turns, each inside a write transaction that the caller began."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from nearling.core.conversation import Draft, TurnStatus
from nearling.core.errors import NotFound, StorageBusy
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.owner import Owner
from nearling.history.attempts import interrupt
from nearling.history.identity import conversation_id, new_id
from nearling.history.moments import now

TITLE_LENGTH = 60


def open_turn(
    connection: sqlite3.Connection, draft: Draft, attachments: Sequence[Attachment], owner: Owner
) -> str:
    """The new turn's id. Raises NotFound for an unknown conversation or parent."""
    moment = now()
    if draft.conversation is None:
        conversation = new_id()
        connection.execute(
            "INSERT INTO conversations (id, title, created, updated) VALUES (?, ?, ?, ?)",
            (conversation, _title(_words(draft)), moment, moment),
        )
    else:
        conversation = conversation_id(connection, draft.conversation)
        _touch(connection, conversation, moment)
    turn = new_id()
    connection.execute(
        """INSERT INTO turns (id, conversation, parent, question, local_only, status, created,
                              owner_pid, owner_started, owner_boot)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            turn,
            conversation,
            _parent(connection, conversation, draft.parent),
            draft.question,
            int(draft.local_only),
            TurnStatus.OPEN,
            moment,
            owner.pid,
            owner.started,
            owner.boot,
        ),
    )
    for position, attachment in enumerate(attachments):
        connection.execute(
            "INSERT OR IGNORE INTO files (digest, size) VALUES (?, ?)",
            (attachment.digest, attachment.size),
        )
        connection.execute(
            "INSERT INTO attachments (turn, position, medium, name, digest, spoken)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                turn,
                position,
                attachment.medium,
                attachment.name,
                attachment.digest,
                int(attachment.spoken),
            ),
        )
    _make_searchable(connection, turn, draft.question)
    return turn


def word(connection: sqlite3.Connection, turn: str, question: str) -> None:
    """A question that was spoken gets its words, and its conversation a title if it opened one.

    Raises NotFound.
    """
    row = connection.execute(
        "UPDATE turns SET question = ? WHERE id = ? RETURNING conversation, number",
        (question, turn),
    ).fetchone()
    if row is None:
        raise unknown_turn()
    connection.execute(
        """UPDATE conversations SET title = ? WHERE id = ?
           AND ? = (SELECT min(number) FROM turns WHERE conversation = conversations.id)""",
        (_title(question), *row),
    )
    _make_searchable(connection, turn, question)


def resume_turn(connection: sqlite3.Connection, turn: str, owner: Owner) -> None:
    """Make `owner` the one at work on it; what a dead owner left running is interrupted.

    Raises NotFound, or StorageBusy if a living process is at work on it.
    """
    present = owner_of(connection, turn)
    if present is not None and present.alive:
        raise StorageBusy(
            _("That question is being answered right now."),
            _("Wait until it is done, or stop it first."),
        )
    interrupt(connection, turn)
    connection.execute(
        """UPDATE turns SET status = ?, note = '', owner_pid = ?, owner_started = ?,
                            owner_boot = ? WHERE id = ?""",
        (TurnStatus.OPEN, owner.pid, owner.started, owner.boot, turn),
    )


def close_turn(connection: sqlite3.Connection, turn: str, status: TurnStatus, note: str) -> None:
    """Say how it ended and let go of it. Raises NotFound."""
    closed = connection.execute(
        """UPDATE turns SET status = ?, note = ?, owner_pid = NULL, owner_started = NULL,
                            owner_boot = NULL WHERE id = ? RETURNING conversation""",
        (status, note, turn),
    ).fetchall()
    if not closed:
        raise unknown_turn()
    _touch(connection, closed[0][0], now())


def owner_of(connection: sqlite3.Connection, turn: str) -> Owner | None:
    """Who is at work on an open turn; None for one that is not open. Raises NotFound."""
    row = connection.execute(
        "SELECT status, owner_pid, owner_started, owner_boot FROM turns WHERE id = ?", (turn,)
    ).fetchone()
    if row is None:
        raise unknown_turn()
    status, *owner = row
    return Owner(*owner) if status == TurnStatus.OPEN and owner[0] is not None else None


def open_turns(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All open turns of all processes, oldest first."""
    rows = connection.execute(
        "SELECT id FROM turns WHERE status = 'open' ORDER BY number"
    ).fetchall()
    return tuple(turn for (turn,) in rows)


def unknown_turn() -> NotFound:
    return NotFound(
        _("That question is not in the history."),
        _("It may have been forgotten; see `nearling history list`."),
    )


def _touch(connection: sqlite3.Connection, conversation: str, moment: int) -> None:
    connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (moment, conversation))


def _parent(connection: sqlite3.Connection, conversation: str, wanted: str | None) -> str | None:
    if wanted is None:
        latest = connection.execute(
            "SELECT id FROM turns WHERE conversation = ? ORDER BY number DESC LIMIT 1",
            (conversation,),
        ).fetchone()
        return latest[0] if latest else None
    found = connection.execute(
        "SELECT 1 FROM turns WHERE id = ? AND conversation = ?", (wanted, conversation)
    ).fetchone()
    if found is None:
        raise unknown_turn()
    return wanted


def _make_searchable(connection: sqlite3.Connection, turn: str, question: str) -> None:
    connection.execute("DELETE FROM passages WHERE turn = ? AND place = 'question'", (turn,))
    if question:
        connection.execute(
            "INSERT INTO passages (place, turn, body) VALUES ('question', ?, ?)", (turn, question)
        )


def _words(draft: Draft) -> str:
    """What to call it by: the question, else a file's name."""
    if draft.question.split():
        return draft.question
    if any(capture.spoken for capture in draft.captures):
        return _("Spoken question")
    return draft.captures[0].name if draft.captures else _("Untitled")


def _title(words: str) -> str:
    """The beginning of `words`, whole ones, at most 60 characters."""
    words = " ".join(words.split())
    if len(words) <= TITLE_LENGTH:
        return words
    cut = words[:TITLE_LENGTH]
    # One character is left for the ellipsis.
    return (cut.rpartition(" ")[0] or cut[: TITLE_LENGTH - 1]).rstrip(" ,;:.") + "…"
