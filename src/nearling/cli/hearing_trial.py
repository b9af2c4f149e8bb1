"""Has a speech model hear a sentence that ships with Nearling: proof that it loads and works."""

from __future__ import annotations

import tempfile
from pathlib import Path

from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.hearing import Speech, Transcript
from nearling.settings.assets import assets

_SENTENCE = "hello.wav"


def try_hearing(model: Path, transcriber: Transcriber, cancellation: Cancellation) -> Transcript:
    """Raises ModelMissing, EngineFailure or Cancelled."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, _SENTENCE)
        file.write_bytes((assets() / _SENTENCE).read_bytes())
        for heard in transcriber.transcribe(file, Speech(model), cancellation):
            if isinstance(heard, Transcript):
                return heard
    raise AssertionError("a listening ends with its transcript")
