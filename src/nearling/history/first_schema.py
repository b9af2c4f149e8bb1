"""The schema that the first version wrote. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3

# Moments are microseconds since 1970, UTC. Prices are micro-USD.
_STATEMENTS = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX conversations_by_update ON conversations (updated)",
    # One message and what became of it. `parent` is the turn it continues: branches are possible.
    """
    CREATE TABLE turns (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        parent TEXT REFERENCES turns (id) ON DELETE SET NULL,
        question TEXT NOT NULL,
        local_only INTEGER NOT NULL CHECK (local_only IN (0, 1)),
        status TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        created INTEGER NOT NULL,
        owner_pid INTEGER,
        owner_started REAL,
        owner_boot TEXT
    ) STRICT
    """,
    "CREATE INDEX turns_by_conversation ON turns (conversation, number)",
    "CREATE INDEX turns_by_parent ON turns (parent)",
    "CREATE INDEX turns_open ON turns (number) WHERE status = 'open'",
    # What lies in the attachment store; a row goes when the last message that refers to it goes.
    """
    CREATE TABLE files (
        digest TEXT PRIMARY KEY,
        size INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE attachments (
        turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        medium TEXT NOT NULL CHECK (medium IN ('text', 'picture', 'clip', 'document')),
        name TEXT NOT NULL,
        digest TEXT NOT NULL REFERENCES files (digest),
        PRIMARY KEY (turn, position)
    ) STRICT
    """,
    "CREATE INDEX attachments_by_digest ON attachments (digest)",
    # 1..n for a turn; each with its route, what it wrote and what it took.
    """
    CREATE TABLE attempts (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        writer TEXT NOT NULL,
        zone TEXT NOT NULL CHECK (zone IN ('computer', 'network', 'cloud')),
        route_reason TEXT NOT NULL,
        predicted_seconds REAL,
        predicted_price INTEGER,
        status TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        receipt TEXT
    ) STRICT
    """,
    "CREATE INDEX attempts_by_turn ON attempts (turn, number)",
    # The pieces of an answer while it is being written; closing the attempt joins them.
    """
    CREATE TABLE deltas (
        number INTEGER PRIMARY KEY,
        attempt TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX deltas_by_attempt ON deltas (attempt, number)",
    """
    CREATE TABLE citations (
        number INTEGER PRIMARY KEY,
        attempt TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        box_left INTEGER,
        box_top INTEGER,
        box_right INTEGER,
        box_bottom INTEGER,
        page INTEGER
    ) STRICT
    """,
    "CREATE INDEX citations_by_attempt ON citations (attempt, number)",
    # What was read from a file, so that it is read once; `engine` says by what.
    """
    CREATE TABLE readings (
        digest TEXT PRIMARY KEY REFERENCES files (digest) ON DELETE CASCADE,
        engine TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    # What can be searched: questions and answers belong to a turn, read text to a file.
    """
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        place TEXT NOT NULL CHECK (place IN ('question', 'answer', 'attachment')),
        turn TEXT REFERENCES turns (id) ON DELETE CASCADE,
        attempt TEXT REFERENCES attempts (id) ON DELETE CASCADE,
        digest TEXT REFERENCES files (digest) ON DELETE CASCADE,
        body TEXT NOT NULL,
        CHECK ((turn IS NULL) <> (digest IS NULL))
    ) STRICT
    """,
    "CREATE INDEX passages_by_turn ON passages (turn)",
    "CREATE INDEX passages_by_attempt ON passages (attempt)",
    "CREATE INDEX passages_by_digest ON passages (digest)",
    """
    CREATE VIRTUAL TABLE passages_index USING fts5 (
        body, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
        INSERT INTO passages_index (rowid, body) VALUES (new.id, new.body);
    END
    """,
    """
    CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
        INSERT INTO passages_index (passages_index, rowid, body)
        VALUES ('delete', old.id, old.body);
    END
    """,
    # A row stands here from the moment rows are forgotten until their last trace is overwritten.
    """
    CREATE TABLE erasures (
        number INTEGER PRIMARY KEY,
        asked INTEGER NOT NULL
    ) STRICT
    """,
)


def first_schema(connection: sqlite3.Connection) -> None:
    for statement in _STATEMENTS:
        connection.execute(statement)
