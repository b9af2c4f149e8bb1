"""A copy of the database as one moment saw it, whole on disk before it gets its name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from nearling.history.folders import private_file, sync


def snapshot(connection: sqlite3.Connection, target: Path) -> None:
    """Write the database behind `connection` to `target`, which must not exist yet.

    Must not be called inside a transaction.
    """
    temporary = target.with_name(target.name + ".part")
    temporary.unlink(missing_ok=True)
    try:
        private_file(temporary)
        connection.execute("VACUUM INTO ?", (str(temporary),))
        sync(temporary)
        temporary.rename(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
