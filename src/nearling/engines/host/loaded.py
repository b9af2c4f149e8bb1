"""The engines of one family, each loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from nearling.core.abilities import (
    Cleaner,
    Decoder,
    DocumentReader,
    Extractor,
    LanguageModel,
    PageRenderer,
    Reader,
    Transcriber,
    Writer,
)
from nearling.engines.registry import Row, Rows

_Engine = TypeVar("_Engine")


class _Shelf(Generic[_Engine]):
    def __init__(self, rows: Sequence[Row[_Engine]], threads: int) -> None:
        self._rows = {row.id: row for row in rows}
        self._threads = threads
        self._loaded: dict[str, _Engine] = {}

    def take(self, id: str) -> _Engine:
        if id not in self._loaded:
            self._loaded[id] = self._rows[id].load(self._threads)
        return self._loaded[id]

    def load_all(self) -> None:
        for name in self._rows:
            self.take(name)


class Loaded:
    def __init__(self, rows: Rows, threads: int) -> None:
        self._readers = _Shelf(rows.readers, threads)
        self._writers = _Shelf(rows.writers, threads)
        self._decoders = _Shelf(rows.decoders, threads)
        self._cleaners = _Shelf(rows.cleaners, threads)
        self._document_readers = _Shelf(rows.document_readers, threads)
        self._page_renderers = _Shelf(rows.page_renderers, threads)
        self._extractors = _Shelf(rows.extractors, threads)
        self._transcribers = _Shelf(rows.transcribers, threads)
        self._language_models = _Shelf(rows.language_models, threads)

    def reader(self, id: str) -> Reader:
        return self._readers.take(id)

    def writer(self, id: str) -> Writer:
        return self._writers.take(id)

    def decoder(self, id: str) -> Decoder:
        return self._decoders.take(id)

    def cleaner(self, id: str) -> Cleaner:
        return self._cleaners.take(id)

    def document_reader(self, id: str) -> DocumentReader:
        return self._document_readers.take(id)

    def page_renderer(self, id: str) -> PageRenderer:
        return self._page_renderers.take(id)

    def extractor(self, id: str) -> Extractor:
        return self._extractors.take(id)

    def transcriber(self, id: str) -> Transcriber:
        return self._transcribers.take(id)

    def language_model(self, id: str) -> LanguageModel:
        return self._language_models.take(id)

    def load_all(self) -> None:
        """A language model among them is ready for a folder then, and has loaded none."""
        self._transcribers.load_all()
        self._decoders.load_all()
        self._cleaners.load_all()
        self._document_readers.load_all()
        self._page_renderers.load_all()
        self._readers.load_all()
        self._writers.load_all()
        self._extractors.load_all()
        self._language_models.load_all()
