"""One supervised child a family, and the abilities they fulfil."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nearling.core.abilities import (
    Cleaner,
    Decoder,
    DocumentReader,
    Extractor,
    LanguageModel,
    PageRenderer,
    Prefiller,
    Reader,
    Sender,
    TokenCounter,
    Transcriber,
    Writer,
)
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.language_model import Resident
from nearling.core.writers import WriterProfile
from nearling.engines.host.documents import DocumentReaderProxy, Fatal, PageRendererProxy
from nearling.engines.host.failures import Failures
from nearling.engines.host.ladder import Ladder
from nearling.engines.host.language_model import LanguageModelProxy
from nearling.engines.host.proxies import (
    CleanerProxy,
    DecoderProxy,
    ExtractorProxy,
    ReaderProxy,
    TranscriberProxy,
    WriterProxy,
)
from nearling.engines.host.supervisor import Launch, Supervisor
from nearling.engines.registry import (
    CLEANERS,
    DECODERS,
    DOCUMENT_READERS,
    EXTRACTORS,
    LANGUAGE_MODELS,
    PAGE_RENDERERS,
    READERS,
    TRANSCRIBERS,
    WRITERS,
    Row,
)


@dataclass(frozen=True, slots=True)
class Beyond:
    """How a writer beyond this computer is asked."""

    endpoint: Endpoint
    model: RemoteModel
    sender: Sender


@dataclass(frozen=True, slots=True)
class Candidate:
    """A writer and what is known of it."""

    profile: WriterProfile
    writer: Writer | None
    """None: it is beyond this computer."""
    counter: TokenCounter | None = None
    """None: only estimates can be had."""
    prefiller: Prefiller | None = None
    """None: it takes nothing in before it is asked."""
    is_awake: Callable[[], bool] = field(default=lambda: True, compare=False)
    """Whether it can begin at once; loading a model takes seconds."""
    beyond: Beyond | None = None
    version: str | None = ""
    """Of what it answers with: while that is the same, the same prompt need not be asked again.
    None: it answers differently each time."""

    def __post_init__(self) -> None:
        """Raises ValueError for one that would leave this computer with nothing to consent to."""
        here, there = self.writer is not None, self.beyond is not None
        if (here, there) != (not self.profile.zone.leaves, self.profile.zone.leaves):
            raise ValueError(self.profile.id)


class Pool:
    """The children of this process; none is started before it is needed."""

    def __init__(self, threads: int, idle_seconds: float, log_file: Path) -> None:
        def child(row: Row[object]) -> Supervisor:
            return Supervisor(
                Launch.of_family(row.family, threads, idle_seconds, log_file, row.environment)
            )

        rows: tuple[Row[object], ...] = (
            *(*DECODERS, *CLEANERS, *DOCUMENT_READERS, *PAGE_RENDERERS, *EXTRACTORS),
            *(*READERS, *TRANSCRIBERS, *WRITERS, *LANGUAGE_MODELS),
        )
        families = {row.family: row for row in rows}
        self._supervisors = {family: child(row) for family, row in sorted(families.items())}
        self._fatal = Fatal(Failures(log_file.with_name("failed-documents.json")))
        # An hour of recorded speech must not stand before somebody who wants to talk.
        self._patient = child(TRANSCRIBERS[0])
        row = LANGUAGE_MODELS[0]
        ladder = Ladder(Failures(log_file.with_name("failed-models.json")))
        self._language_model = LanguageModelProxy(self._supervisors[row.family], row.id, ladder)

    @property
    def language_model(self) -> LanguageModel:
        return self._language_model

    def resident(self) -> Resident | None:
        """The language model that is in memory, if one is."""
        return self._language_model.resident()

    def held(self) -> int:
        """Bytes that the language model's process holds, also while it loads one."""
        return self._language_model.held()

    def rest(self) -> None:
        """Has the language model give its memory back."""
        self._language_model.rest()

    @property
    def reader(self) -> Reader:
        row = READERS[0]
        return ReaderProxy(self._supervisors[row.family], row.id)

    @property
    def decoder(self) -> Decoder:
        row = DECODERS[0]
        return DecoderProxy(self._supervisors[row.family], row.id)

    @property
    def cleaner(self) -> Cleaner:
        row = CLEANERS[0]
        return CleanerProxy(self._supervisors[row.family], row.id)

    @property
    def document_reader(self) -> DocumentReader:
        row = DOCUMENT_READERS[0]
        return DocumentReaderProxy(self._supervisors[row.family], row.id, self._fatal)

    @property
    def page_renderer(self) -> PageRenderer:
        row = PAGE_RENDERERS[0]
        return PageRendererProxy(self._supervisors[row.family], row.id, self._fatal)

    @property
    def document_engine(self) -> str:
        """What pages are kept under: those that are pictures go through the reader."""
        return f"{DOCUMENT_READERS[0].version()} {self.reader_id}"

    @property
    def extractor(self) -> Extractor:
        row = EXTRACTORS[0]
        return ExtractorProxy(self._supervisors[row.family], row.id)

    @property
    def extractor_id(self) -> str:
        """What extracted rows are kept under; costs no loading."""
        return EXTRACTORS[0].version()

    @property
    def transcriber(self) -> Transcriber:
        """For what is being said, and for what was said just now."""
        row = TRANSCRIBERS[0]
        return TranscriberProxy(self._supervisors[row.family], row.id)

    @property
    def file_transcriber(self) -> Transcriber:
        """For recordings of any length, in a child of its own."""
        return TranscriberProxy(self._patient, TRANSCRIBERS[0].id)

    @property
    def reader_id(self) -> str:
        """What readings are kept under; costs no loading."""
        return READERS[0].version()

    @property
    def writers(self) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(row.profile, WriterProxy(self._supervisors[row.family], row.id))
            for row in WRITERS
        )

    def warm(self) -> None:
        """Has the reader and the built-in writer loaded in the background."""
        self._supervisors[READERS[0].family].warm()

    def warm_for_pictures(self) -> None:
        """Has the decoder ready before a picture lands."""
        self._supervisors[DECODERS[0].family].warm()

    def close(self) -> None:
        for supervisor in (*self._supervisors.values(), self._patient):
            supervisor.close()
