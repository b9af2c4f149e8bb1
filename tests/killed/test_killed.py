"""SIGKILL at any moment, of the product or of its child process, loses nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from killed.moments import spread
from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Draft, TurnStatus
from nearling.core.events import Answered, Failed
from nearling.core.media import Capture, Medium
from nearling.engines.pool import Pool
from nearling.history.history import History
from scripted.engines import documents, recordings
from scripted.pictures import draw, encoded, saved

MOMENTS = 20
BEFORE = 4
"""Moments before anything was asked."""
QUESTION = "What is the total?"
TELLER = Path(__file__).with_name("teller.py")


def receipt(number: int):
    return draw("Corner Shop", f"Receipt {number}", f"Total: {number}.50 EUR", size=20, width=420)


def tell(question: str, picture: Path, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(TELLER), question, str(picture)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"NEARLING_HOME": str(home)},
    )


def children_of(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@pytest.mark.long
def test_the_product_killed_at_any_moment_has_lost_nothing(tmp_path):
    home = tmp_path / "home"
    begun = time.monotonic()
    unhurried = tell(QUESTION, saved(receipt(1), tmp_path / "1.png"), home)
    unhurried.stdout.readline()
    opened = time.monotonic() - begun
    unhurried.communicate(timeout=60)
    whole = time.monotonic() - begun
    for number, moment in enumerate(spread(BEFORE, 0, opened, seed=19)):
        killed_after(moment, tell(QUESTION, tmp_path / "1.png", tmp_path / f"unasked{number}"))
    told: dict[str, tuple[bytes, str, bool]] = {}
    for number, moment in enumerate(spread(MOMENTS, 0, 1.2 * (whole - opened), seed=20), 2):
        process = tell(QUESTION, saved(receipt(number), tmp_path / f"{number}.png"), home)
        name = process.stdout.readline().removeprefix("opened ").strip()
        lines = killed_after(moment, process)
        said = "".join(line[6:] for line in lines if line.startswith("delta "))
        told[name] = encoded(receipt(number)), said, "answered" in lines
    with History(home / "history") as history:
        history.recover()
        for turn_id, (picture, said, answered) in told.items():
            turn = history.turn(turn_id)
            assert turn.message.text == QUESTION
            (attachment,) = turn.message.attachments
            assert history.attachment(attachment.digest) == picture
            assert "".join(attempt.text for attempt in turn.attempts).startswith(said)
            # The answer may have been kept in the moment before it could be told.
            assert turn.status in (
                (TurnStatus.ANSWERED,) if answered else (TurnStatus.ANSWERED, TurnStatus.WAITING)
            )
        assert len(history.conversations(limit=1000)) >= len(told)
    assert any(not answered for _, _, answered in told.values()), "no kill came before the end"
    resume_all(home)
    for number in range(BEFORE):
        resume_all(tmp_path / f"unasked{number}")


def killed_after(moment: float, process: subprocess.Popen[str]) -> list[str]:
    """What it had still said before it was killed, with nothing of it left behind."""
    time.sleep(moment)  # nothing is awaited: when it is killed is what is drawn
    orphans = children_of(process.pid)
    process.kill()
    out, _ = process.communicate(timeout=60)
    # The child ends by itself when its parent's pipe does.
    assert not psutil.wait_procs(orphans, timeout=20)[1]
    return out.splitlines()


def resume_all(home: Path) -> None:
    """Every question that waits is answered after all."""
    with History(home / "history") as history, pool(home) as engines:
        assistant = assistant_of(history, engines)
        for turn in history.waiting():
            events = assistant.resume(turn.id, Decision.AGAIN, Rules(), Cancellation())
            assert isinstance(list(events)[-1], Answered), turn
        assert history.waiting() == ()


class pool:  # noqa: N801  reads as a word in a with statement
    def __init__(self, home: Path) -> None:
        self._pool = Pool(threads=0, idle_seconds=60, log_file=home / "engines.log")

    def __enter__(self) -> Pool:
        return self._pool

    def __exit__(self, *_: object) -> None:
        self._pool.close()


def assistant_of(history: History, engines: Pool) -> Assistant:
    heard = recordings(history)
    return Assistant(
        history,
        engines.reader,
        engines.reader_id,
        heard,
        lambda: engines.writers,
        cleaner=engines.cleaner,
        documents=documents(history),
    )


@pytest.mark.long
def test_the_child_killed_at_any_moment_costs_no_question(tmp_path):
    home = tmp_path / "home"
    killed = 0
    with History(home / "history") as history, pool(home) as engines:
        assistant = assistant_of(history, engines)
        begun = time.monotonic()
        ask(assistant, 0)
        whole = time.monotonic() - begun
        for number, moment in enumerate(spread(MOMENTS, 0, whole, seed=21), 1):
            victim = Assassin(engines, moment)
            end = ask(assistant, number)
            killed += victim.done()
            if isinstance(end, Failed):
                assert end.kind == "engine_lost"
                (turn,) = history.waiting()
                events = assistant.resume(turn.id, Decision.AGAIN, Rules(), Cancellation())
                end = list(events)[-1]
            assert isinstance(end, Answered)
            assert f"{number}.50" in end.attempt.text
    assert killed > MOMENTS / 2, "hardly any child was there to be killed"


class Assassin:
    """Kills the reading child after a while, if there is one."""

    def __init__(self, engines: Pool, delay: float) -> None:
        self._engines = engines
        self._killed = False
        self._timer = threading.Timer(delay, self._strike)
        self._timer.start()

    def _strike(self) -> None:
        pid = self._engines._supervisors["reader"].pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self._killed = True

    def done(self) -> bool:
        self._timer.join(60)
        return self._killed


def ask(assistant: Assistant, number: int):
    picture = Capture(Medium.PICTURE, f"{number}.png", encoded(receipt(number)))
    draft = Draft(QUESTION, (picture,))
    return list(assistant.answer(draft, Rules(), Cancellation()))[-1]


@pytest.mark.parametrize(
    ("asked_to", "status"),
    [(signal.SIGINT, TurnStatus.CANCELLED), (signal.SIGTERM, TurnStatus.WAITING)],
)
def test_an_interrupted_command_ends_promptly_and_keeps_the_question(tmp_path, asked_to, status):
    picture = saved(receipt(1), tmp_path / "1.png")
    for number in range(10):
        home = tmp_path / str(number)
        process = tell(QUESTION, picture, home)
        assert process.stdout.readline().startswith("opened ")
        process.send_signal(asked_to)
        begun = time.monotonic()
        out, _ = process.communicate(timeout=60)
        if "answered" not in out:
            break
    else:
        pytest.fail("no signal came before the answer")
    assert time.monotonic() - begun < 15
    with History(home / "history") as history:
        ((turn,),) = (history.turns(each.id) for each in history.conversations())
        assert (turn.status, turn.message.text) == (status, QUESTION)
