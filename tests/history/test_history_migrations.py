"""Old histories open in every later version, with a copy of what was there before."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from history.making import answered
from nearling.core.conversation import AttemptStatus, Citation, TurnStatus
from nearling.core.errors import StorageDamaged, StorageNewer
from nearling.core.geometry import Box
from nearling.history.database import NAME, Database
from nearling.history.history import History
from nearling.history.migrations import MIGRATIONS, schema_version

FIRST = Path(__file__).with_name("first_schema.sql")


@pytest.fixture
def first(folder: Path) -> Path:
    """A database as the first version left it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return folder


def _pinned(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0")


def _failing(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM passages")
    connection.execute("ALTER TABLE no_such_table ADD COLUMN x")


def _orphaning(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM conversations")


def _schema(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")
        return {(name, "".join(sql.split())) for name, sql in rows}


def test_the_first_schema_is_still_read(first: Path) -> None:
    with History(first) as history:
        (summary,) = history.conversations()
        done, left = history.turns(summary.id)
        assert (done.message.text, done.status) == ("How much is it?", TurnStatus.ANSWERED)
        assert done.answer is not None
        assert done.answer.text == "It is 17.50 euros."
        assert done.answer.receipt is not None
        (attachment,) = done.message.attachments
        reading = history.reading(attachment.digest, "reader-1")
        assert reading is not None
        assert reading.text == "Grand total 17.50"
        assert [hit.turn for hit in history.search("grand total")] == [done.id]
        assert (left.parent, left.message.local_only) == (done.id, True)
        (recovered,) = history.recover()
        (attempt,) = recovered.attempts
        assert (attempt.status, attempt.text) == (AttemptStatus.INTERRUPTED, "Within 14 days")
        assert attempt.citations == (
            Citation("bill.png", attachment.digest, "14 days", Box(1, 2, 3, 4), 2),
        )


def test_the_first_migration_never_changes(first: Path, tmp_path: Path) -> None:
    Database(tmp_path / "new", MIGRATIONS[:1]).close()
    assert _schema(tmp_path / "new" / NAME) == _schema(first / NAME)


def test_a_step_leaves_a_copy_of_what_was_before(first: Path) -> None:
    database = Database(first, (*MIGRATIONS, _pinned))
    with database.reading() as connection:
        assert schema_version(connection) == len(MIGRATIONS) + 1
        assert connection.execute("SELECT title, pinned FROM conversations").fetchall() == [
            ("How much is it?", 0)
        ]
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    database.close()
    copies = sorted((first / "backups").iterdir())
    assert len(copies) == len(MIGRATIONS)
    copy = copies[-1]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    copy.rename(first / NAME)
    with History(first) as history:
        assert len(history.turns(history.conversations()[0].id)) == 2


def test_a_step_that_fails_changes_nothing(first: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Database(first, (*MIGRATIONS, _failing))
    with History(first) as history:
        assert len(history.search("grand total")) == 1


def test_a_step_that_breaks_a_reference_changes_nothing(first: Path) -> None:
    with pytest.raises(StorageDamaged):
        Database(first, (*MIGRATIONS, _orphaning))
    with History(first) as history:
        assert len(history.conversations()) == 1


def test_a_process_that_is_older_stops_writing(history: History, folder: Path) -> None:
    turn = answered(history, "how", "so")
    newer = Database(folder, (*MIGRATIONS, _pinned))
    with pytest.raises(StorageNewer):
        history.close_turn(turn.id, TurnStatus.WAITING)
    newer.close()


def test_of_several_that_start_at_once_one_migrates(first: Path) -> None:
    steps: list[str] = []

    def counted(connection: sqlite3.Connection) -> None:
        steps.append("done")
        _pinned(connection)

    with ThreadPoolExecutor(4) as pool:
        starts = [pool.submit(Database, first, (*MIGRATIONS, counted)) for _ in range(4)]
        for start in starts:
            start.result().close()
    assert steps == ["done"]


def test_an_older_version_sees_the_new_number_without_the_log(first: Path) -> None:
    database = Database(first, (*MIGRATIONS, _pinned))
    # Bytes 60 to 63 of a database file are its user_version.
    assert (first / NAME).read_bytes()[60:64] == (len(MIGRATIONS) + 1).to_bytes(4, "big")
    database.close()
