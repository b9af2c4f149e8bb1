"""Every engine that ships with Nearling, one row each; loads none of them by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ReaderRow:
    id: str
    family: str
    """Engines of one family share a child process."""
    version: Callable[[], str]
    """Names engine, models and settings; readings kept under another name are read anew."""
    load: Callable[[int], Reader]
    """Takes the number of threads, 0 for all physical cores; slow; only called in a child."""


@dataclass(frozen=True, slots=True)
class WriterRow:
    profile: WriterProfile
    family: str
    load: Callable[[int], Writer]


@dataclass(frozen=True, slots=True)
class DecoderRow:
    id: str
    family: str
    load: Callable[[], Decoder]


@dataclass(frozen=True, slots=True)
class CleanerRow:
    id: str
    family: str
    load: Callable[[], Cleaner]


@dataclass(frozen=True, slots=True)
class DocumentReaderRow:
    id: str
    family: str
    version: Callable[[], str]
    """Pages kept under another name are read anew."""
    load: Callable[[], DocumentReader]


@dataclass(frozen=True, slots=True)
class PageRendererRow:
    id: str
    family: str
    load: Callable[[], PageRenderer]


@dataclass(frozen=True, slots=True)
class ExtractorRow:
    id: str
    family: str
    version: str
    """Rows that were extracted under another one are extracted anew."""
    load: Callable[[], Extractor]


@dataclass(frozen=True, slots=True)
class TranscriberRow:
    id: str
    family: str
    load: Callable[[int], Transcriber]


@dataclass(frozen=True, slots=True)
class LanguageModelRow:
    id: str
    family: str
    environment: Mapping[str, str]
    """That its process gets beside ours."""
    load: Callable[[int], LanguageModel]


def _picture_decoder() -> Decoder:
    from nearling.engines.local.renditions import PictureDecoder

    return PictureDecoder()


def _picture_cleaner() -> Cleaner:
    from nearling.engines.local.cleaning import PictureCleaner

    return PictureCleaner()


def _document_reader() -> DocumentReader:
    from nearling.engines.local.documents.reader import PagesReader

    return PagesReader()


def _document_version() -> str:
    from nearling.engines.local.documents.version import document_reader_id

    return document_reader_id()


def _page_renderer() -> PageRenderer:
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


def _built_in_extractor() -> Extractor:
    from nearling.engines.local.built_in.extraction.extractor import BuiltInExtractor

    return BuiltInExtractor()


def _whisper_transcriber(threads: int) -> Transcriber:
    from nearling.engines.local.speech.transcriber import WhisperTranscriber

    return WhisperTranscriber(threads)


def _onnx_language_model(threads: int) -> LanguageModel:
    from nearling.engines.local.writing.language_model import OnnxLanguageModel

    return OnnxLanguageModel(threads)


# A child of its own, so that a picture is seen at once while another one is being read.
DECODERS = (DecoderRow("pillow", "pictures", _picture_decoder),)

CLEANERS = (CleanerRow("pillow", "pictures", _picture_cleaner),)

# What tears a document's child down must not take a picture's or a reading's with it.
DOCUMENT_READERS = (
    DocumentReaderRow("documents", "documents", _document_version, _document_reader),
)

PAGE_RENDERERS = (PageRendererRow("pdfium", "documents", _page_renderer),)

READERS = (ReaderRow("rapidocr", "reader", _rapid_version, _rapid_reader),)

EXTRACTORS = (ExtractorRow("built-in", "reader", "built-in 2", _built_in_extractor),)

TRANSCRIBERS = (TranscriberRow("faster-whisper", "speech", _whisper_transcriber),)

# Where the C library is glibc, large pages: each token reads the whole model.
_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

LANGUAGE_MODELS = (LanguageModelRow("onnx", "writer", _LARGE_PAGES, _onnx_language_model),)

WRITERS = (
    WriterRow(
        WriterProfile(
            id="built-in",
            name=marked("built-in"),
            zone=Zone.COMPUTER,
            accepts=frozenset({Medium.TEXT}),
            # It holds no context in memory and reads a source line by line.
            context_length=10_000_000,
            tier=0,
        ),
        "reader",
        _built_in_writer,
    ),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The engines that share one child process."""

    readers: tuple[ReaderRow, ...] = ()
    writers: tuple[WriterRow, ...] = ()
    decoders: tuple[DecoderRow, ...] = ()
    cleaners: tuple[CleanerRow, ...] = ()
    document_readers: tuple[DocumentReaderRow, ...] = ()
    page_renderers: tuple[PageRendererRow, ...] = ()
    transcribers: tuple[TranscriberRow, ...] = ()
    language_models: tuple[LanguageModelRow, ...] = ()
    extractors: tuple[ExtractorRow, ...] = ()


def family(name: str) -> Rows:
    return Rows(
        tuple(row for row in READERS if row.family == name),
        tuple(row for row in WRITERS if row.family == name),
        tuple(row for row in DECODERS if row.family == name),
        tuple(row for row in CLEANERS if row.family == name),
        tuple(row for row in DOCUMENT_READERS if row.family == name),
        tuple(row for row in PAGE_RENDERERS if row.family == name),
        tuple(row for row in TRANSCRIBERS if row.family == name),
        tuple(row for row in LANGUAGE_MODELS if row.family == name),
        tuple(row for row in EXTRACTORS if row.family == name),
    )
