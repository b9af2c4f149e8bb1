"""The step that kills Nearling in mid-answer, from outside, and shows that nothing was lost."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from nearling.bench.demo.asking import PAID, held, placed
from nearling.bench.demo.step import Step, marks, receipt_line
from nearling.bench.executable import run_product, surroundings
from nearling.core.errors import EngineFailure
from nearling.core.ourselves import own_command

_DELAYS = (0.15, 0.4, 0.05, 0.8, 0.0)
"""Seconds from the picture on the disk to the kill; another one when it came at a wrong moment."""
_GLANCE_SECONDS = 0.005
_LONGEST_SECONDS = 20.0
_WHY = "A real process was ended by a real kill; only the picture was drawn by the project."


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that ended before it could answer; seconds since its start."""

    kept: float
    killed: float
    orphans: tuple[psutil.Process, ...]
    """The processes it had started, by the time of the kill."""


def kill_step(folder: Path) -> Step:
    """Holds only if the kill came after the question was kept and before it was answered."""
    started = time.perf_counter()
    picture = placed(PAID.picture, folder)
    for delay in _DELAYS:
        with TemporaryDirectory(prefix="nearling-demo-") as name:
            home = Path(name)
            killed = _killed(home, picture, delay)
            turn = None if killed is None else _waiting(home)
            if killed is not None and turn is not None:
                return _resumed(home, killed, turn, started)
    return Step(
        name="killed",
        title="Killed in mid-answer",
        kind="real",
        why=_WHY,
        ok=False,
        seconds=time.perf_counter() - started,
        reasons=("No kill came between the question and its answer.",),
    )


def _killed(home: Path, picture: Path, delay: float) -> Killed | None:
    """Asks, and kills as soon as the picture has been on the disk for `delay` seconds.

    None when the answer was there first.
    """
    started = time.perf_counter()
    words = own_command("ask", PAID.question, "--picture", str(picture), "--json")
    with subprocess.Popen(
        words,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as popen:
        try:
            _wait_for(_attachment(home, picture), popen)
            kept = time.perf_counter() - started
            time.sleep(delay)  # the point is to let it get some way, watched from outside
            orphans = tuple(psutil.Process(popen.pid).children(recursive=True))
        except psutil.NoSuchProcess:
            return None
        finally:
            popen.kill()
        killed = time.perf_counter() - started
        out, _ = popen.communicate()
    return None if out.strip() else Killed(kept, killed, orphans)


def _wait_for(file: Path, popen: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while not file.exists():
        if popen.poll() is not None or time.monotonic() > deadline:
            raise EngineFailure("The question was not kept.", "Run nearling doctor.")
        time.sleep(_GLANCE_SECONDS)  # another process writes it: there is nothing to wait on


def _attachment(home: Path, picture: Path) -> Path:
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    return home / "history" / "attachments" / digest


def _waiting(home: Path) -> Mapping[str, Any] | None:
    """The one turn that is kept, if it waits; the first look after the kill, by a new process."""
    listed = run_product(["history", "list", "--json"], home).object()
    for conversation in listed.get("conversations", ()):
        shown = run_product(["history", "show", conversation["id"], "--json"], home).object()
        for turn in shown.get("turns", ()):
            answered = any(each["status"] == "answered" for each in turn["attempts"])
            if turn["status"] == "waiting" and not answered:
                waiting: Mapping[str, Any] = turn
                return waiting
    return None


def _resumed(home: Path, killed: Killed, turn: Mapping[str, Any], started: float) -> Step:
    attachment = turn["attachments"][0]
    kept = home / "history" / "attachments" / attachment["digest"]
    whole = hashlib.sha256(kept.read_bytes()).hexdigest() == attachment["digest"]
    gone = not psutil.wait_procs(killed.orphans, timeout=5)[1]
    ran = run_product(["resume", "--json"], home)
    told = ran.object()
    same = turn["question"] == PAID.question and whole
    left_over = "none of its processes was left behind" if gone else "a process was left behind"
    return Step(
        name="killed",
        title="Killed in mid-answer",
        kind="real",
        why=_WHY,
        ok=same and gone and held(PAID, ran.code, told),
        seconds=time.perf_counter() - started,
        question=PAID.question,
        answer=told.get("answer", ""),
        expected=PAID.truths[0],
        citations=marks(told.get("citations", ())),
        details=(
            f"After {killed.kept:.2f} s the question and its picture were on the disk.",
            f"After {killed.killed:.2f} s, before any answer, the process was killed (SIGKILL); "
            f"{left_over}.",
            f"nearling history show: “{turn['question']}” with {attachment['name']} "
            f"({attachment['size']:,} bytes, {'unharmed' if whole else 'damaged'}). "
            f"{turn['note']}",
            "nearling resume went on with it and answered:",
        ),
        receipt=receipt_line(told),
    )
