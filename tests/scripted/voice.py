"""A voice whose takes and words are written down beforehand; nobody listens to anything."""

from __future__ import annotations

import math
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.hearing import Hearing, Segment, Transcript
from nearling.core.speech_models import Suggestion
from nearling.core.take import RATE, header
from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Heard,
    Level,
    Listening,
    NothingSaid,
    Opening,
    Spoken,
    Told,
)
from nearling.settings.options import Options


def sounding(seconds: float = 1.0, rising: bool = True) -> bytes:
    """A sealed take: a tone that grows louder."""
    count = int(seconds * RATE)
    samples = (
        int(12_000 * (at / count if rising else 1) * math.sin(at * 0.2)) for at in range(count)
    )
    data = struct.pack(f"<{count}h", *samples)
    return header(len(data)) + data


def transcript(words: str) -> Transcript:
    segments = (Segment(words, 0.0, 1.0),) if words else ()
    return Transcript(segments, "en" if words else "", "scripted", 1.0, 0.1)


class ScriptedTalker:
    """Does what it is told to do; a test says what it heard."""

    def __init__(self, folder: Path, tell: Callable[[Told], None]) -> None:
        self._folder = folder
        self._tell = tell
        self.called: list[str] = []
        self.heard: list[Path] = []
        self.takes = 0

    def press(self) -> None:
        self.called.append("press")

    def release(self) -> None:
        self.called.append("release")

    def end(self) -> None:
        self.called.append("end")

    def cancel(self) -> None:
        self.called.append("cancel")

    def hear(self, take: Path) -> None:
        self.heard.append(take)

    # What a test says

    def say(self, *told: Told) -> None:
        """On another thread, as the real one does."""
        thread = threading.Thread(target=lambda: [self._tell(each) for each in told])
        thread.start()
        thread.join(60)
        assert not thread.is_alive()

    @property
    def take(self) -> Path:
        return self._folder / f"take-{self.takes}.wav"

    def begin(self, *, hands_free: bool = False) -> Path:
        """A take from the key to the first samples."""
        self.takes += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        self.take.write_bytes(sounding(1.0 + self.takes))  # no two are the same
        self.say(Opening(self.take), Listening("Scripted microphone", 12.0))
        if hands_free:
            self.say(HandsFree())
        return self.take

    def level(self, rms_db: float, *, clipped: bool = False) -> None:
        self.say(Level(rms_db, rms_db + 6, clipped))

    def hearing(self, stable: str, tentative: str = "") -> None:
        self.say(Heard(self.take, Hearing(stable, tentative, 1.0, None, 0.0)))

    def finish(self, words: str, take: Path | None = None) -> None:
        """What was said in the take; "" when nobody spoke."""
        take = take or self.take
        self.say(Spoken(take, transcript(words)) if words else NothingSaid(take))

    def end_take(self, reason: Ending = Ending.RELEASED) -> None:
        self.say(Ended(self.take, reason))

    def drop(self) -> None:
        self.take.unlink()
        self.say(Dropped(self.take))

    def speak(self, words: str) -> Path:
        """A whole take."""
        take = self.begin()
        self.end_take()
        self.finish(words)
        return take


class ScriptedVoice:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.left: list[Path] = []
        self.let_gone: list[Path] = []
        self.deleted: list[Path] = []
        self.tidied = 0
        self.played: list[bytes] = []
        self.adopted: list[Path] = []
        self.fitting: Suggestion | None = None
        self.used: list[Options] = []
        self.go_on = threading.Event()
        """Set when what is played is over."""

    def talker(self, tell: Callable[[Told], None]) -> ScriptedTalker:
        self.talking = ScriptedTalker(self._folder, tell)
        return self.talking

    def use(self, options: Options) -> None:
        self.used.append(options)

    def has_model(self) -> bool:
        return bool(self.adopted)

    def suggestion(self) -> Suggestion | None:
        return self.fitting

    def adopt(self, model: Path) -> None:
        self.adopted.append(model)

    def devices(self) -> Sequence[str]:
        return ("Desk microphone", "Headset")

    def models(self) -> Sequence[str]:
        return ("base",)

    def found(self) -> Sequence[Path]:
        return tuple(self.left)

    def let_go(self, take: Path) -> None:
        self.let_gone.append(take)

    def delete(self, take: Path) -> None:
        self.deleted.append(take)

    def tidy(self) -> None:
        self.tidied += 1

    def close(self) -> None:
        """Nothing of it runs by itself."""

    def play(self, recording: bytes, cancellation: Cancellation) -> Iterator[float]:
        self.played.append(recording)
        yield 0.5
        while not self.go_on.wait(0.01):
            cancellation.check()
        yield 1.0
