"""Measures how soon after the key comes up the first word of an answer is there."""

from __future__ import annotations

import json
import os
import queue
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nearling.assistant.routing import Rules
from nearling.assistant.talking import Talking
from nearling.bench.demo.pictures import RECEIPT
from nearling.bench.demo.spoken import SPOKEN, samples
from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.bench.product import Product, product
from nearling.bench.sound.virtual_microphone import VirtualMicrophone, missing
from nearling.bench.voice.phrases import FIXTURE
from nearling.capture.files import capture_take
from nearling.capture.microphone import Microphone
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import EngineFailure
from nearling.core.events import Delta
from nearling.core.hearing import Speech
from nearling.core.media import Capture, Medium
from nearling.core.talk import Listening, Spoken, Told, Troubled

_NAME = "voice.answer_ms"
_ROUNDS = 7
_LONGEST_SECONDS = 60.0


def spoken_answer() -> Figure:
    """With a picture that was read before. Raises EngineFailure when no answer comes."""
    if lacking := missing():
        note = f"not measured: a microphone to measure with needs {', '.join(lacking)}"
        return Figure(_NAME, None, "ms", note=note)
    with TemporaryDirectory(prefix="nearling-bench-") as home:
        # The first question starts the processes.
        _first, *taken = run_product(["converse"], Path(home)).object()["milliseconds"]
    return Figure(
        _NAME,
        median(taken),
        "ms",
        note=f"from the release of the key to the first word of the answer to “{SPOKEN.question}”, "
        "heard by the project's own tiny speech model and answered by quoting a receipt that was "
        f"read before; median of {len(taken)}, {min(taken):.0f} to {max(taken):.0f}",
    )


def converse() -> int:
    """What a process of its own does for it: asks aloud and prints how long each answer took."""
    with VirtualMicrophone() as microphone:
        os.environ.update(microphone.environ)
        with product() as ready, TemporaryDirectory(prefix="nearling-bench-") as takes:
            milliseconds = list(_asked(ready, microphone, Path(takes)))
    print(json.dumps({"milliseconds": milliseconds}))
    return 0


def _asked(ready: Product, microphone: VirtualMicrophone, takes: Path) -> Iterator[float]:
    told: queue.SimpleQueue[Told] = queue.SimpleQueue()
    ears = Microphone()
    talking = Talking(ears, ready.transcriber, takes, lambda: Speech(FIXTURE), told.put)
    picture = Capture(Medium.PICTURE, RECEIPT.file, RECEIPT.data())
    ready.assistant.anticipate(Draft("", (picture,)), Cancellation())
    try:
        for _ in range(_ROUNDS + 1):
            talking.press()
            while not isinstance(_next(told), Listening):
                pass
            microphone.say(samples())
            microphone.wait_until_heard()
            talking.end()
            let_go = time.perf_counter()
            while not isinstance(said := _next(told), Spoken):
                pass
            draft = Draft(said.transcript.text, (capture_take(said.take), picture))
            yield 1000 * (_first_word(ready, draft) - let_go)
    finally:
        talking.close()
        ears.close()


def _next(told: queue.SimpleQueue[Told]) -> Told:
    """Raises what went wrong."""
    said = told.get(timeout=_LONGEST_SECONDS)
    if isinstance(said, Troubled):
        raise said.error
    return said


def _first_word(ready: Product, draft: Draft) -> float:
    """When it came, in seconds of time.perf_counter; the rest is waited for."""
    came: float | None = None
    for event in ready.assistant.answer(draft, Rules(), Cancellation()):
        if isinstance(event, Delta) and came is None:
            came = time.perf_counter()
    if came is None or draft.question != SPOKEN.question:
        raise EngineFailure(
            "What was said was not understood or not answered.", "Measure once more."
        )
    return came
