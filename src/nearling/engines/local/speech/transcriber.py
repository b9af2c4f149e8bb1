"""Hears a recording utterance by utterance, while it grows as well as afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.errors import ModelMissing
from nearling.core.hearing import Heard, Speech, Transcript
from nearling.core.language import gettext as _
from nearling.engines.local.speech.course import Course
from nearling.engines.local.speech.sound import open_sound
from nearling.engines.local.speech.voice_activity import VoiceActivity, open_network
from nearling.engines.local.speech.whisper import Whisper

_TELL_SECONDS = 0.1


class WhisperTranscriber:
    """Fulfils Transcriber; keeps the model that was asked for last."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._network = open_network()
        self._folder: Path | None = None
        self._whisper: Whisper | None = None

    def transcribe(
        self, recording: Path, speech: Speech, cancellation: Cancellation
    ) -> Iterator[Heard]:
        sound = open_sound(recording)
        whisper = self._loaded(speech.model)
        if whisper is not None:
            whisper.check(speech)
        course = Course(VoiceActivity(self._network), whisper, speech, sound.length)
        whole_since = time.perf_counter()
        told = 0.0
        for block in sound.blocks(cancellation):
            if not len(block):
                # It grows, and all there is was listened to: there is time for a first glance.
                glanced = course.glance()
                whole_since = time.perf_counter()
            else:
                glanced = False
            for finished in course.listen(block):
                yield course.hearing(finished)
                cancellation.check()
            if glanced or time.perf_counter() - told > _TELL_SECONDS:
                told = time.perf_counter()
                yield course.hearing()
        for finished in course.finish():
            yield course.hearing(finished)
        yield course.hearing()
        if whisper is None and course.somebody_spoke:
            raise ModelMissing(
                _("Somebody speaks in this recording, and no speech model is installed."),
                _("See which one fits this computer: nearling models recommend"),
            )
        yield Transcript(
            course.segments,
            course.language,
            whisper.id if whisper else "",
            course.seconds,
            time.perf_counter() - whole_since,
        )

    def _loaded(self, folder: Path | None) -> Whisper | None:
        """Loads it before a word is said, so that it is there when the first one ends."""
        if folder is None:
            return None
        if self._whisper is None or folder != self._folder:
            self._whisper = None  # its memory is needed for the next one
            self._whisper, self._folder = Whisper(folder, self._threads), folder
        return self._whisper
