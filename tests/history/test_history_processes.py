"""Several Nearlings share one history; threads share one History."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from history.making import ROUTE, answered, half_answered
from nearling.core.conversation import AttemptStatus, Draft, Turn, TurnStatus
from nearling.core.errors import StorageBusy
from nearling.history.database import Database
from nearling.history.history import History

CHILD = [sys.executable, "-m", "history.child"]
TESTS = Path(__file__).parents[1]


@contextmanager
def _holding(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process at work on a turn, and the turn; ended at the end."""
    with subprocess.Popen(
        [*CHILD, "hold", str(folder), "another"],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            yield child, child.stdout.readline().strip()
        finally:
            child.kill()


def test_two_begin_and_write_at_once(folder: Path) -> None:
    children = [
        subprocess.Popen([*CHILD, "write", str(folder), name], cwd=TESTS) for name in ("one", "two")
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    with History(folder) as history:
        turns = [turn for each in history.conversations(100) for turn in history.turns(each.id)]
        expected = {f"{name} asks {number}" for name in ("one", "two") for number in range(30)}
        assert {turn.message.text for turn in turns} == expected
        assert len(turns) == len(expected)
        assert all(turn.answer and turn.answer.text == "01234" for turn in turns)


def test_what_a_living_process_works_on_is_left_alone(history: History, folder: Path) -> None:
    answered(history, "mine", "yes")
    backup = folder.parent / "backup.zip"
    history.backup(backup)
    with _holding(folder) as (_, turn):
        assert history.recover() == ()
        assert history.turn(turn).status is TurnStatus.OPEN
        with pytest.raises(StorageBusy):
            history.resume_turn(turn)
        with pytest.raises(StorageBusy):
            history.forget(history.turn(turn).conversation)
        with pytest.raises(StorageBusy):
            history.forget_everything()
        with pytest.raises(StorageBusy):
            history.restore(backup)
        assert history.turn(turn).attempts[0].text == "half an answer"
        assert len(history.conversations()) == 2


def _recovered_after(history: History, seconds: float) -> tuple[Turn, ...]:
    time.sleep(seconds)
    return history.recover()


def test_what_a_dead_process_worked_on_waits(history: History, folder: Path) -> None:
    with _holding(folder) as (child, turn):
        child.kill()
        # Not waited for: it is a zombie still, and dead all the same.
        assert child.returncode is None
        # A kill takes effect within moments; two seconds are plenty.
        found = next(filter(None, (_recovered_after(history, 0.02) for _ in range(100))), ())
    assert [each.id for each in found] == [turn]
    assert found[0].status is TurnStatus.WAITING
    assert found[0].attempts[0].status is AttemptStatus.INTERRUPTED
    assert found[0].attempts[0].text == "half an answer"
    assert history.recover() == ()
    assert [hit.turn for hit in history.search("half answer")] == [turn]


@pytest.mark.parametrize(
    ("column", "value"),
    [("owner_started", "owner_started - 60"), ("owner_boot", "'an earlier boot'")],
)
def test_a_process_number_given_out_again_is_not_its_owner(
    history: History, folder: Path, column: str, value: str
) -> None:
    with _holding(folder) as (_, turn):
        database = Database(folder)
        with database.writing() as connection:
            connection.execute(f"UPDATE turns SET {column} = {value} WHERE id = ?", (turn,))  # noqa: S608
        database.close()
        assert [each.id for each in history.recover()] == [turn]


def test_a_dead_process_is_relieved_by_resuming(history: History, folder: Path) -> None:
    with _holding(folder) as (child, turn):
        child.kill()
        child.wait(60)
        resumed = history.resume_turn(turn)
    assert resumed.status is TurnStatus.OPEN
    assert resumed.attempts[0].status is AttemptStatus.INTERRUPTED
    assert history.recover() == ()


def test_its_own_open_turn_is_left_alone(history: History) -> None:
    turn, _ = half_answered(history, "what", "it ")
    assert history.recover() == ()
    with pytest.raises(StorageBusy):
        history.resume_turn(turn.id)


def test_a_lock_held_too_long_is_said(folder: Path) -> None:
    one, two = Database(folder), Database(folder)
    with two.alone() as connection:
        connection.execute("PRAGMA busy_timeout = 20")
    with one.writing(), pytest.raises(StorageBusy), two.writing():
        pass
    with two.writing() as connection:
        connection.execute("DELETE FROM turns")
    one.close()
    two.close()


def test_threads_share_it(history: History) -> None:
    def ask(number: int) -> str:
        turn = history.open_turn(Draft(f"thread {number}"))
        attempt = history.open_attempt(turn.id, ROUTE)
        for piece in range(30):
            history.append(attempt.id, f"{number}.{piece} ")
            history.conversations()
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        return turn.id

    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(ask, range(8)))
    for number, turn in enumerate(turns):
        expected = "".join(f"{number}.{piece} " for piece in range(30))
        assert history.turn(turn).attempts[0].text == expected
