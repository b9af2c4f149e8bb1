"""Every engine that ships with Nearling, one row each; loads none of them by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.writers import WriterProfile, Zone

_Engine_co = TypeVar("_Engine_co", covariant=True)
_Row = TypeVar("_Row", bound="Row[object]")


def _unversioned() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Row(Generic[_Engine_co]):
    id: str
    family: str
    """Engines of one family share a child process."""
    load: Callable[[int], _Engine_co]
    """Takes the number of threads, 0 for all physical cores; slow; only called in a child."""
    version: Callable[[], str] = _unversioned
    """Names engine, models and settings; what is kept under another name is made anew."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """That its process gets beside ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterRow(Row[Writer]):
    profile: WriterProfile


def _picture_decoder(_threads: int) -> Decoder:
    from nearling.engines.local.renditions import PictureDecoder

    return PictureDecoder()


def _picture_cleaner(_threads: int) -> Cleaner:
    from nearling.engines.local.cleaning import PictureCleaner

    return PictureCleaner()


def _document_reader(_threads: int) -> DocumentReader:
    from nearling.engines.local.documents.reader import PagesReader

    return PagesReader()


def _document_version() -> str:
    from nearling.engines.local.documents.version import document_reader_id

    return document_reader_id()


def _page_renderer(_threads: int) -> PageRenderer:
    from nearling.engines.local.documents.rendering import PdfRenderer

    return PdfRenderer()


def _rapid_reader(threads: int) -> Reader:
    from nearling.engines.local.rapid_reader import RapidReader

    return RapidReader(threads)


def _rapid_version() -> str:
    from nearling.engines.local.rapid_reader import reader_id

    return reader_id()


def _built_in_writer(_threads: int) -> Writer:
    from nearling.engines.local.built_in.writer import BuiltInWriter

    return BuiltInWriter()


def _built_in_extractor(_threads: int) -> Extractor:
    from nearling.engines.local.built_in.extraction.extractor import BuiltInExtractor

    return BuiltInExtractor()


def _whisper_transcriber(threads: int) -> Transcriber:
    from nearling.engines.local.speech.transcriber import WhisperTranscriber

    return WhisperTranscriber(threads)


def _onnx_language_model(threads: int) -> LanguageModel:
    from nearling.engines.local.writing.language_model import OnnxLanguageModel

    return OnnxLanguageModel(threads)


# A child of its own, so that a picture is seen at once while another one is being read.
DECODERS = (Row("pillow", "pictures", _picture_decoder),)

CLEANERS = (Row("pillow", "pictures", _picture_cleaner),)

# What tears a document's child down must not take a picture's or a reading's with it.
DOCUMENT_READERS = (Row("documents", "documents", _document_reader, _document_version),)

PAGE_RENDERERS = (Row("pdfium", "documents", _page_renderer),)

READERS = (Row("rapidocr", "reader", _rapid_reader, _rapid_version),)

EXTRACTORS = (Row("built-in", "reader", _built_in_extractor, lambda: "built-in 2"),)

TRANSCRIBERS = (Row("faster-whisper", "speech", _whisper_transcriber),)

# Where the C library is glibc, large pages: each token reads the whole model.
_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

LANGUAGE_MODELS = (Row("onnx", "writer", _onnx_language_model, environment=_LARGE_PAGES),)

_BUILT_IN = WriterProfile(
    id="built-in",
    name=marked("built-in"),
    zone=Zone.COMPUTER,
    accepts=frozenset({Medium.TEXT}),
    # It holds no context in memory and reads a source line by line.
    context_length=10_000_000,
    tier=0,
)

WRITERS = (WriterRow(_BUILT_IN.id, "reader", _built_in_writer, profile=_BUILT_IN),)


@dataclass(frozen=True, slots=True)
class Rows:
    """The engines that share one child process."""

    readers: tuple[Row[Reader], ...] = ()
    writers: tuple[WriterRow, ...] = ()
    decoders: tuple[Row[Decoder], ...] = ()
    cleaners: tuple[Row[Cleaner], ...] = ()
    document_readers: tuple[Row[DocumentReader], ...] = ()
    page_renderers: tuple[Row[PageRenderer], ...] = ()
    transcribers: tuple[Row[Transcriber], ...] = ()
    language_models: tuple[Row[LanguageModel], ...] = ()
    extractors: tuple[Row[Extractor], ...] = ()


def family(name: str) -> Rows:
    return Rows(
        _of(name, READERS),
        _of(name, WRITERS),
        _of(name, DECODERS),
        _of(name, CLEANERS),
        _of(name, DOCUMENT_READERS),
        _of(name, PAGE_RENDERERS),
        _of(name, TRANSCRIBERS),
        _of(name, LANGUAGE_MODELS),
        _of(name, EXTRACTORS),
    )


def _of(family: str, rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
    return tuple(row for row in rows if row.family == family)
