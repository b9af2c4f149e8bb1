"""A Whisper model in CTranslate2's form, from a folder; hears one utterance at a time.

It runs on the processor, with weights of eight bits. A graphics card would need a trial in a
process of its own first: a driver that does not fit ends the process that touches it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from nearling.core.errors import EngineFailure, ModelMissing, UnusableQuestion
from nearling.core.hearing import Segment, Speech, Word
from nearling.core.language import gettext as _
from nearling.core.take import RATE
from nearling.engines.local.speech.encoder import Encoder
from nearling.engines.local.speech.guards import is_stuck, unstuck
from nearling.engines.local.speech.samples import Samples
from nearling.engines.local.speech.utterances import Utterance

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment as Decoded

FILES = ("model.bin", "config.json", "tokenizer.json")
"""Without a tokenizer of its own the library would fetch one."""
_BEAM = 5
_CONFIDENT = 0.7
_FRAMES_A_SECOND = 100
_GLANCE_MARGIN = 100
"""Frames of nothing after an utterance that is glanced at: with none the models go astray."""
_GLANCE_TOKENS = 12
"""A second; nobody speaks faster, and a model that is stuck would go on to its limit."""


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    confident: bool


class Whisper:
    """Raises ModelMissing or EngineFailure when built."""

    def __init__(self, folder: Path, threads: int) -> None:
        for name in FILES:
            if not (folder / name).is_file():
                raise ModelMissing(
                    _("The speech model in {folder} is not there or not whole: no {file}.").format(
                        folder=folder, file=name
                    ),
                    _("See which models are there: nearling models list"),
                )
        # The folder is whole, so nothing is fetched; this holds the library to it.
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads or _cores()
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineFailure(
                _("The speech model in {folder} cannot be loaded.").format(folder=folder),
                _("Check it: nearling models verify. If it is damaged, fetch it again."),
            ) from error
        self._encoder = Encoder(self._model.encode)
        self._model.encode = self._encoder
        self._folder = folder
        self.id = f"faster-whisper {version('faster-whisper')} {folder.name} int8"

    def check(self, speech: Speech) -> None:
        """Raises ModelMissing or UnusableQuestion where this model cannot do what is asked."""
        language = speech.language
        if language is None or language == "en":
            return
        if language not in self._languages():
            raise UnusableQuestion(
                _("No speech model knows a language {language}.").format(language=language),
                _("Name it with two letters, as en, de, fr or es, or have it found out."),
            )
        if not self._model.model.is_multilingual:
            raise ModelMissing(
                _("The speech model in {folder} understands English only.").format(
                    folder=self._folder
                ),
                _("Choose one that understands more: nearling models list"),
            )

    def language(self, samples: Samples, speech: Speech) -> Language:
        if not self._model.model.is_multilingual:
            return Language("en", confident=True)
        if speech.language is not None:
            return Language(speech.language, confident=True)
        # The last frame is left out as it is when text is written: so both see the same window.
        features = self._model.feature_extractor(samples)[..., :-1]
        code, likelihood, _all = self._model.detect_language(features=features)
        return Language(code, likelihood >= _CONFIDENT)

    def hear(self, utterance: Utterance, language: str, speech: Speech) -> tuple[Segment, ...]:
        """The text of a whole utterance; none where the model itself takes it for no speech."""
        decoded = self._decode(utterance.samples, language, speech, no_repeat=0)
        if any(is_stuck(each.text) for each in decoded):
            # Where it got stuck it is asked once more, and may not say the same words again.
            decoded = self._decode(utterance.samples, language, speech, no_repeat=4)
        self._encoder.forget()
        return tuple(_segment(each, utterance) for each in decoded if unstuck(each.text))

    def glance(self, utterance: Utterance, language: str | None, speech: Speech) -> str | None:
        """What an utterance says that goes on, quickly and not surely; None where it is stuck."""
        seconds = len(utterance.samples) / RATE
        with self._encoder.window(round(seconds * _FRAMES_A_SECOND) + _GLANCE_MARGIN):
            segments, _info = self._model.transcribe(
                utterance.samples,
                language=language,
                task=self._task(speech),
                beam_size=1,
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
                max_new_tokens=8 + round(seconds * _GLANCE_TOKENS),
                hotwords=", ".join(speech.hints) or None,
            )
            text = " ".join(each.text.strip() for each in segments)
        return None if is_stuck(text) else text

    def _decode(
        self, samples: Samples, language: str, speech: Speech, *, no_repeat: int
    ) -> list[Decoded]:
        segments, _info = self._model.transcribe(
            samples,
            language=language,
            task=self._task(speech),
            beam_size=_BEAM,
            # No second try at a higher temperature: that is where invented sentences come from.
            temperature=0.0,
            no_repeat_ngram_size=no_repeat,
            condition_on_previous_text=False,
            word_timestamps=speech.word_times,
            hotwords=", ".join(speech.hints) or None,
        )
        return list(segments)

    def _task(self, speech: Speech) -> str:
        # A model of English alone writes English as it is.
        translates = speech.translate and self._model.model.is_multilingual
        return "translate" if translates else "transcribe"

    def _languages(self) -> Iterable[str]:
        from faster_whisper.tokenizer import _LANGUAGE_CODES

        known: tuple[str, ...] = _LANGUAGE_CODES
        return known


def _segment(decoded: Decoded, utterance: Utterance) -> Segment:
    """With its times counted in the recording, and none of them outside its utterance."""
    text = " ".join(decoded.text.split())
    words = decoded.words or () if not is_stuck(text) else ()
    return Segment(
        unstuck(text) if is_stuck(text) else text,
        _moment(decoded.start, utterance),
        _moment(decoded.end, utterance),
        tuple(
            Word(
                word.word.strip(),
                _moment(word.start, utterance),
                _moment(word.end, utterance),
                round(float(word.probability), 3),
            )
            for word in words
        ),
    )


def _moment(seconds: float, utterance: Utterance) -> float:
    inside = min(max(float(seconds), 0.0), len(utterance.samples) / RATE)
    return round(max(utterance.start / RATE + inside, 0.0), 3)


def _cores() -> int:
    """Physical ones, of those that this process may use."""
    usable = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else 64
    return max(1, min(psutil.cpu_count(logical=False) or 1, usable))
