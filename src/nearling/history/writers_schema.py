"""What the third version added for writers. It is history: later changes are new migrations."""

from __future__ import annotations

import sqlite3


def writers_schema(connection: sqlite3.Connection) -> None:
    """Who answers in a conversation; NULL: whoever is best."""
    connection.execute("ALTER TABLE conversations ADD COLUMN writer TEXT")
