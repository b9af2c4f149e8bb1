"""Measures how soon the window is seen, and the memory of its process while nobody uses it."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from nearling.bench.executable import run_product, surroundings
from nearling.bench.figures import Figure
from nearling.core.errors import EngineFailure
from nearling.core.ourselves import own_command

_RUNS = 7
_WINDOW, _IDLE = "startup.window_ms", "startup.idle_mb"
_GLANCE_SECONDS = 0.5
_LEAST_WORK = 0.01
"""Seconds; the smallest piece of a processor's time that Linux tells, and a caret blinks."""
_LONGEST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Opened:
    """`seconds` from the start of the process until its window is painted; `idle` in bytes."""

    seconds: float
    idle: int


def window_figures(home: Path) -> Iterator[Figure]:
    """Not measured where no window would be seen. Raises EngineFailure when none comes."""
    looked = run_product(["look"], home).object()
    if "screen" not in looked:
        for name, unit in ((_WINDOW, "ms"), (_IDLE, "MB")):
            yield Figure(name, None, unit, note=looked["sentence"])
        return
    runs = [opened_once(home) for _ in range(_RUNS)]
    yield Figure(
        _WINDOW,
        1000 * median(run.seconds for run in runs),
        "ms",
        note="from the start of the process until the window is painted, "
        f"median of {_RUNS}; at most 600 is wanted",
    )
    yield Figure(
        _IDLE,
        median(run.idle for run in runs) / 1e6,
        "MB",
        note="resident memory of the window's process once it has nothing more to do, "
        f"median of {_RUNS}; at most 110 is wanted",
    )


def opened_once(home: Path, program: Sequence[str] = ()) -> Opened:
    """This Nearling, or another `program`. Raises EngineFailure when it is not seen in time."""
    started = time.perf_counter()
    with subprocess.Popen(
        (*(program or own_command()), "open", "--json"),
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as popen:
        late = threading.Timer(_LONGEST_SECONDS, popen.kill)
        late.start()
        try:
            assert popen.stdout is not None  # noqa: S101
            line = popen.stdout.readline()
            seconds = time.perf_counter() - started
            if json.loads(line or "{}").get("window") != "open":
                raise EngineFailure("The window did not open.", "Run nearling doctor.")
            idle = _idle_bytes(psutil.Process(popen.pid))
        finally:
            late.cancel()
            popen.terminate()
            _await_end(popen)
    return Opened(seconds, idle)


def _await_end(popen: subprocess.Popen[str]) -> None:
    try:
        popen.wait(_LONGEST_SECONDS)
    except subprocess.TimeoutExpired as error:
        popen.kill()
        raise EngineFailure("The window did not close.", "Run nearling doctor.") from error


def _idle_bytes(process: psutil.Process) -> int:
    """Its resident memory, as soon as it has been at rest between two glances."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    before = -1.0
    while (worked := sum(process.cpu_times()[:2])) - before > _LEAST_WORK:
        if time.monotonic() > deadline:
            raise EngineFailure(
                "The open window did not come to rest.", "Try again when the computer is less busy."
            )
        before = worked
        time.sleep(_GLANCE_SECONDS)  # from outside there is nothing to wait on
    resident: int = process.memory_info().rss
    return resident
