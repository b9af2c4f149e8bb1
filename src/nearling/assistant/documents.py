"""Reduces the documents of a message to text, page by page, and ranks the pages for a question."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from nearling.core.abilities import DocumentReader, Reader
from nearling.core.cancellation import Cancellation
from nearling.core.document import Leafed, Page, PageKind, Pages
from nearling.core.errors import EngineFailure
from nearling.core.events import DocumentRead, Progress
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Attachment, Capture, Medium
from nearling.core.numerals import whole
from nearling.core.prompt import Source
from nearling.history.history import History

_BATCH_SECONDS = 0.5
"""What a crash may cost; reading a page as a picture takes as long."""
_AHEAD = 2
"""Documents that were read and not asked about yet."""
_READING = {
    PageKind.PAGE: marked("Reading {name}: page {number} of {count}"),
    PageKind.SLIDE: marked("Reading {name}: slide {number} of {count}"),
    PageKind.SHEET: marked("Reading {name}: sheet {number} of {count}"),
    PageKind.CHAPTER: marked("Reading {name}: chapter {number} of {count}"),
    PageKind.PART: marked("Reading {name}: part {number} of {count}"),
}
_NAMED = re.compile(
    r"\b(?:page|slide|sheet|chapter|part|seite|folie|blatt|kapitel|teil|p\.|s\.)\s*(\d{1,5})\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:last|final|letzten?r?)\s+(?:page|slide|sheet|chapter|seite|folie|blatt|kapitel)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:first|ersten?r?)\s+(?:page|slide|sheet|chapter|seite|folie|blatt|kapitel)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of a word that pages are looked for by."""


@dataclass(frozen=True, slots=True)
class _Read:
    pages: Pages
    each: tuple[Page, ...]

    @property
    def whole(self) -> bool:
        return len(self.each) == self.pages.count


class Documents:
    """Reads through `reader`, and through `eyes` what is only a picture; keeps pages in `history`.

    What was read ahead of its question is kept in memory until the history can.
    """

    def __init__(self, history: History, reader: DocumentReader, eyes: Reader, engine: str) -> None:
        """`engine` names both readers and their versions: what others read is read again."""
        self._history = history
        self._reader = reader
        self._eyes = eyes
        self._engine = engine
        self._ahead: OrderedDict[str, _Read] = OrderedDict()

    def anticipate(self, document: Capture, cancellation: Cancellation) -> None:
        """Reads it before it is asked about. Raises what `read` raises."""
        for _each in self.leaf(document, cancellation):
            pass

    def leaf(self, document: Capture, cancellation: Cancellation) -> Iterator[Leafed]:
        """As `anticipate`, and tells how far it is; what was read before a cancel is used, too."""
        digest = document.digest
        kept = self._history.documents.whole(digest, self._engine)
        if kept is not None:
            yield Leafed(kept.count, kept)
            return
        known = self._ahead.get(digest)
        if known is not None and known.whole:
            yield Leafed(known.pages.count, known.pages)
            return
        opened: Pages | None = None
        each: list[Page] = []
        try:
            for event in self._opened(document, frozenset(), cancellation):
                if isinstance(event, Pages):
                    opened = event
                else:
                    each.append(event)
                if opened is not None:
                    yield Leafed(len(each), opened)
        finally:
            if opened is not None and each:
                self._remember(digest, _Read(opened, tuple(each)))

    def pages(self, document: Capture, cancellation: Cancellation) -> tuple[Page, ...]:
        """Every page, for what is no question; known ones are not read again.

        Raises what `read` raises.
        """
        digest = document.digest
        known = self._history.documents.whole(digest, self._engine)
        kept = self._history.documents.pages(digest) if known is not None else ()
        if known is not None and len(kept) == known.count:
            return kept
        read = self._ahead.get(digest)
        if read is None or not read.whole:
            events = list(self._opened(document, frozenset(), cancellation))
            each = tuple(event for event in events if isinstance(event, Page))
            read = _Read(next(event for event in events if isinstance(event, Pages)), each)
            if not read.whole:
                raise _incomplete(document.name)
            self._remember(digest, read, pending=False)
        return read.each

    def _remember(self, digest: str, read: _Read, *, pending: bool = True) -> None:
        """What nobody is about to ask about gives way first."""
        self._ahead[digest] = read
        self._ahead.move_to_end(digest, last=pending)
        while len(self._ahead) > _AHEAD:
            self._ahead.popitem(last=False)

    def read(
        self, document: Attachment, capture: Capture | None, cancellation: Cancellation
    ) -> Generator[Progress | DocumentRead, None, None]:
        """Has every page kept. A crash costs what was read in the last half second.

        `capture` holds its bytes if they are in memory. Raises what DocumentReader.open and
        Reader.read raise, or EngineFailure if not all pages came.
        """
        documents, digest = self._history.documents, document.digest
        known = documents.whole(digest, self._engine)
        if known is not None:
            yield DocumentRead(document.name, known, cached=True)
            return
        ahead = self._ahead.pop(digest, None)
        if ahead is not None:
            documents.begin(digest, self._engine, ahead.pages)
            documents.keep(digest, self._engine, ahead.each)
            if ahead.whole:
                yield DocumentRead(document.name, ahead.pages, cached=True)
                return
        yield Progress(_("Reading {name}").format(name=document.name))
        data = capture or Capture(Medium.DOCUMENT, document.name, self._history.attachment(digest))
        yield from self._read_now(document, data, cancellation)
        read = documents.whole(digest, self._engine)
        if read is None:
            raise _incomplete(document.name)
        yield DocumentRead(document.name, read, cached=False)

    def sources(
        self, document: Attachment, question: str, before: str, exchange: int | None
    ) -> tuple[Source, ...]:
        """Every page that was read, those first that fit `question` best.

        A page that the question names stands alone. `before` is the question before it, which
        counts where nothing of this one is found.
        """
        ahead = self._ahead.get(document.digest)
        pages = self._history.documents.pages(document.digest)
        if ahead is not None and len(ahead.each) > len(pages):
            pages = ahead.each
        ordered = _named(question, pages) or self._ranked(document, question, before, pages)
        return tuple(
            Source(document.name, page.reading, exchange, page.number, _place(page, len(pages)))
            for page in ordered
        )

    def _ranked(
        self, document: Attachment, question: str, before: str, pages: Sequence[Page]
    ) -> tuple[Page, ...]:
        found: tuple[int, ...] = ()
        for asked in (question, before):
            found = found or self._history.documents.find(document.digest, _beginnings(asked))
        rank = {number: place for place, number in enumerate(found)}
        return tuple(sorted(pages, key=lambda page: rank.get(page.number, len(rank))))

    def _read_now(
        self, document: Attachment, capture: Capture, cancellation: Cancellation
    ) -> Iterator[Progress]:
        documents, digest = self._history.documents, document.digest
        kept = documents.numbers(digest, self._engine)
        batch: list[Page] = []
        pages, since = Pages(0, PageKind.PAGE), time.monotonic()
        for event in self._opened(capture, kept, cancellation):
            if isinstance(event, Pages):
                pages = event
                documents.begin(digest, self._engine, pages)
                continue
            batch.append(event)
            if time.monotonic() - since >= _BATCH_SECONDS:
                documents.keep(digest, self._engine, batch)
                batch, since = [], time.monotonic()
                yield Progress(
                    _(_READING[pages.kind]).format(
                        name=document.name, number=whole(event.number), count=whole(pages.count)
                    )
                )
        documents.keep(digest, self._engine, batch)

    def _opened(
        self, document: Capture, kept: frozenset[int], cancellation: Cancellation
    ) -> Iterator[Pages | Page]:
        """Pages, then each page that is not `kept`, with its text."""
        for event in self._reader.open(document, cancellation):
            if isinstance(event, Pages):
                yield event
            elif event.number not in kept:
                yield legible(event, document, self._eyes, cancellation)


def legible(page: Page, document: Capture, eyes: Reader, cancellation: Cancellation) -> Page:
    """`page` as it is, or read as a picture where it is only one.

    Raises what Reader.read raises.
    """
    if not page.picture:
        return page
    picture = Capture(Medium.PICTURE, f"{document.name}, {page.number}.png", page.picture)
    reading = eyes.read(picture, cancellation)
    return replace(page, reading=replace(reading, digest=document.digest), picture=b"")


def _incomplete(name: str) -> EngineFailure:
    return EngineFailure(
        _("Not every page of {name} could be read.").format(name=name), _("Try again.")
    )


def _place(page: Page, count: int) -> str:
    """Nothing for what is all there is."""
    if count == 1:
        return page.name
    place = f"{page.kind} {page.number} of {count}"
    return f"{place}: {page.name}" if page.name else place


def _named(question: str, pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages that the question names, by number, place or title."""
    if len(pages) < 2:
        return ()
    numbers = {int(number) for number in _NAMED.findall(question)}
    if _LAST.search(question):
        numbers.add(pages[-1].number)
    if _FIRST.search(question):
        numbers.add(pages[0].number)
    plain = question.casefold()
    titled = (PageKind.SHEET, PageKind.CHAPTER)
    numbers |= {
        page.number
        for page in pages
        if page.kind in titled and _stands_in(page.name.casefold(), plain)
    }
    return tuple(page for page in pages if page.number in numbers)


def _stands_in(title: str, question: str) -> bool:
    long_enough = len(title) > _SHORTEST
    return long_enough and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", question) is not None


def _beginnings(question: str) -> tuple[str, ...]:
    """Words of `question`, the ends left off that endings of its language may take the place of."""
    words = dict.fromkeys(_WORD.findall(question.casefold()))
    return tuple(_stem(word) for word in words if len(word) >= _SHORTEST or word.isdigit())


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 2)] if len(word) > 4 else word
