"""Attachments lie under their SHA-256, whole, and for their owner's eyes alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from history.making import answered, picture, reading_of
from nearling.core.conversation import Draft
from nearling.core.errors import NotFound, StorageDamaged
from nearling.core.owner import Owner
from nearling.history.attachments import AttachmentStore
from nearling.history.folders import private_folder
from nearling.history.history import History


def _modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder.parent)): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


def test_only_the_owner_may_look(history: History, folder: Path) -> None:
    capture = picture()
    answered(history, "how much", "17", capture)
    history.backup(folder / "backup.zip")
    modes = _modes(folder)
    folders = {"history", "history/attachments", "history/unfinished"}
    assert {name for name, mode in modes.items() if mode == 0o700} == folders
    files = {name: mode for name, mode in modes.items() if name not in folders}
    assert set(files) >= {
        "history/history.sqlite3",
        "history/history.sqlite3-wal",
        "history/history.sqlite3-shm",
        f"history/attachments/{capture.digest}",
        "history/backup.zip",
    }
    assert set(files.values()) == {0o600}


def test_a_folder_that_others_may_enter_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_equal_files_are_kept_once(history: History, folder: Path) -> None:
    history.open_turn(Draft("one", (picture(name="a.png"), picture(name="b.png"))))
    history.open_turn(Draft("two", (picture(name="c.png"),)))
    assert len(list((folder / "attachments").iterdir())) == 1
    assert not list((folder / "unfinished").iterdir())


def test_a_damaged_file_is_said_and_healed_when_it_comes_again(
    history: History, folder: Path
) -> None:
    capture = picture()
    history.open_turn(Draft("one", (capture,)))
    (folder / "attachments" / capture.digest).write_bytes(b"rotten")
    with pytest.raises(StorageDamaged):
        history.attachment(capture.digest)
    history.open_turn(Draft("two", (capture,)))
    assert history.attachment(capture.digest) == capture.data


def test_a_lost_file_is_said(history: History, folder: Path) -> None:
    capture = picture()
    history.open_turn(Draft("one", (capture,)))
    (folder / "attachments" / capture.digest).unlink()
    with pytest.raises(NotFound):
        history.attachment(capture.digest)


def test_a_turn_that_cannot_be_opened_leaves_nothing(history: History, folder: Path) -> None:
    with pytest.raises(NotFound):
        history.open_turn(Draft("?", (picture(),), conversation="0" * 12))
    history.recover()
    assert not list((folder / "unfinished").iterdir())
    assert not list((folder / "attachments").iterdir())
    assert history.conversations() == ()


def test_chunks_that_stop_coming_leave_nothing(folder: Path) -> None:
    store = AttachmentStore(folder, Owner.this_process)

    def broken() -> list[bytes]:
        raise NotFound("No more.", "None.")

    with pytest.raises(NotFound), store.staged([(b"a",), (broken() for _ in "x")]):  # type: ignore[list-item]
        pass
    assert not list((folder / "unfinished").iterdir())


def test_what_dead_processes_left_is_swept_and_what_the_living_write_is_not(
    history: History, folder: Path
) -> None:
    capture = picture()
    answered(history, "how much", "17", capture)
    history.keep_reading(reading_of(capture.digest, "Total 17"))
    living = Owner.this_process()
    dead = Owner(living.pid, living.started - 60, living.boot)
    unfinished = folder / "unfinished"
    mine, theirs, unknown = (
        unfinished / name for name in (f"{living.mark}_1", f"{dead.mark}_2", "stray")
    )
    orphan = folder / "attachments" / ("0" * 64)
    for path in (mine, theirs, unknown, orphan):
        path.write_bytes(b"secret")
    history.recover()
    assert [path.exists() for path in (mine, theirs, unknown, orphan)] == [True, *[False] * 3]
    assert history.attachment(capture.digest) == capture.data


@pytest.mark.parametrize("mark", ["", "stray", "1_2", "a_b_c", "1_2_3_4"])
def test_what_no_owner_wrote_names_none(mark: str) -> None:
    assert Owner.from_mark(mark) is None


def test_an_owner_reads_its_own_mark() -> None:
    owner = Owner.this_process()
    assert Owner.from_mark(owner.mark) == owner
    assert owner.alive
    # Process numbers end below this one on every system we know.
    assert not Owner(2**31 - 1, owner.started, owner.boot).alive
