"""The one connection of a process: pragmas, transactions and the lock around them.

One connection behind one lock, not one a thread: SQLite lets a single writer in at a time anyway,
every statement here takes well under a millisecond, and there is one thing to close.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nearling.history.failures import BUSY_CODES, newer, told
from nearling.history.folders import private_file, private_folder
from nearling.history.inspection import version_of
from nearling.history.migrations import MIGRATIONS, Migration, migrate, schema_version

NAME = "history.sqlite3"
COPIES = "backups"
"""Where the copies made before a migration or a restoration lie."""

_BUSY_SECONDS = 5.0
_GLANCE_SECONDS = 0.01


class _Connection(sqlite3.Connection):
    """Takes any str: a name from a disk may hold lone surrogates, which UTF-8 cannot."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return super().execute(sql, tuple(map(_storable, parameters)))


class Database:
    def __init__(self, folder: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open, create or migrate the database in `folder`.

        Raises StorageUnwritable, StorageFull, StorageBusy; StorageNewer or StorageDamaged, and
        then nothing was changed.
        """
        self.folder = folder
        self.version = len(migrations)
        self._lock = threading.RLock()
        self._durable = True
        path = folder / NAME
        with told(folder):
            private_folder(folder)
            version_of(path, self.version)
            private_file(path)
            self._connection = _connect(path)
            try:
                _prepare(self._connection)
                migrate(self._connection, folder / COPIES, migrations)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        with self._lock, told(self.folder):
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging view of everything, whatever other processes write meanwhile."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """All of it or nothing.

        `durable` waits until it would survive a power cut; without, it survives the death of
        this process and costs a tenth. Raises StorageNewer if another process migrated meanwhile.
        """
        with self._lock, told(self.folder):
            if durable is not self._durable:
                mode = "FULL" if durable else "NORMAL"
                self._connection.execute(f"PRAGMA synchronous = {mode}")
                self._durable = durable
            with self._transaction("BEGIN IMMEDIATE") as connection:
                if schema_version(connection) != self.version:
                    raise newer(self.folder)
                yield connection

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The connection outside a transaction, for VACUUM, ATTACH and checkpoints."""
        with self._lock, told(self.folder):
            yield self._connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self.folder):
            connection = self._connection
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        timeout=_BUSY_SECONDS,
        isolation_level=None,  # transactions begin and end where we say so
        check_same_thread=False,  # Database's lock sees to it
        factory=_Connection,
    )


def _prepare(connection: sqlite3.Connection) -> None:
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    # Sorting and VACUUM would otherwise write what was said into the system's temporary folder.
    connection.execute("PRAGMA temp_store = MEMORY")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switches to WAL; SQLite itself does not wait when two processes begin at the same moment."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in BUSY_CODES or time.monotonic() > deadline:
                raise
            time.sleep(_GLANCE_SECONDS)
        else:
            return


def _storable(value: Any) -> Any:
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
