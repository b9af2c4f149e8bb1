"""Measures how long Nearling takes to be there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.bench.speed.handling import handling_figures
from nearling.bench.speed.packaged import dist_folder, packaged_figures
from nearling.bench.speed.window import window_figures
from nearling.core.errors import EngineFailure

_RUNS = 7


def startup_figures() -> Iterator[Figure]:
    """Raises EngineFailure when the help or the window does not come."""
    with TemporaryDirectory(prefix="nearling-bench-") as home:
        seconds = [_help_seconds(Path(home)) for _ in range(_RUNS)]
        yield from window_figures(Path(home))
        yield from packaged_figures(Path(home), dist_folder())
        yield from handling_figures(Path(home))
    yield Figure(
        "startup.help_ms",
        1000 * median(seconds),
        "ms",
        note=f"nearling --help from start to end, median of {_RUNS}; at most 250 is wanted",
    )


def _help_seconds(home: Path) -> float:
    ran = run_product(["--help"], home)
    if ran.code or "nearling" not in ran.out:
        raise EngineFailure("nearling --help failed.", "Install Nearling again.")
    return ran.seconds
