"""A backup holds everything and is put back whole or not at all."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from history.making import answered, half_answered, picture, reading_of
from nearling.core.conversation import AttemptStatus, Draft, TurnStatus
from nearling.core.errors import (
    NotFound,
    StorageBusy,
    StorageDamaged,
    StorageFailure,
    StorageNewer,
    StorageUnwritable,
)
from nearling.history.database import NAME, Database
from nearling.history.history import History


@pytest.fixture
def kept(history: History, tmp_path: Path) -> Path:
    """A backup of one conversation with two pictures, one of them shared with what follows."""
    shared = picture(b"shared")
    answered(history, "before", "kept", picture(b"old" * 1000), shared)
    history.keep_reading(reading_of(shared.digest, "Grand total"))
    target = tmp_path / "kept.zip"
    history.backup(target)
    return target


def _content(history: History) -> str:
    return history.export(None, "json")


def _changed(backup: Path, change: dict[str, bytes | None]) -> Path:
    """A copy of `backup` with members replaced, added, or left out where the value is None."""
    target = backup.with_name("changed.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, data in change.items():
            if data is not None:
                new.writestr(name, data)
    return target


def _database(backup: Path, *statements: str) -> bytes:
    """The database of `backup` after `statements`."""
    path = backup.with_name("changed.sqlite3")
    with zipfile.ZipFile(backup) as archive:
        path.write_bytes(archive.read(NAME))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


def test_everything_comes_back(history: History, folder: Path, kept: Path) -> None:
    content = _content(history)
    (before,) = history.conversations()
    history.forget(before.id)
    later = answered(history, "later", "gone", picture(b"new"), picture(b"shared"))
    safety = history.restore(kept)
    assert _content(history) == content
    assert history.attachment(picture(b"old" * 1000).digest) == b"old" * 1000
    assert history.reading(picture(b"shared").digest, "reader-1") is not None
    assert [hit.title for hit in history.search("grand")] == ["before"]
    assert history.search("gone") == ()
    with pytest.raises(NotFound):
        history.attachment(picture(b"new").digest)
    assert not list((folder / "unfinished").iterdir())
    assert safety is not None
    history.restore(safety)
    assert history.turn(later.id) == later
    assert history.attachment(picture(b"new").digest) == b"new"


def test_an_empty_history_needs_no_safety_copy(kept: Path, tmp_path: Path) -> None:
    with History(tmp_path / "another") as history:
        assert history.restore(kept) is None
        assert history.conversations()[0].title == "before"


def test_a_turn_that_was_open_then_waits_now(history: History, tmp_path: Path) -> None:
    turn, attempt = half_answered(history, "how", "half an answer")
    history.backup(tmp_path / "backup.zip")
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
    history.close_turn(turn.id, TurnStatus.ANSWERED)
    history.restore(tmp_path / "backup.zip")
    (recovered,) = history.recover()
    assert (recovered.id, recovered.attempts[0].text) == (turn.id, "half an answer")


def test_not_while_a_question_is_answered(history: History, kept: Path) -> None:
    half_answered(history, "how", "half")
    content = _content(history)
    with pytest.raises(StorageBusy):
        history.restore(kept)
    assert _content(history) == content


def test_a_turn_that_a_crash_left_open_is_not_in_the_way(
    history: History, folder: Path, kept: Path
) -> None:
    half_answered(history, "how", "half")
    database = Database(folder)
    with database.writing() as connection:
        connection.execute("UPDATE turns SET owner_started = 0 WHERE status = 'open'")
    database.close()
    history.restore(kept)
    assert [each.title for each in history.conversations()] == ["before"]


def test_a_file_that_is_there_is_not_overwritten(history: History, tmp_path: Path) -> None:
    target = tmp_path / "thesis.zip"
    target.write_text("mine")
    with pytest.raises(StorageUnwritable):
        history.backup(target)
    assert target.read_text() == "mine"


def test_a_backup_that_cannot_be_written_leaves_nothing(
    history: History, folder: Path, tmp_path: Path
) -> None:
    history.open_turn(Draft("one", (picture(),)))
    with pytest.raises(StorageUnwritable):
        history.backup(tmp_path / "nowhere" / "backup.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["history"]
    assert not list((folder / "unfinished").iterdir())


def test_a_lost_picture_keeps_nothing_else_from_being_saved(
    history: History, folder: Path, tmp_path: Path
) -> None:
    lost = picture(b"lost")
    history.open_turn(Draft("one", (lost, picture(b"whole"))))
    (folder / "attachments" / lost.digest).write_bytes(b"rotten")
    assert history.backup(tmp_path / "backup.zip") == 1
    with History(tmp_path / "other") as other:
        other.restore(tmp_path / "backup.zip")
        assert other.attachment(picture(b"whole").digest) == b"whole"
        with pytest.raises(NotFound):
            other.attachment(lost.digest)


def _refused(history: History, source: Path, kind: type[StorageFailure]) -> None:
    content, size = _content(history), history.attachment(picture(b"shared").digest)
    with pytest.raises(kind):
        history.restore(source)
    assert _content(history) == content
    assert history.attachment(picture(b"shared").digest) == size


OLD = f"attachments/{picture(b'old' * 1000).digest}"


def test_a_file_that_is_no_backup_is_refused(history: History, kept: Path, folder: Path) -> None:
    with pytest.raises(NotFound):
        history.restore(kept.with_name("nothing.zip"))
    _refused(history, folder / NAME, StorageDamaged)
    kept.write_bytes(kept.read_bytes()[:-30])
    _refused(history, kept, StorageDamaged)


@pytest.mark.parametrize(
    "change",
    [{OLD: None}, {OLD: b"other"}, {NAME: None}, {NAME: b""}, {NAME: b"Dear diary"}],
    ids=["picture lost", "picture changed", "no database", "empty database", "no database at all"],
)
def test_a_backup_that_is_not_whole_is_refused(
    history: History, kept: Path, change: dict[str, bytes | None]
) -> None:
    _refused(history, _changed(kept, change), StorageDamaged)


def test_a_flipped_bit_is_refused(history: History, kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    data[data.index(b"oldoldold") + 100] ^= 1
    kept.write_bytes(data)
    _refused(history, kept, StorageDamaged)


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        (["PRAGMA user_version = 1000"], StorageNewer),
        (["PRAGMA application_id = 7"], StorageDamaged),
        (["DELETE FROM conversations"], StorageDamaged),
        (["ALTER TABLE turns ADD COLUMN mood TEXT"], StorageDamaged),
        (["UPDATE files SET digest = '../../' || digest"], StorageDamaged),
        (
            [
                "UPDATE files SET digest = '../../' || digest",
                "UPDATE attachments SET digest = '../../' || digest",
                "UPDATE readings SET digest = '../../' || digest",
                "UPDATE passages SET digest = '../../' || digest",
            ],
            StorageDamaged,
        ),
    ],
    ids=["newer", "foreign", "orphans", "other columns", "dangling", "climbing out"],
)
def test_a_backup_that_does_not_fit_is_refused(
    history: History, kept: Path, statements: list[str], kind: type[StorageFailure]
) -> None:
    _refused(history, _changed(kept, {NAME: _database(kept, *statements)}), kind)
