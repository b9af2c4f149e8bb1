"""One recording as it is listened to: its utterances, their text, and how far the listening is."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from nearling.core.hearing import Hearing, Segment, Speech
from nearling.core.take import RATE
from nearling.engines.local.speech.agreement import Agreement
from nearling.engines.local.speech.samples import Samples
from nearling.engines.local.speech.utterances import Cutter, Utterance
from nearling.engines.local.speech.voice_activity import FRAME, VoiceActivity
from nearling.engines.local.speech.whisper import Language, Whisper

_GLANCE_SECONDS = 0.8
_GLANCE_SHARE = 0.6
"""Of the time; where glances take more they become rarer."""
_LONGEST_GLANCE = 15 * RATE
"""Samples; of a longer utterance no more is told until it ends."""


class Course:
    def __init__(
        self, voice: VoiceActivity, whisper: Whisper | None, speech: Speech, length: float | None
    ) -> None:
        self._voice = voice
        self._whisper = whisper
        self._speech = speech
        self._length = length
        self._cutter = Cutter()
        self._rest = np.empty(0, np.float32)
        """Less than a frame."""
        self._samples = 0
        self._language: Language | None = None
        self._agreement = Agreement()
        self._next_glance = 0.0
        self._glanced = 0
        """The utterance's end at the last glance."""
        self.segments: tuple[Segment, ...] = ()
        self.somebody_spoke = False

    def listen(self, block: Samples) -> Iterator[tuple[Segment, ...]]:
        """The segments of each utterance that ends in `block`."""
        self._samples += len(block)
        waiting = np.concatenate([self._rest, block])
        whole = len(waiting) - len(waiting) % FRAME
        self._rest = waiting[whole:]
        for frame in waiting[:whole].reshape(-1, FRAME):
            said = self._cutter.feed(frame, self._voice.likelihood(frame))
            if said is not None:
                yield self._heard(said)

    def finish(self) -> Iterator[tuple[Segment, ...]]:
        """Those of the utterance in which the recording ends."""
        samples = self._samples
        if len(self._rest):
            yield from self.listen(np.zeros(FRAME - len(self._rest), np.float32))
        said = self._cutter.finish()
        if said is not None:
            yield self._heard(said)
        self._samples = samples

    def glance(self) -> bool:
        """Looks at the utterance that goes on, if there is one and it is time to."""
        now = time.perf_counter()
        current = self._cutter.current
        if self._whisper is None or now < self._next_glance or current is None:
            return False
        if current.end == self._glanced or len(current.samples) > _LONGEST_GLANCE:
            return False
        code = self._language.code if self._language and self._language.confident else None
        text = self._whisper.glance(current, code or self._speech.language, self._speech)
        if text is not None:
            self._agreement.hear(text)
        self._glanced = current.end
        took = time.perf_counter() - now
        self._next_glance = now + max(_GLANCE_SECONDS, took / _GLANCE_SHARE)
        return True

    def hearing(self, finished: tuple[Segment, ...] = ()) -> Hearing:
        sure = [segment.text for segment in self.segments]
        return Hearing(
            stable=" ".join(filter(None, [*sure, self._agreement.agreed])),
            tentative=self._agreement.open,
            position=min(self._cutter.position, self._samples) / RATE,
            length=self._length,
            quiet=self._cutter.quiet / RATE,
            segments=finished,
        )

    @property
    def seconds(self) -> float:
        return self._samples / RATE

    @property
    def language(self) -> str:
        """Of the text; "" where there is none."""
        if not self.segments or self._language is None:
            return ""
        return "en" if self._speech.translate else self._language.code

    def _heard(self, said: Utterance) -> tuple[Segment, ...]:
        self.somebody_spoke = True
        self._agreement = Agreement()
        if self._whisper is None:
            return ()
        language = self._language
        # Found out anew until one utterance leaves no doubt: in their order, whatever the pace.
        if language is None or not language.confident:
            language = self._whisper.language(said.samples, self._speech)
            if self._language is None or language.confident:
                self._language = language
        segments = self._whisper.hear(said, language.code, self._speech)
        self.segments += segments
        return segments
