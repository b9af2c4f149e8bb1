"""What the fourth version added for endpoints. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    # How far a conversation may go for an answer; NULL: as the settings say.
    "ALTER TABLE conversations ADD COLUMN mode TEXT",
    # What a person changed of what would leave, as JSON; only while the attempt waits for consent.
    "ALTER TABLE attempts ADD COLUMN edits TEXT",
    # Who was asked what, to the letter, as a digest: the same again need not be asked again.
    "ALTER TABLE attempts ADD COLUMN fingerprint TEXT",
    "CREATE INDEX attempts_by_fingerprint ON attempts (fingerprint) WHERE fingerprint NOT NULL",
    # Every connection that was begun. A row outlives the question it was for.
    """
    CREATE TABLE connections (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        endpoint TEXT NOT NULL,
        host TEXT NOT NULL,
        port INTEGER NOT NULL,
        zone TEXT NOT NULL CHECK (zone IN ('computer', 'network', 'cloud')),
        purpose TEXT NOT NULL,
        turn TEXT REFERENCES turns (id) ON DELETE SET NULL,
        address TEXT NOT NULL DEFAULT '',
        sent INTEGER NOT NULL DEFAULT 0,
        received INTEGER NOT NULL DEFAULT 0,
        outcome TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX connections_by_turn ON connections (turn)",
)


def endpoints_schema(connection: sqlite3.Connection) -> None:
    for statement in _STATEMENTS:
        connection.execute(statement)
