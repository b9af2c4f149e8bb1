"""Compares how fast pictures are read: Nearling's warm child against RapidOCR by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nearling.bench.figures import Figure, compared
from nearling.bench.product import Product
from nearling.bench.speed.bare import bare_engine
from nearling.bench.speed.pictures import SPEED_PICTURES
from nearling.core.cancellation import Cancellation
from nearling.core.media import Capture, Medium

_ROUNDS = 5
_WANTED = {"600x200": 0.35, "1920x1080": 0.7}
"""Shares of RapidOCR's default time we want to stay within; elsewhere never to be slower."""


@dataclass(frozen=True, slots=True)
class Times:
    """Median seconds for one picture."""

    picture: str
    ours: float
    tuned: float
    defaults: float


def read_speed(product: Product) -> Iterator[Figure]:
    """Raises EngineFailure when one of the engines is not there."""
    with TemporaryDirectory(prefix="nearling-bench-") as folder, ExitStack() as stack:
        files = {}
        for picture in SPEED_PICTURES:
            files[picture.name] = Path(folder, f"{picture.name}.png")
            files[picture.name].write_bytes(picture.draw().picture)
        tuned = stack.enter_context(bare_engine("tuned", product.threads))
        defaults = stack.enter_context(bare_engine("defaults", product.threads))
        runners = {
            "ours": lambda file: _our_seconds(product, file),
            "tuned": tuned.seconds,
            "defaults": defaults.seconds,
        }
        times = [Times(name, **interleaved(runners, file)) for name, file in files.items()]
    yield from overhead_figures(times)
    yield from defaults_figures(times)


def interleaved(
    runners: Mapping[str, Callable[[Path], float]], file: Path, rounds: int = _ROUNDS
) -> dict[str, float]:
    """Median seconds of each runner, after one run that does not count.

    Every round runs all of them, each time beginning with another: what else the computer is
    doing falls on all alike.
    """
    taken: dict[str, list[float]] = {name: [] for name in runners}
    names = list(runners)
    for number in range(rounds + 1):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            seconds = runners[name](file)
            if number:
                taken[name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}


def overhead_figures(times: Sequence[Times]) -> Iterator[Figure]:
    """What the child process, the layout and the codes cost on top of the networks."""
    worst = max(times, key=lambda time: time.ours / time.tuned)
    how = (
        f"a warm child against RapidOCR with our settings in one process, medians of {_ROUNDS} "
        "interleaved rounds at one priority"
    )
    yield compared(
        "read.overhead",
        1000 * worst.ours,
        1000 * worst.tuned,
        "ms",
        f"the worst picture, {worst.picture}: {how}; at most 1.15 is wanted",
    )
    for each in times:
        name = f"read.overhead_{each.picture}"
        yield compared(name, 1000 * each.ours, 1000 * each.tuned, "ms", how)


def defaults_figures(times: Sequence[Times]) -> Iterator[Figure]:
    """Against what somebody gets who installs RapidOCR and changes nothing."""
    worst = max(times, key=lambda time: time.ours / time.defaults)
    how = "a warm child against RapidOCR's defaults in one process"
    yield compared(
        "read.vs_defaults",
        1000 * worst.ours,
        1000 * worst.defaults,
        "ms",
        f"the worst picture, {worst.picture}: {how}; at most 1 is wanted",
    )
    for each in times:
        yield compared(
            f"read.vs_defaults_{each.picture}",
            1000 * each.ours,
            1000 * each.defaults,
            "ms",
            f"{how}; at most {_WANTED.get(each.picture, 1)} is wanted",
        )


def _our_seconds(product: Product, file: Path) -> float:
    capture = Capture(Medium.PICTURE, file.name, file.read_bytes())
    started = time.perf_counter()
    product.reader.read(capture, Cancellation())
    return time.perf_counter() - started
