"""Builds every long-lived object, once and in this order.

Paths say where things lie; options say how the person wants them; the history is opened and
turns whose process died are set waiting; the pool knows the engines and starts a child process
when one is needed; the assistant is handed all of it. Each step happens when it is first needed:
a command that only reads a picture opens no database. The window, where one is wanted, comes last:
it is handed this house, after the doorbell has said that no other window is open.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nearling.core.once import once
from nearling.history.history import History
from nearling.settings.log import log_to
from nearling.settings.options import Options
from nearling.settings.paths import Paths
from nearling.settings.store import load_options

if TYPE_CHECKING:  # loaded by who needs it: a window is seen before anybody answers in it
    from nearling.assistant.assistant import Assistant
    from nearling.assistant.documents import Documents
    from nearling.assistant.extraction import Extraction
    from nearling.assistant.recordings import Recordings
    from nearling.assistant.remotes import Remotes
    from nearling.assistant.surroundings import Surroundings
    from nearling.assistant.voice import Voice
    from nearling.assistant.writers import Writers
    from nearling.catalogue.library import Library
    from nearling.core.abilities import (
        Decoder,
        DocumentReader,
        LanguageModel,
        PageRenderer,
        Reader,
        Transcriber,
    )
    from nearling.core.endpoints import Endpoint
    from nearling.core.hearing import Speech
    from nearling.engines.cloud.breakers import Breakers
    from nearling.engines.cloud.remote import Remote
    from nearling.engines.pool import Pool
    from nearling.settings.endpoints import Endpoints
    from nearling.settings.keys import Keys


class App:
    """One running Nearling; a context manager that leaves no child process behind."""

    def __init__(self) -> None:
        self.paths = Paths.find(os.environ)
        log_to(self.paths.logs / "nearling.log")

    @once
    def options(self) -> Options:
        return load_options(self.paths.settings_file)

    @once
    def history(self) -> History:
        history = History(self.paths.history)
        history.recover()
        return history

    @once
    def pool(self) -> Pool:
        from nearling.engines.pool import Pool

        return Pool(
            self.options.threads, self.options.idle_seconds, self.paths.logs / "engines.log"
        )

    @property
    def library(self) -> Library:
        from nearling.catalogue.library import Library

        return Library(self.paths.models)

    @once
    def reader(self) -> Reader:
        return self.pool.reader

    @property
    def document_reader(self) -> DocumentReader:
        return self.pool.document_reader

    @once
    def recordings(self) -> Recordings:
        from nearling.assistant.recordings import Recordings

        return Recordings(self.history, self.pool.file_transcriber, self.speech)

    @once
    def documents(self) -> Documents:
        from nearling.assistant.documents import Documents

        pool = self.pool
        return Documents(self.history, pool.document_reader, self.reader, pool.document_engine)

    def speech(self) -> Speech:
        """How recordings are to be heard."""
        from nearling.assistant.voice import speech_of

        return speech_of(self.options, self.library)

    @once
    def assistant(self) -> Assistant:
        from nearling.assistant.assistant import Assistant

        return Assistant(
            self.history,
            self.reader,
            self.pool.reader_id,
            self.recordings,
            lambda: (*self.writers(), *self.remotes()),
            cleaner=self.pool.cleaner,
            documents=self.documents,
            surroundings=self.surroundings,
        )

    def surroundings(self) -> Surroundings:
        from nearling.assistant.surroundings import look

        return look(self.broken())

    def broken(self) -> dict[str, str]:
        """Endpoints that are left alone for now, each with the sentence that says why."""
        if "_breakers" not in self.__dict__:  # nobody has been asked yet
            return {}
        beyond = [each.beyond.endpoint for each in self.remotes() if each.beyond is not None]
        reasons = {endpoint.name: self._breakers.reason(endpoint) for endpoint in beyond}
        return {name: reason for name, reason in reasons.items() if reason is not None}

    @once
    def endpoints(self) -> Endpoints:
        from nearling.settings.endpoints import Endpoints

        return Endpoints(self.paths.endpoints_file)

    @once
    def keys(self) -> Keys:
        from nearling.settings.keys import Keys

        return Keys(os.environ)

    @once
    def remotes(self) -> Remotes:
        """Who can answer beyond this computer; nothing is reached for before one is asked."""
        from nearling.assistant.remotes import Remotes
        from nearling.catalogue.paces import Paces

        return Remotes(self.endpoints.all, self.remote, Paces(self.paths.models))

    def remote(self, endpoint: Endpoint) -> Remote:
        from nearling.engines.cloud.remote import Remote

        return Remote(
            endpoint, lambda: self.keys.fetch(endpoint), self.history.ledger, self._breakers
        )

    @once
    def _breakers(self) -> Breakers:
        from nearling.engines.cloud.breakers import Breakers

        return Breakers()

    @property
    def language_model(self) -> LanguageModel:
        return self.pool.language_model

    @once
    def writers(self) -> Writers:
        from nearling.assistant.writers import Writers
        from nearling.catalogue.measured import Measurements

        pool, measurements = self.pool, Measurements(self.paths.models)
        return Writers(pool, self.library, measurements, self.options)

    @once
    def extraction(self) -> Extraction:
        from nearling.assistant.extraction import Extraction

        pool = self.pool
        engines = (pool.reader_id, pool.extractor_id, pool.document_engine)
        return Extraction(self.history, self.reader, pool.extractor, engines, self.documents)

    @property
    def decoder(self) -> Decoder:
        return self.pool.decoder

    @property
    def page_renderer(self) -> PageRenderer:
        return self.pool.page_renderer

    @property
    def transcriber(self) -> Transcriber:
        """For push-to-talk; what it hears is never kept waiting by a file."""
        return self.pool.transcriber

    @property
    def file_transcriber(self) -> Transcriber:
        return self.pool.file_transcriber

    @property
    def quoting(self) -> frozenset[str]:
        """Writers of the lowest tier say nothing but what a source says."""
        return frozenset(each.profile.id for each in self.pool.writers if not each.profile.tier)

    @property
    def hears(self) -> bool:
        return True

    @once
    def voice(self) -> Voice:
        from nearling.assistant.voice import Voice

        return Voice(
            self.options, self.paths.takes, self.library, self.transcriber, lambda: self.history
        )

    def warm_up(self) -> None:
        self.pool.warm()

    def warm_for_pictures(self) -> None:
        self.pool.warm_for_pictures()

    def open_window(
        self, files: tuple[str, ...], question: str, new: bool, told: Callable[[str], None]
    ) -> int:
        from nearling.core.freed import keep_few_heaps
        from nearling.instance.doorbell import Doorbell, Request

        keep_few_heaps()
        request = Request(files, question, new)
        with Doorbell(self.paths.doorbell) as doorbell:
            if doorbell.ring(request):
                told("handed over")
                return 0
            from nearling.ui.opening import open_window

            return open_window(self, request, doorbell, lambda: told("open"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "voice" in self.__dict__:
            self.voice.close()
        if "pool" in self.__dict__:
            self.pool.close()
        if "history" in self.__dict__:
            self.history.close()


def rehearse(files: Sequence[str]) -> int:
    """The window before a writer of steady pace, timed from within; `nearling bench` asks for it.

    `files` are pictures that land on it, one after the other.
    """
    from nearling.assistant.assistant import Assistant
    from nearling.bench.speed.pacing import PACED, BlankReader, PacedWriter
    from nearling.engines.pool import Candidate
    from nearling.ui.rehearsal import rehearse_window

    class Rehearsal(App):
        @once
        def assistant(self) -> Assistant:
            writers = (Candidate(PACED, PacedWriter()),)
            return Assistant(
                self.history,
                BlankReader(),
                PACED.id,
                self.recordings,
                lambda: writers,
                cleaner=self.pool.cleaner,
                documents=self.documents,
            )

    with Rehearsal() as app:
        return rehearse_window(app, files)
