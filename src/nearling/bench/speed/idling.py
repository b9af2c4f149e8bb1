"""Measures what the process that hears works while nobody speaks: awake, and once it sleeps."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from nearling.bench.figures import Figure
from nearling.bench.voice.phrases import FIXTURE
from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineFailure
from nearling.core.hearing import Speech
from nearling.engines.pool import Pool
from nearling.settings.assets import assets

_AWAKE_SECONDS, _ASLEEP_AFTER = 8.0, 10.0
_LONGEST_SECONDS = 30.0


def idle_figure() -> Figure:
    """Raises EngineFailure when its process never falls asleep."""
    with TemporaryDirectory(prefix="nearling-bench-") as folder:
        said = Path(folder, "hello.wav")
        said.write_bytes((assets() / said.name).read_bytes())
        pool = Pool(0, _ASLEEP_AFTER, Path(folder, "engines.log"))
        try:
            for _ in pool.transcriber.transcribe(said, Speech(FIXTURE), Cancellation()):
                pass
            ears = psutil.Process().children(recursive=True)
            before = _worked(ears)
            time.sleep(_AWAKE_SECONDS)  # nothing happens: that is what is measured
            worked = _worked(ears) - before
            _gone, still = psutil.wait_procs(ears, timeout=_LONGEST_SECONDS)
        finally:
            pool.close()
    if still or not ears:
        raise EngineFailure("What hears did not fall asleep.", "Run nearling doctor.")
    return Figure(
        "voice.idle_share",
        worked / _AWAKE_SECONDS,
        "share",
        note=f"of one core, by the process that hears, awake for {_AWAKE_SECONDS:.0f} s without "
        "a word; at most 1 % is wanted. Once it slept there was no process any more",
    )


def _worked(processes: list[psutil.Process]) -> float:
    """Seconds of processor time so far."""
    return float(sum(sum(process.cpu_times()[:2]) for process in processes))
