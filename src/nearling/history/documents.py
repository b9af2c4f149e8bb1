"""Documents as they were read: page by page, found again by their words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from nearling.core.document import Page, PageKind, Pages
from nearling.core.reading import Reading
from nearling.history.database import Database


class Documents:
    """Pages are kept as long as a message refers to their file; not kept if none does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, digest: str, engine: str, pages: Pages) -> None:
        """What another engine read of it goes; what this one has read already stays."""
        with self._database.writing(durable=False) as connection:
            if _opened(connection, digest, engine) == pages or not _referred(connection, digest):
                return
            connection.execute("DELETE FROM documents WHERE digest = ?", (digest,))
            connection.execute("DELETE FROM passages WHERE digest = ?", (digest,))
            connection.execute(
                "INSERT INTO documents (digest, engine, kind, count) VALUES (?, ?, ?, ?)",
                (digest, engine, pages.kind, pages.count),
            )

    def keep(self, digest: str, engine: str, pages: Iterable[Page]) -> None:
        """All of `pages` or none; one that is kept already stays as it is."""
        with self._database.writing(durable=False) as connection:
            if _opened(connection, digest, engine) is None:
                return
            for page in pages:
                kept = connection.execute(
                    "INSERT OR IGNORE INTO pages (digest, number, name, body) VALUES (?, ?, ?, ?)",
                    (digest, page.number, page.name, msgspec.json.encode(page.reading).decode()),
                ).rowcount
                text = _searched(page.reading)
                if kept and text:
                    connection.execute(
                        "INSERT INTO passages (place, digest, page, body)"
                        " VALUES ('attachment', ?, ?, ?)",
                        (digest, page.number, text),
                    )

    def whole(self, digest: str, engine: str) -> Pages | None:
        """None unless every page of it was read by `engine`."""
        with self._database.reading() as connection:
            pages = _opened(connection, digest, engine)
            if pages is None or len(_numbers(connection, digest)) < pages.count:
                return None
            return pages

    def opened(self, digest: str) -> Pages | None:
        """What it holds, whoever read it and however far; None: nobody has opened it."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count, kind FROM documents WHERE digest = ?", (digest,)
            ).fetchone()
        return None if row is None else Pages(row[0], PageKind(row[1]))

    def numbers(self, digest: str, engine: str) -> frozenset[int]:
        """Of the pages that `engine` has read so far."""
        with self._database.reading() as connection:
            if _opened(connection, digest, engine) is None:
                return frozenset()
            return _numbers(connection, digest)

    def pages(self, digest: str, numbers: Sequence[int] | None = None) -> tuple[Page, ...]:
        """In order; None: all. One that was kept in another shape of readings is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT pages.number, documents.kind, pages.name, pages.body
                FROM pages JOIN documents ON documents.digest = pages.digest
                WHERE pages.digest = ?
                AND (? OR pages.number IN (SELECT value FROM json_each(?)))
                ORDER BY pages.number""",
                (digest, numbers is None, json.dumps(list(numbers or ()))),
            ).fetchall()
        decoder = msgspec.json.Decoder(Reading)
        found = []
        for number, kind, name, body in rows:
            try:
                reading = decoder.decode(body)
            except msgspec.ValidationError:
                continue
            found.append(Page(number, PageKind(kind), name, reading))
        return tuple(found)

    def find(self, digest: str, beginnings: Sequence[str], limit: int = 100) -> tuple[int, ...]:
        """Numbers of the pages that hold words which begin so, best first (BM25)."""
        if not beginnings:
            return ()
        query = " OR ".join(f'"{word}"*' for word in beginnings)
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT passages.page
                FROM passages_index JOIN passages ON passages.id = passages_index.rowid
                WHERE passages_index MATCH ? AND passages.digest = ? AND passages.page NOT NULL
                ORDER BY bm25(passages_index), passages.page LIMIT ?""",
                (query, digest, limit),
            ).fetchall()
        return tuple(number for (number,) in rows)


def _opened(connection: sqlite3.Connection, digest: str, engine: str) -> Pages | None:
    row = connection.execute(
        "SELECT count, kind FROM documents WHERE digest = ? AND engine = ?", (digest, engine)
    ).fetchone()
    return None if row is None else Pages(row[0], PageKind(row[1]))


def _numbers(connection: sqlite3.Connection, digest: str) -> frozenset[int]:
    rows = connection.execute("SELECT number FROM pages WHERE digest = ?", (digest,)).fetchall()
    return frozenset(number for (number,) in rows)


def _referred(connection: sqlite3.Connection, digest: str) -> bool:
    row = connection.execute("SELECT 1 FROM files WHERE digest = ?", (digest,)).fetchone()
    return row is not None


def _searched(reading: Reading) -> str:
    return "\n".join((reading.text, *(code.text for code in reading.codes))).strip()
