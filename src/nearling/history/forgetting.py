"""Erases conversations so that no byte of them stays: rows, index, files, log and free pages.

Deleting rows leaves traces in the write-ahead log and in the search index, which only marks words
as gone, and may leave them in pages that SQLite has rearranged. So the index is built anew, VACUUM
writes every page afresh, and the log is emptied into the database and cut to nothing.
A note (`erasures`) is kept in the database until all of it is done: a crash in between is made
good at the next start.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence

from nearling.core.errors import StorageBusy
from nearling.core.language import gettext as _
from nearling.history.attachments import AttachmentStore
from nearling.history.database import COPIES, Database
from nearling.history.failures import busy
from nearling.history.identity import conversation_id
from nearling.history.moments import now
from nearling.history.turns import open_turns, owner_of


def forget_conversation(database: Database, attachments: AttachmentStore, conversation: str) -> int:
    """Both halves, as in those that follow; how many went."""
    with database.writing() as connection:
        chosen = [conversation_id(connection, conversation)]
        forget(connection, chosen)
    erase_traces(database, attachments)
    return len(chosen)


def forget_before(database: Database, attachments: AttachmentStore, moment: int) -> int:
    """Every conversation that nothing was added to since then."""
    with database.writing() as connection:
        rows = connection.execute("SELECT id FROM conversations WHERE updated < ?", (moment,))
        chosen = [id_ for (id_,) in rows.fetchall()]
        extracted = connection.execute("DELETE FROM extracted WHERE kept < ?", (moment,)).rowcount
        if chosen or extracted:
            forget(connection, chosen)
    erase_traces(database, attachments)
    return len(chosen)


def forget_everything(database: Database, attachments: AttachmentStore) -> int:
    with database.writing() as connection:
        rows = connection.execute("SELECT id FROM conversations")
        chosen = [id_ for (id_,) in rows.fetchall()]
        forget(connection, chosen)
        connection.execute("DELETE FROM connections")
        connection.execute("DELETE FROM extracted")
    erase_traces(database, attachments)
    return len(chosen)


def forget_recordings(database: Database, attachments: AttachmentStore, before: int) -> int:
    """The clips of questions spoken before that moment, whose words stay.

    A question that waits to be written down keeps its clip.
    """
    with database.writing() as connection:
        went = connection.execute(
            """DELETE FROM attachments WHERE spoken = 1 AND turn IN (
                SELECT id FROM turns WHERE created < ? AND question <> '' AND status <> 'open')""",
            (before,),
        ).rowcount
        if went:
            _let_go(connection)
    if went:
        erase_traces(database, attachments)
    return went


def forget(connection: sqlite3.Connection, conversations: Sequence[str]) -> None:
    """First half, in one transaction. Raises StorageBusy if one of them is being answered."""
    chosen = set(conversations)
    for turn in open_turns(connection):
        (conversation,) = connection.execute(
            "SELECT conversation FROM turns WHERE id = ?", (turn,)
        ).fetchone()
        owner = owner_of(connection, turn)
        if conversation in chosen and owner is not None and owner.alive:
            raise StorageBusy(
                _("A question in there is being answered right now."),
                _("Wait for the answer or cancel it, then forget again."),
            )
    connection.executemany(
        "DELETE FROM conversations WHERE id = ?", [(conversation,) for conversation in chosen]
    )
    _let_go(connection)


def _let_go(connection: sqlite3.Connection) -> None:
    """What nothing refers to any more is noted as to be erased."""
    connection.execute(
        """DELETE FROM extracted WHERE digest IN (SELECT digest FROM files
           WHERE digest NOT IN (SELECT digest FROM attachments))"""
    )
    connection.execute("DELETE FROM files WHERE digest NOT IN (SELECT digest FROM attachments)")
    connection.execute("INSERT INTO passages_index (passages_index) VALUES ('rebuild')")
    connection.execute("INSERT INTO erasures (asked) VALUES (?)", (now(),))


def erase_traces(database: Database, attachments: AttachmentStore) -> None:
    """Second half; does nothing unless something was forgotten since it was last done.

    The copies that Nearling made by itself go too: they hold what is to be forgotten. Raises
    StorageBusy while another process reads; the next call then finishes.
    """
    with database.writing() as connection:
        if not connection.execute("SELECT 1 FROM erasures").fetchone():
            return
        sweep(connection, attachments)
        copies = database.folder / COPIES
        if copies.exists():
            shutil.rmtree(copies)
    with database.alone() as connection:
        connection.execute("VACUUM")
        (blocked, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise busy()
    with database.writing() as connection:
        connection.execute("DELETE FROM erasures")


def sweep(connection: sqlite3.Connection, attachments: AttachmentStore) -> None:
    """Erase files without a row; inside a write transaction."""
    known = connection.execute("SELECT digest FROM files").fetchall()
    attachments.sweep(frozenset(digest for (digest,) in known))
