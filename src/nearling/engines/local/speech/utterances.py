"""Cuts a recording into utterances at its pauses; the same samples always give the same cuts.

Every sample belongs to one utterance or to the quiet between two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nearling.core.take import RATE
from nearling.engines.local.speech.samples import Samples
from nearling.engines.local.speech.voice_activity import FRAME

_BEGINS, _GOES_ON = 0.5, 0.35
"""Likelihoods of voice from which an utterance begins, and down to which it goes on."""
_PAUSE = 19
"""Frames, 608 ms: who is quiet for that long has said what was to be said."""
_MARGIN = 9
"""Frames, 288 ms, kept before and after: soft consonants are no voice to the network."""
_LEAST = 4
"""Frames of voice, 128 ms: a click or a knock has fewer, a short "no" has more."""
_LONGEST = 28 * RATE // FRAME
"""Frames; a Whisper model sees 30 seconds at once."""
_EARLIEST_CUT = 20 * RATE // FRAME
_BREATH = 5
"""Frames, 160 ms: the quietest place of an unbroken utterance is looked for in such windows."""


@dataclass(frozen=True, slots=True)
class Utterance:
    start: int
    """Its first sample, counted in the recording; before it where quiet was put in front."""
    samples: Samples

    @property
    def end(self) -> int:
        return self.start + len(self.samples)


class Cutter:
    """Of one recording; its frames in order, each with its likelihood of voice."""

    def __init__(self) -> None:
        # Who speaks from the very first sample gets the quiet before it that is missing: models
        # mishear a first word that begins at once.
        self._start = -_MARGIN * FRAME
        self._frames = [np.zeros(FRAME, np.float32)] * _MARGIN
        """Of the utterance that goes on, or the margin before one that may begin."""
        self._voiced = [False] * _MARGIN
        self._speaking = False
        self._last_voice = 0
        """The sample after the last voice."""

    @property
    def position(self) -> int:
        return self._start + FRAME * len(self._frames)

    @property
    def quiet(self) -> int:
        """Samples since somebody last spoke; all of them if nobody has."""
        return self.position - self._last_voice

    @property
    def current(self) -> Utterance | None:
        """What has been said of an utterance that goes on."""
        if not self._speaking or not self._is_speech():
            return None
        return Utterance(self._start, np.concatenate(self._frames))

    def feed(self, frame: Samples, likelihood: float) -> Utterance | None:
        """The utterance that ends with this frame of FRAME samples, if one does."""
        voiced = likelihood >= (_GOES_ON if self._speaking else _BEGINS)
        self._frames.append(frame)
        self._voiced.append(voiced)
        if not self._speaking:
            self._speaking = voiced
            self._forget(len(self._frames) - _MARGIN - 1)
            return None
        if self._is_speech() and voiced:
            self._last_voice = self.position
        if not any(self._voiced[-_PAUSE:]):
            return self._end(len(self._frames) - _PAUSE + _MARGIN, speaking=False)
        if len(self._frames) >= _LONGEST:
            return self._end(self._quietest(), speaking=True)
        return None

    def finish(self) -> Utterance | None:
        """The utterance in which the recording ends, if there is one."""
        return self._end(len(self._frames), speaking=False) if self._speaking else None

    def _is_speech(self) -> bool:
        return sum(self._voiced) >= _LEAST

    def _end(self, frames: int, *, speaking: bool) -> Utterance | None:
        said = Utterance(self._start, np.concatenate(self._frames[:frames]))
        is_speech = self._is_speech()
        self._speaking = speaking
        self._forget(frames)
        return said if is_speech else None

    def _forget(self, frames: int) -> None:
        if frames > 0:
            self._start += FRAME * frames
            del self._frames[:frames], self._voiced[:frames]

    def _quietest(self) -> int:
        """Where an utterance that does not end is cut best."""
        loudness = np.array([float(np.sum(frame * frame)) for frame in self._frames])
        windows = np.convolve(loudness, np.ones(_BREATH), "valid")
        return _EARLIEST_CUT + int(windows[_EARLIEST_CUT:].argmin()) + _BREATH // 2
