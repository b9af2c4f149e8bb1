"""Finds words in questions, answers and the text read in attachments."""

from __future__ import annotations

import sqlite3

from nearling.core.conversation import Hit, Place
from nearling.history.excerpt import excerpt, words_of
from nearling.history.moments import as_datetime

_PAGES = 10
"""Of one document that may stand before whatever else was found."""


def search(connection: sqlite3.Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Passages that hold all of `words`, or words that begin with them, best first (BM25).

    Of a document only the best page is told.

    Whatever is typed is taken as words, never as a query language.
    """
    wanted = words_of(words)
    if not wanted:
        return ()
    # Text read from a file is shown at the latest turn that carries the file.
    rows = connection.execute(
        """
        SELECT turns.conversation, conversations.title, turns.id, found.place, found.body,
               turns.created, found.page, found.digest
        FROM (
            SELECT passages.place, passages.turn, passages.digest, passages.body, passages.page,
                   bm25(passages_index) AS score
            FROM passages_index JOIN passages ON passages.id = passages_index.rowid
            WHERE passages_index MATCH ?
            ORDER BY score LIMIT ?
        ) AS found
        JOIN turns ON turns.number = coalesce(
            (SELECT number FROM turns WHERE id = found.turn),
            (SELECT max(number) FROM turns JOIN attachments ON attachments.turn = turns.id
             WHERE attachments.digest = found.digest)
        )
        JOIN conversations ON conversations.id = turns.conversation
        ORDER BY found.score, turns.number DESC
        """,
        (" ".join(f'"{word}"*' for word in wanted), _PAGES * limit),
    ).fetchall()
    hits: list[Hit] = []
    told: set[str] = set()
    for conversation, title, turn, place, body, asked, page, digest in rows:
        if page is not None and digest in told:
            continue
        told.add(digest)
        snippet = excerpt(body, wanted)
        hits.append(Hit(conversation, title, turn, Place(place), snippet, as_datetime(asked), page))
    return tuple(hits[:limit])
