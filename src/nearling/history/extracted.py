"""What was extracted from files, kept so that a run that was cut goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nearling.core.extraction import Extracted
from nearling.history.database import Database
from nearling.history.moments import now

_MOST = 20_000
"""Rows; the oldest go. Each holds some hundred bytes."""


class ExtractedRows:
    """Every method may raise what History's methods raise."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, digest: str, fields: Sequence[str], engine: str) -> Extracted | None:
        """None if nothing was kept, or only what another engine found."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT body FROM extracted WHERE digest = ? AND fields = ? AND engine = ?",
                (digest, _named(fields), engine),
            ).fetchone()
        if row is None:
            return None
        try:
            return msgspec.json.decode(row[0], type=Extracted)
        except msgspec.ValidationError:
            # Written by a version with another idea of a row: it is extracted again.
            return None

    def keep(self, digest: str, fields: Sequence[str], engine: str, found: Extracted) -> None:
        """Replaces what another engine found."""
        body = msgspec.json.encode(found).decode()
        with self._database.writing(durable=False) as connection:
            connection.execute(
                """INSERT OR REPLACE INTO extracted (digest, fields, engine, body, kept)
                   VALUES (?, ?, ?, ?, ?)""",
                (digest, _named(fields), engine, body, now()),
            )
            connection.execute(
                """DELETE FROM extracted WHERE kept <
                   (SELECT kept FROM extracted ORDER BY kept DESC LIMIT 1 OFFSET ?)""",
                (_MOST - 1,),
            )


def _named(fields: Sequence[str]) -> str:
    return msgspec.json.encode(list(fields)).decode()
