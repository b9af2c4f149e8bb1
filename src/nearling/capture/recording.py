"""Records a take: what comes on a line goes to the disk, and how it sounds is told meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from nearling.capture.levels import Meter
from nearling.capture.line import Line
from nearling.capture.takes import Journal
from nearling.core.errors import StorageFailure
from nearling.core.talk import Ending, Level, Listening, NothingArrives, SomethingArrives

_MUTE_SECONDS = 1.0
"""Of nothing but zeros; less of it is between the words of microphones that gate noise."""


def record(
    line: Line, journal: Journal
) -> Iterator[Listening | Level | NothingArrives | SomethingArrives]:
    """Until the line ends; why it did is `line.ending`. The journal is left to be sealed.

    Raises MicrophoneFailure if no sound ever came.
    """
    meter, mute, told_mute = Meter(), 0.0, False
    with closing(line.sounds()) as sounds:
        for sound in sounds:
            first = not journal.seconds
            try:
                journal.write(sound.samples)
            except StorageFailure:
                line.end(Ending.FULL)
                return
            if first and journal.seconds:
                yield Listening(line.device, 1000 * (sound.arrived - line.pressed))
            mute = mute + sound.seconds if sound.mute else 0.0
            if told_mute != (mute >= _MUTE_SECONDS):
                told_mute = not told_mute
                yield NothingArrives() if told_mute else SomethingArrives()
            # What was heard ahead comes all at once and is no level of now.
            if sound.arrived >= line.pressed and (level := meter.feed(sound.samples)):
                yield level
