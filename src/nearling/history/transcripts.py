"""What was heard in a file, kept so that it is listened to once."""

from __future__ import annotations

import sqlite3

import msgspec

from nearling.core.hearing import Transcript


def load_transcript(connection: sqlite3.Connection, digest: str) -> Transcript | None:
    """None if nothing was kept."""
    row = connection.execute("SELECT body FROM transcripts WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        return None
    try:
        return msgspec.json.decode(row[0], type=Transcript)
    except msgspec.ValidationError:
        # Written by a version with another idea of a transcript: it is listened to again.
        return None


def keep_transcript(connection: sqlite3.Connection, digest: str, transcript: Transcript) -> None:
    """Replaces what was heard before; does nothing for a file that no message refers to."""
    if not connection.execute("SELECT 1 FROM files WHERE digest = ?", (digest,)).fetchone():
        return
    connection.execute(
        "INSERT OR REPLACE INTO transcripts (digest, engine, body) VALUES (?, ?, ?)",
        (digest, transcript.engine, msgspec.json.encode(transcript).decode()),
    )
    connection.execute("DELETE FROM passages WHERE digest = ?", (digest,))
    if transcript.text:
        connection.execute(
            "INSERT INTO passages (place, digest, body) VALUES ('attachment', ?, ?)",
            (digest, transcript.text),
        )
