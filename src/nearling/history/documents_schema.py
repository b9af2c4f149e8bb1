"""What the fifth version added for documents. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    # A document that was opened; it is whole when `count` of its pages are kept.
    """
    CREATE TABLE documents (
        digest TEXT PRIMARY KEY REFERENCES files (digest) ON DELETE CASCADE,
        engine TEXT NOT NULL,
        kind TEXT NOT NULL,
        count INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE pages (
        digest TEXT NOT NULL REFERENCES documents (digest) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (digest, number)
    ) STRICT
    """,
    # Where in a document the passage stands; NULL: it is of no document.
    "ALTER TABLE passages ADD COLUMN page INTEGER",
)


def documents_schema(connection: sqlite3.Connection) -> None:
    for statement in _STATEMENTS:
        connection.execute(statement)
