"""What the sixth version added for extracting. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3


def extracted_schema(connection: sqlite3.Connection) -> None:
    """Rows of tables that were made of files, so that a cut run goes on; `engine` says by what."""
    connection.execute(
        """
        CREATE TABLE extracted (
            digest TEXT NOT NULL,
            fields TEXT NOT NULL,
            engine TEXT NOT NULL,
            body TEXT NOT NULL,
            kept INTEGER NOT NULL,
            PRIMARY KEY (digest, fields)
        ) STRICT
        """
    )
