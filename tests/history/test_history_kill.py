"""`kill -9` at any moment: no question is lost, no word that was acknowledged, no file."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from history.making import picture
from nearling.core.conversation import AttemptStatus, TurnStatus
from nearling.history.database import NAME
from nearling.history.history import History

CHILD = [sys.executable, "-m", "history.child"]
TESTS = Path(__file__).parents[1]
KILLS = 25


def _killed(folder: Path, name: str, after: float) -> list[list[str]]:
    """What a child said before it was killed `after` seconds from its first word."""
    with subprocess.Popen(
        [*CHILD, "stream", str(folder), name], cwd=TESTS, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        said = first + child.stdout.read()
    assert child.returncode == -signal.SIGKILL
    # The pipe may end inside a word.
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    folder = tmp_path_factory.mktemp("killed") / "history"
    moments = random.Random(20)
    said = [
        [str(life), *words]
        for life in range(KILLS)
        for words in _killed(folder, f"life{life}", moments.uniform(0, 0.12))
    ]
    with History(folder) as history:
        history.recover()
    return folder, said


def test_every_acknowledged_question_and_picture_is_there(
    aftermath: tuple[Path, list[list[str]]],
) -> None:
    folder, said = aftermath
    questions = [(words[0], words[2], words[3]) for words in said if words[1] == "question"]
    assert len(questions) >= KILLS
    with History(folder) as history:
        for life, turn, number in questions:
            message = history.turn(turn).message
            assert message.text == f"life{life} asks {number}?"
            (attachment,) = message.attachments
            data = history.attachment(attachment.digest)
            assert data == picture(message.text.encode() * 500).data


def test_every_acknowledged_piece_of_an_answer_is_there(
    aftermath: tuple[Path, list[list[str]]],
) -> None:
    folder, said = aftermath
    turn_of = {words[2]: words[3] for words in said if words[1] == "attempt"}
    pieces: dict[str, str] = {}
    for words in said:
        if words[1] == "delta":
            pieces[words[2]] = pieces.get(words[2], "") + f"{words[3]} "
    assert len(pieces) > KILLS / 2
    with History(folder) as history:
        for attempt, text in pieces.items():
            (kept,) = (a for a in history.turn(turn_of[attempt]).attempts if a.id == attempt)
            assert kept.text.startswith(text)
            assert kept.status in {AttemptStatus.ANSWERED, AttemptStatus.INTERRUPTED}


def test_nothing_seems_to_be_at_work_any_more(aftermath: tuple[Path, list[list[str]]]) -> None:
    folder, said = aftermath
    closed = {words[2] for words in said if words[1] == "closed"}
    with History(folder) as history:
        turns = [turn for each in history.conversations(100_000) for turn in history.turns(each.id)]
        interrupted = [turn for turn in turns if turn.status is TurnStatus.WAITING]
        assert all(turn.note for turn in interrupted)
        assert {turn.status for turn in turns} <= {TurnStatus.WAITING, TurnStatus.ANSWERED}
        assert all(history.turn(turn).status is TurnStatus.ANSWERED for turn in closed)
    assert 1 <= len(interrupted) <= KILLS
    assert not list((folder / "unfinished").iterdir())


def test_the_database_is_whole(aftermath: tuple[Path, list[list[str]]]) -> None:
    folder, _ = aftermath
    with closing(sqlite3.connect(folder / NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # Rank 1 compares the index with the text it was made of; it raises when they differ.
        connection.execute(
            "INSERT INTO passages_index (passages_index, rank) VALUES ('integrity-check', 1)"
        )
        digests = {digest for (digest,) in connection.execute("SELECT digest FROM files")}
        assert connection.execute("SELECT count(*) FROM deltas").fetchone() == (0,)
    assert {path.name for path in (folder / "attachments").iterdir()} == digests
