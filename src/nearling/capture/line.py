"""A line: the sound from one press to its end, between the microphone's thread and the take's."""

from __future__ import annotations

import math
import queue
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass

from nearling.capture.portaudio import Block, Inlet
from nearling.capture.resampling import Resampler, load_resampler
from nearling.core.errors import MicrophoneFailure
from nearling.core.language import gettext as _
from nearling.core.talk import Ending

_FIRST_SECONDS = 5.0
"""Headsets without a wire need some seconds to wake up."""
_HEARTBEAT_SECONDS = 1.0
"""A microphone that gives no samples for so long is lost."""
_SHORTEST_LAG, _LONGEST_LAG = 0.02, 0.2


@dataclass(frozen=True, slots=True)
class Sound:
    """Some samples as a take holds them."""

    samples: bytes
    arrived: float
    """By the monotonic clock."""
    seconds: float
    mute: bool
    """Every sample is 0, as no open microphone gives them."""


class Line:
    """The microphone puts blocks in, one thread reads them as `sounds`, anybody may `end` it."""

    def __init__(self, hang_up: Callable[[Line], None]) -> None:
        self.pressed = time.monotonic()
        self.ending: Ending | None = None
        self._ended = 0.0
        self._on_hang_up: Callable[[Line], None] | None = hang_up
        self._inlet: Inlet | None = None
        self._lag = _LONGEST_LAG
        self._blocks: queue.SimpleQueue[Block | MicrophoneFailure | None] = queue.SimpleQueue()

    @property
    def device(self) -> str:
        return self._inlet.device if self._inlet else ""

    def connect(self, inlet: Inlet, ahead: Iterable[Block]) -> None:
        """Before the first `put`; `ahead` was heard before the press."""
        self._inlet = inlet
        # A buffer is emptied when it is half full, as a rule before.
        self._lag = min(max(inlet.buffer / 2, _SHORTEST_LAG), _LONGEST_LAG)
        for block in ahead:
            self._blocks.put(block)

    def put(self, block: Block) -> None:
        self._blocks.put(block)

    def cut(self) -> None:
        """Nothing will come any more."""
        self._blocks.put(_unplugged())

    def fail(self, failure: MicrophoneFailure) -> None:
        self._blocks.put(failure)

    def end(self, reason: Ending) -> None:
        """What was said until now still arrives; the first reason counts."""
        if self.ending is None:
            self._ended = time.monotonic()
            self.ending = reason
            self._blocks.put(None)

    def sounds(self) -> Generator[Sound, None, None]:
        """Raises MicrophoneFailure if no sound ever comes."""
        try:
            yield from self._sounds()
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """For whoever reads, and for who would have: the microphone may close then."""
        hang_up, self._on_hang_up = self._on_hang_up, None
        if hang_up is not None:
            hang_up(self)

    def _sounds(self) -> Iterator[Sound]:
        load_resampler()  # while the microphone opens
        block = self._first()
        if block is None or self._inlet is None:
            return
        rate, channels = self._inlet.rate, self._inlet.channels
        resampler = Resampler(rate, channels)
        length, began = 0.0, math.inf
        while block is not None:
            seconds = len(block.data) / (2 * channels * rate)
            mute = block.data.count(0) == len(block.data)
            arrived = block.arrived
            yield Sound(resampler.feed(block.data), arrived, seconds, mute)
            # What comes late tells nothing about when it was said; what came soonest does.
            length += seconds
            began = min(began, arrived - length)
            block = None if self._covers(began + length) else self._next()
        yield Sound(resampler.rest(), arrived, 0.0, mute)

    def _first(self) -> Block | None:
        """None if it was ended before."""
        while True:
            try:
                block = self._blocks.get(timeout=self._patience(self.pressed + _FIRST_SECONDS))
            except queue.Empty:
                if self.ending is None:
                    raise _silent() from None
                return None
            if isinstance(block, MicrophoneFailure):
                raise block
            if block is not None:
                return block

    def _next(self) -> Block | None:
        """None where the line was lost or has ended."""
        while True:
            try:
                block = self._blocks.get(
                    timeout=self._patience(time.monotonic() + _HEARTBEAT_SECONDS)
                )
            except queue.Empty:
                self.end(Ending.LOST)
                return None
            if isinstance(block, MicrophoneFailure):
                self.end(Ending.LOST)
                return None
            if block is not None:
                return block

    def _patience(self, until: float) -> float:
        """Seconds to wait for a block: up to `until`, or for the last ones on their way."""
        if self.ending is not None:
            until = self._ended + self._lag + _HEARTBEAT_SECONDS
        return max(0.0, until - time.monotonic())

    def _covers(self, moment: float) -> bool:
        """Whether all that was said before the end is here, if it is up to `moment`."""
        return self.ending is not None and moment >= self._ended + self._lag


def _unplugged() -> MicrophoneFailure:
    return MicrophoneFailure(
        _("The microphone went away."),
        _("Plug it in again, or choose another microphone, and talk again."),
    )


def _silent() -> MicrophoneFailure:
    return MicrophoneFailure(
        _("The microphone is open, but it gives no sound."),
        _("Unplug it and plug it in again, or choose another microphone, and talk again."),
    )
