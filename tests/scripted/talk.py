"""A microphone and a listener that do what a test wants, and a Talking whose tale is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nearling.capture.line import Line
from nearling.capture.portaudio import Block, Inlet
from nearling.core.cancellation import Cancellation
from nearling.core.errors import MicrophoneFailure, NearlingError
from nearling.core.hearing import Heard, Hearing, Segment, Speech, Transcript
from nearling.core.take import RATE, is_growing

_BLOCK = 320


def transcript(text: str) -> Transcript:
    segments = (Segment(text, 0.0, 1.0),) if text else ()
    return Transcript(segments, "en" if text else "", "scripted", 1.0, 0.1)


class ScriptedMicrophone:
    """Gives what `give` is told to, to the line that was opened last."""

    def __init__(self, failure: MicrophoneFailure | None = None) -> None:
        self.failure = failure
        self.lines: list[Line] = []
        self.hung_up: list[Line] = []
        self.ahead: list[bool] = []

    def open(self) -> Line:
        line = Line(self.hung_up.append)
        self.lines.append(line)
        if self.failure is not None:
            line.fail(self.failure)
        else:
            line.connect(Inlet("scripted", RATE, 1, 0.02, lambda: None), ())
        return line

    def listen_ahead(self, on: bool, tell: Callable[[bool], None]) -> None:
        self.ahead.append(on)
        tell(on)

    def give(self, seconds: float, sample: int = 1_000) -> None:
        data = sample.to_bytes(2, "little", signed=True) * _BLOCK
        for _ in range(round(seconds * RATE / _BLOCK)):
            self.lines[-1].put(Block(data, time.monotonic()))


class ScriptedTranscriber:
    """Hears what it is told; reads a growing take along until it is sealed."""

    def __init__(self, *outcomes: str | NearlingError | Exception) -> None:
        self._outcomes = list(outcomes)
        self.meanwhile: list[Hearing] = []
        """Said once each, while the take grows."""
        self.asked: list[Path] = []
        self.speeches: list[Speech] = []
        self.may_finish = threading.Event()
        self.may_finish.set()

    def transcribe(
        self, recording: Path, speech: Speech, cancellation: Cancellation
    ) -> Iterator[Heard]:
        self.asked.append(recording)
        self.speeches.append(speech)
        while is_growing(recording) or not self.may_finish.is_set():
            cancellation.check()
            if self.meanwhile:
                yield self.meanwhile.pop(0)
            time.sleep(0.002)
        cancellation.check()
        outcome = self._outcomes.pop(0) if self._outcomes else "something"
        if isinstance(outcome, Exception):
            raise outcome
        yield transcript(outcome)


class Tale:
    """All that is told, in order."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.threads: set[int] = set()
        self._more = threading.Condition()

    def __call__(self, told: Any) -> None:
        with self._more:
            self.told.append(told)
            self.threads.add(threading.get_ident())
            self._more.notify_all()

    def wait_for(self, kind: type, count: int = 1) -> Any:
        """The `count`th that was told of its kind."""

        def found() -> list[Any]:
            return [told for told in self.told if isinstance(told, kind)]

        with self._more:
            assert self._more.wait_for(lambda: len(found()) >= count, 20), (kind, self.kinds())
            return found()[count - 1]

    def kinds(self) -> list[str]:
        """What was told, without the levels."""
        return [name for told in self.told if (name := type(told).__name__) != "Level"]
