"""How the schema came to be: a list that only ever grows at its end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nearling.history.documents_schema import documents_schema
from nearling.history.endpoints_schema import endpoints_schema
from nearling.history.extracted_schema import extracted_schema
from nearling.history.failures import damaged
from nearling.history.first_schema import first_schema
from nearling.history.folders import private_folder
from nearling.history.inspection import APPLICATION
from nearling.history.recordings_schema import recordings_schema
from nearling.history.snapshot import snapshot
from nearling.history.writers_schema import writers_schema

Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[Migration, ...] = (
    first_schema,
    recordings_schema,
    writers_schema,
    endpoints_schema,
    documents_schema,
    extracted_schema,
)
"""A migration's place in this list, counted from 1, is the version it leads to."""


def migrate(
    connection: sqlite3.Connection,
    copies: Path | None,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Bring the database to the newest version, one transaction a step.

    Before each step a copy of what was there is left in the folder `copies`, unless that is None.
    """
    began = schema_version(connection)
    for version, migration in enumerate(migrations, start=1):
        present = schema_version(connection)
        if present >= version:
            continue
        if began and copies is not None:
            private_folder(copies)
            moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            snapshot(connection, copies / f"before-version-{version}-{moment}.sqlite3")
        _step(connection, migration, version)
    if began < len(migrations):
        # The version in the file's own header, so that an older Nearling can refuse it by a look.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _step(connection: sqlite3.Connection, migration: Migration, version: int) -> None:
    # Off, because a step may have to rebuild a table that others point to.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker while this one waited for the lock.
        if schema_version(connection) < version:
            migration(connection)
            _ensure_references(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _ensure_references(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        (_, _, path) = connection.execute("PRAGMA database_list").fetchone()
        raise damaged(Path(path))
