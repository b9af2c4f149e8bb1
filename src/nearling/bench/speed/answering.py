"""Measures how long a question about a picture waits for its answer."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.bench.demo.pictures import RECEIPT
from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import EngineFailure
from nearling.core.events import Answered, Failed, Opened
from nearling.core.media import Capture, Medium

_FIRST = "How much did I pay?"
_LATER = (
    "What is the receipt number?",
    "How much was the orange juice?",
    "Who served me?",
    "What is the total?",
    "When was this?",
)
_COLD_RUNS = 5


def cold_answer() -> Figure:
    """A new process, a new home, one picture, one question. Raises EngineFailure."""
    seconds = []
    for _ in range(_COLD_RUNS):
        with TemporaryDirectory(prefix="nearling-bench-") as home:
            picture = Path(home, RECEIPT.file)
            picture.write_bytes(RECEIPT.data())
            ran = run_product(["ask", _FIRST, "--picture", str(picture), "--json"], Path(home))
            if not ran.object().get("answer"):
                return Figure("read.cold_answer_ms", None, "ms", note="no answer came")
            seconds.append(ran.seconds)
    return Figure(
        "read.cold_answer_ms",
        1000 * median(seconds),
        "ms",
        note=f"nearling ask with the receipt's photo, process start to end, median of "
        f"{_COLD_RUNS}, the files in the disk cache; at most 4000 is wanted",
    )


def second_question(assistant: Assistant) -> Figure:
    """Later questions in the same conversation, the picture being read already."""
    picture = Capture(Medium.PICTURE, RECEIPT.file, RECEIPT.data())
    opened, answered, _ = _asked(assistant, Draft(_FIRST, (picture,)))
    seconds = []
    count = int(answered)
    for question in _LATER:
        _, answered, taken = _asked(assistant, Draft(question, (), opened.conversation))
        seconds.append(taken)
        count += answered
    return Figure(
        "read.second_question_ms",
        1000 * median(seconds),
        "ms",
        note=f"question to last word in a running process, median of {len(_LATER)}; "
        f"{count} of {len(_LATER) + 1} were answered, the others refused; at most 100 is wanted",
    )


def _asked(assistant: Assistant, draft: Draft) -> tuple[Opened, bool, float]:
    started = time.perf_counter()
    events = list(assistant.answer(draft, Rules(), Cancellation()))
    seconds = time.perf_counter() - started
    opened, end = events[0], events[-1]
    if isinstance(end, Failed) or not isinstance(opened, Opened):
        raise EngineFailure("A question of the bench failed.", "Run nearling doctor.")
    return opened, isinstance(end, Answered), seconds
