"""Measures how soon after a press the first samples of the microphone are here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.bench.sound.virtual_microphone import VirtualMicrophone, missing
from nearling.capture.microphone import Microphone
from nearling.core.talk import Ending

_PROCESSES, _PRESSES = 7, 4
"""The first press of each process is a cold one."""


def pressing_figures() -> Iterator[Figure]:
    """Cold and warm. Raises EngineFailure when the product that is pressed ends badly."""
    names = ("voice.first_sample_warm_ms", "voice.first_sample_cold_ms")
    if lacking := missing():
        note = f"not measured: a microphone to measure with needs {', '.join(lacking)}"
        yield from (Figure(name, None, "ms", note=note) for name in names)
        return
    cold, warm = [], []
    with VirtualMicrophone() as microphone, TemporaryDirectory(prefix="nearling-bench-") as home:
        environ = ("env", *(f"{name}={value}" for name, value in microphone.environ.items()))
        for _ in range(_PROCESSES):
            pressed = run_product(["press", str(_PRESSES)], Path(home), environ).object()
            first, *rest = pressed["milliseconds"]
            cold.append(first)
            warm += rest
    source = "a virtual microphone that is kept awake"
    yield Figure(
        names[0],
        median(warm),
        "ms",
        note=f"from the press to the first samples of {source}; PortAudio is loaded and the stream "
        f"closed; median of {len(warm)}, {_spread(warm)}; at most 80 is wanted",
    )
    yield Figure(
        names[1],
        median(cold),
        "ms",
        note=f"the same for the first press of a process, which loads PortAudio; median of "
        f"{len(cold)}, {_spread(cold)}; at most 150 is wanted",
    )


def press(times: int) -> int:
    """What a process of its own does for it: presses so often and prints how long it took."""
    microphone = Microphone()
    milliseconds = []
    for _ in range(times):
        line = microphone.open()
        sounds = line.sounds()
        milliseconds.append(1000 * (next(sounds).arrived - line.pressed))
        line.end(Ending.RELEASED)
        sounds.close()
        microphone.devices()  # waits until the stream is closed
    microphone.close()
    print(json.dumps({"milliseconds": milliseconds}))
    return 0


def _spread(milliseconds: list[float]) -> str:
    return f"{min(milliseconds):.0f} to {max(milliseconds):.0f}"
