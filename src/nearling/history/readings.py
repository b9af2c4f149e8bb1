"""What was read from a file, kept so that it is read once."""

from __future__ import annotations

import sqlite3

import msgspec

from nearling.core.reading import Reading


def load_reading(connection: sqlite3.Connection, digest: str, engine: str) -> Reading | None:
    """None if nothing was kept, or only what another engine read."""
    row = connection.execute(
        "SELECT body FROM readings WHERE digest = ? AND engine = ?", (digest, engine)
    ).fetchone()
    if row is None:
        return None
    try:
        return msgspec.json.decode(row[0], type=Reading)
    except msgspec.ValidationError:
        # Written by a version with another idea of a reading: it is read again.
        return None


def keep_reading(connection: sqlite3.Connection, reading: Reading) -> None:
    """Replaces what another engine read; does nothing for a file that no message refers to."""
    if not connection.execute("SELECT 1 FROM files WHERE digest = ?", (reading.digest,)).fetchone():
        return
    connection.execute(
        "INSERT OR REPLACE INTO readings (digest, engine, body) VALUES (?, ?, ?)",
        (reading.digest, reading.engine, msgspec.json.encode(reading).decode()),
    )
    connection.execute("DELETE FROM passages WHERE digest = ?", (reading.digest,))
    text = "\n".join((reading.text, *(code.text for code in reading.codes))).strip()
    if text:
        connection.execute(
            "INSERT INTO passages (place, digest, body) VALUES ('attachment', ?, ?)",
            (reading.digest, text),
        )
