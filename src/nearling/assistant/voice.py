"""All that a face needs so that one can talk to it: the key's way, models, takes, recordings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nearling.assistant.everywhere import EverywhereKey
from nearling.assistant.talking import Talking
from nearling.capture.microphone import Microphone
from nearling.capture.playback import play
from nearling.capture.takes import Takes
from nearling.catalogue.cards import SpeechCard, speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.find import found
from nearling.catalogue.fit import fit, recommended
from nearling.catalogue.library import Library
from nearling.catalogue.speech_folder import inspect
from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.hearing import Speech
from nearling.core.speech_models import Suggestion
from nearling.core.talk import Told, Troubled
from nearling.history.history import History
from nearling.settings.options import Options


def speech_of(options: Options, library: Library) -> Speech:
    """How the person wants recordings to be heard, with the model that is there."""
    model = library.chosen(options.speech_model, Computer.this())
    spoken = options.spoken_language
    hints = (hint.strip() for hint in options.expected_words.split(","))
    return Speech(
        model=None if model is None else model.folder,
        language=None if spoken == "auto" else spoken,
        translate=options.translate_speech,
        hints=tuple(hint for hint in hints if hint),
    )


class Voice:
    """One for the app; all but `talker` and `use` take their time."""

    def __init__(
        self,
        options: Options,
        takes: Path,
        library: Library,
        transcriber: Transcriber,
        history: Callable[[], History],
    ) -> None:
        self._options = options
        self._folder = takes
        self._takes = Takes(takes)
        self._library = library
        self._transcriber = transcriber
        self._history = history
        self._microphone = Microphone(lambda: self._options.microphone)
        self._talking: Talking | None = None
        self._key: EverywhereKey | None = None

    def talker(self, tell: Callable[[Told], None]) -> Talking:
        self._talking = Talking(
            self._microphone, self._transcriber, self._folder, self.speech, tell
        )
        self._key = EverywhereKey(
            self._talking.press,
            self._talking.release,
            lambda failure: tell(Troubled(failure, None)),
        )
        self.use(self._options)
        return self._talking

    def use(self, options: Options) -> None:
        self._options = options
        if self._talking is not None:
            self._talking.listen_ahead(options.listen_ahead)
        if self._key is not None:
            self._key.choose(options.talk_key)

    def speech(self) -> Speech:
        return speech_of(self._options, self._library)

    def has_model(self) -> bool:
        return self.speech().model is not None

    def suggestion(self) -> Suggestion | None:
        """The model that fits this computer, or a smaller one that lies here already."""
        computer = Computer.this()
        best = recommended(speech_cards(), computer)
        here = {folder: _card(folder) for folder in found(os.environ)}
        fitting = [card for card in here.values() if card and fit(card, computer).fits]
        card = best if best in fitting or not fitting else fitting[-1]
        return Suggestion(
            name=card.id,
            source=card.repository,
            megabytes=card.megabytes,
            why=fit(card, computer).reason,
            found_at=next((folder for folder, known in here.items() if known == card), None),
        )

    def adopt(self, model: Path) -> None:
        """Raises UnusableFile or StorageUnwritable."""
        inspect(model)
        self._library.add(model)

    def devices(self) -> tuple[str, ...]:
        """Raises MicrophoneFailure."""
        return self._microphone.devices()

    def models(self) -> tuple[str, ...]:
        return tuple(each.id for each in self._library.installed("speech") if not each.problem)

    def found(self) -> tuple[Path, ...]:
        """Raises StorageUnwritable."""
        return tuple(take.path for take in self._takes.found())

    def let_go(self, take: Path) -> None:
        """Its text is safe in the history. Raises StorageUnwritable."""
        self._takes.remove(take)

    def delete(self, take: Path) -> None:
        """Raises StorageUnwritable."""
        self._takes.remove(take)

    def tidy(self) -> None:
        """Erases the sound of spoken questions that is older than the person wants to keep."""
        if self._options.keep_recordings.isdigit():
            days = timedelta(days=int(self._options.keep_recordings))
            self._history().forget_recordings(datetime.now(UTC) - days)

    def play(self, recording: bytes, cancellation: Cancellation) -> Iterator[float]:
        """Raises PlaybackFailure."""
        return play(recording, cancellation)

    def close(self) -> None:
        if self._key is not None:
            self._key.close()
        if self._talking is not None:
            self._talking.close()
        self._microphone.close()


def _card(folder: Path) -> SpeechCard | None:
    """Whose repository's copy lies in `folder`, in Hugging Face's cache."""
    copies = {f"models--{card.repository.replace('/', '--')}": card for card in speech_cards()}
    return next((copies[part] for part in folder.parts if part in copies), None)
