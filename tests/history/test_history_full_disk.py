"""A full disk is said, before it costs an answer that is already being written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from history.making import answered, half_answered, picture
from nearling.core.conversation import AttemptStatus, Draft, TurnStatus
from nearling.core.errors import StorageFull
from nearling.history.folders import RESERVE_BYTES
from nearling.history.history import History


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with 16 MB more than the reserve."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={RESERVE_BYTES + (16 << 20)}", "tmpfs", tmp_path],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("this system does not let us mount a small file system")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def _fill(disk: Path, free: int) -> Path:
    """Something that leaves `free` bytes."""
    filler = disk / "filler"
    status = os.statvfs(disk)
    with filler.open("wb") as file, suppress(OSError):
        os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize - free or 1)
    return filler


def _written_until_full(history: History, attempt: str) -> int:
    """How many pieces were taken before the disk was said to be full."""
    pieces = 0
    with suppress(StorageFull):
        while pieces < 10_000:
            history.append(attempt, "word " * 50)
            pieces += 1
    return pieces


def test_a_new_question_is_refused_while_the_open_one_can_still_be_answered(disk: Path) -> None:
    with History(disk / "history") as history:
        turn, attempt = half_answered(history, "how", "so ")
        filler = _fill(disk, RESERVE_BYTES // 2)
        with pytest.raises(StorageFull) as caught:
            history.open_turn(Draft("another"))
        assert "full" in caught.value.sentence
        for _ in range(1000):
            history.append(attempt.id, "very ")
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        done = history.close_turn(turn.id, TurnStatus.ANSWERED)
        assert done.answer is not None
        assert done.answer.text == "so " + "very " * 1000
        filler.unlink()
        answered(history, "another", "yes")


def test_an_attachment_that_does_not_fit_is_refused_and_leaves_nothing(disk: Path) -> None:
    with History(disk / "history") as history:
        with pytest.raises(StorageFull):
            history.open_turn(Draft("how", (picture(bytes(20 << 20)),)))
        assert history.conversations() == ()
        assert not list((disk / "history" / "unfinished").iterdir())
        answered(history, "how", "so")


def test_when_nothing_fits_any_more_what_was_acknowledged_stays(disk: Path) -> None:
    with History(disk / "history") as history:
        turn, attempt = half_answered(history, "how")
        filler = _fill(disk, 300_000)
        pieces = _written_until_full(history, attempt.id)
        assert 10 < pieces < 10_000
        with pytest.raises(StorageFull):
            history.backup(disk / "backup.zip")
        assert history.turn(turn.id).attempts[0].text == "word " * 50 * pieces
        filler.unlink()
        history.append(attempt.id, "end")
        closed = history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        assert closed.text == "word " * 50 * pieces + "end"
    with History(disk / "history") as history:
        assert history.turn(turn.id).attempts == (closed,)


def test_a_first_start_on_a_full_disk_says_so(disk: Path) -> None:
    filler = _fill(disk, 0)
    with pytest.raises(StorageFull):
        History(disk / "history")
    filler.unlink()
    with History(disk / "history") as history:
        answered(history, "how", "so")
