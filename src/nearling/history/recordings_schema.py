"""What the second version added for recordings. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    # 1: the clip holds the question itself.
    """
    ALTER TABLE attachments
    ADD COLUMN spoken INTEGER NOT NULL DEFAULT 0 CHECK (spoken IN (0, 1))
    """,
    # Seconds into the recording that a citation points to.
    "ALTER TABLE citations ADD COLUMN moment REAL",
    # What was heard in a file, so that it is listened to once; `engine` says by what.
    """
    CREATE TABLE transcripts (
        digest TEXT PRIMARY KEY REFERENCES files (digest) ON DELETE CASCADE,
        engine TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
)


def recordings_schema(connection: sqlite3.Connection) -> None:
    for statement in _STATEMENTS:
        connection.execute(statement)
