"""Measures how long the window's thread is busy with one event, and how soon a picture is seen."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image

from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.bench.speed.pacing import TOKENS_A_SECOND
from nearling.bench.speed.pictures import SPEED_PICTURES

_STALL, _AWAKE = "startup.stall_cpu_ms", "startup.thumbnail_ms"
_ASLEEP, _PLACE = "startup.thumbnail_asleep_ms", "startup.placeholder_ms"
_RUNS = 7


def handling_figures(home: Path) -> Iterator[Figure]:
    """Not measured where no window would be seen. Raises EngineFailure when it does not come."""
    looked = run_product(["look"], home).object()
    if "screen" not in looked:
        for name in (_STALL, _AWAKE, _ASLEEP, _PLACE):
            yield Figure(name, None, "ms", note=looked["sentence"])
        return
    yield from figures_of(run_product(["rehearse", *_pictures(home)], home).object())


def figures_of(told: Mapping[str, Any]) -> Iterator[Figure]:
    yield Figure(
        _STALL,
        told["stall_cpu_ms"],
        "ms",
        note=f"processor time of the slowest event while {TOKENS_A_SECOND} tokens a second are "
        f"shown; at most 16 is wanted. A timer waited {told['gap_p99_ms']:.1f} ms at most in 99 of "
        f"100 cases, {told['control_p99_ms']:.1f} ms in a window at rest",
    )
    asleep, *awake = told["landings_ms"]
    yield Figure(
        _AWAKE,
        median(shown for _, shown in awake),
        "ms",
        note="from the drop of a 1920×1080 picture until it is seen, its child being awake, "
        f"median of {len(awake)}; at most 100 is wanted",
    )
    yield Figure(
        _ASLEEP, asleep[1], "ms", note="the same while its child and the reader's are started"
    )
    yield Figure(_PLACE, asleep[0], "ms", note="until the place is shown where it will be seen")


def _pictures(home: Path) -> Iterator[str]:
    """Files of one screenshot, each with another pixel, so that none is known already."""
    (screen,) = (each for each in SPEED_PICTURES if each.name == "1920x1080")
    with Image.open(io.BytesIO(screen.draw().picture)) as drawn:
        picture = drawn.convert("RGB")
    for number in range(_RUNS + 1):
        picture.putpixel((number, 0), (number, 0, 0))
        file = home / f"screen-{number}.png"
        picture.save(file)
        yield str(file)
