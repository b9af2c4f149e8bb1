"""Puts a backup in the place of everything; all of it is checked before anything is changed."""

from __future__ import annotations

import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nearling.core.errors import NotFound, StorageBusy, StorageDamaged
from nearling.core.language import gettext as _
from nearling.history.attachments import AttachmentStore, is_digest
from nearling.history.backup import ATTACHMENTS, LOST, back_up_here, digests_in
from nearling.history.database import NAME, Database
from nearling.history.failures import told
from nearling.history.forgetting import sweep
from nearling.history.inspection import version_of
from nearling.history.migrations import MIGRATIONS, migrate
from nearling.history.turns import open_turns, owner_of

_CHUNK = 1 << 20


def restore(database: Database, attachments: AttachmentStore, source: Path) -> Path | None:
    """Returns where a backup of what was there before lies, None if there was nothing.

    Raises NotFound, StorageDamaged, StorageNewer, or StorageBusy while a question is being
    answered; then nothing was changed.
    """
    with _opened(source) as archive, attachments.temporary() as incoming, told(database.folder):
        _extract(archive, incoming, source)
        _check(incoming, source)
        lost = frozenset(
            b"".join(_chunks(archive, LOST, source)).decode("ascii", "replace").split()
        )
        digests = tuple(digest for digest in digests_in(incoming) if digest not in lost)
        if not all(map(is_digest, digests)):
            raise _unusable(source)
        contents = (_chunks(archive, ATTACHMENTS + digest, source) for digest in digests)
        with attachments.staged(contents) as arrivals:
            if [staged.digest for staged in arrivals] != list(digests):
                raise _unusable(source)
            before = _keep_present(database, attachments)
            with _attached(database, incoming), database.writing() as connection:
                _refuse_if_answering(connection)
                _replace_rows(connection)
                attachments.settle(arrivals)
        with database.writing() as connection:
            sweep(connection, attachments)
    return before


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    if not source.exists():
        raise NotFound(
            _("There is no backup at {source}.").format(source=source),
            _("Check its name and try again."),
        )
    try:
        with told(source):
            archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        raise _unusable(source) from error
    with archive:
        yield archive


def _chunks(archive: zipfile.ZipFile, name: str, source: Path) -> Iterator[bytes]:
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    # In turn: no such member; broken; broken; cut short; encrypted or packed in an unknown way.
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise _unusable(source) from error


def _extract(archive: zipfile.ZipFile, incoming: Path, source: Path) -> None:
    handle = os.open(incoming, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.writelines(_chunks(archive, NAME, source))


def _check(incoming: Path, source: Path) -> None:
    """Bring it to our version and see that it is whole and has our tables."""
    try:
        version = version_of(incoming, len(MIGRATIONS))
    except StorageDamaged as error:
        raise _unusable(source) from error
    if version == 0:
        raise _unusable(source)
    with (
        closing(sqlite3.connect(incoming, isolation_level=None)) as connection,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as model,
    ):
        migrate(connection, None)
        migrate(model, None)
        if connection.execute("PRAGMA foreign_key_check").fetchone() or _columns(
            connection
        ) != _columns(model):
            raise _unusable(source)


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        """SELECT tables.name, columns.name
           FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
           WHERE tables.type = 'table' ORDER BY tables.name, columns.cid"""
    ).fetchall()


def _keep_present(database: Database, attachments: AttachmentStore) -> Path | None:
    with database.reading() as connection:
        _refuse_if_answering(connection)
        if not connection.execute("SELECT 1 FROM conversations").fetchone():
            return None
    return back_up_here(database, attachments, "before-restore")


@contextmanager
def _attached(database: Database, incoming: Path) -> Iterator[None]:
    with database.alone() as connection:
        connection.execute("ATTACH ? AS incoming", (str(incoming),))
        try:
            yield
        finally:
            connection.execute("DETACH incoming")


def _refuse_if_answering(connection: sqlite3.Connection) -> None:
    for turn in open_turns(connection):
        owner = owner_of(connection, turn)
        if owner is not None and owner.alive:
            raise StorageBusy(
                _("A question is being answered right now."),
                _("Wait for the answer or cancel it, then restore again."),
            )


def _replace_rows(connection: sqlite3.Connection) -> None:
    """Table by table in one transaction: other processes see all of the old or all of the new."""
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'passages_index%' AND name <> 'erasures'"
    ).fetchall()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    # The names come from our own schema. Triggers keep the search index in step.
    for (table,) in tables:
        connection.execute(f"DELETE FROM main.{table}")  # noqa: S608
    for (table,) in tables:
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM incoming.{table}")  # noqa: S608
    # Whoever was at work on a turn when the backup was made is not at work on this copy of it.
    connection.execute("UPDATE turns SET owner_pid = NULL WHERE status = 'open'")


def _unusable(source: Path) -> StorageDamaged:
    return StorageDamaged(
        _("{source} is not a whole Nearling backup; nothing was changed.").format(source=source),
        _("Choose another backup."),
    )
