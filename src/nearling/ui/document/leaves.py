"""The pages of documents as they are shown: rendered or drawn elsewhere, a few of them kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.errors import EngineFailure, UnusableFile
from nearling.core.media import Attachment, Capture, Medium
from nearling.ui.document.finding import Found, find
from nearling.ui.document.sheet import drawn
from nearling.ui.house import House
from nearling.ui.picture.pictures import Shown, pixels
from nearling.ui.tasks import Job, Tasks

T = TypeVar("T")
_MOST = 2
"""Pages that are kept: the one that is seen, and the one it was come from."""
_LONGEST = 2200
"""Pixels of a page's longest side: 190 to the inch on A4."""
_PDF_WITHIN = 1024


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page."""

    digest: str
    number: int
    page: Page | None
    """None: it has not been read."""
    shown: Shown | None
    """None: there is nothing to see."""


class Leaves:
    def __init__(self, house: House, tasks: Tasks) -> None:
        self._house = house
        self._tasks = tasks
        self._kept: OrderedDict[tuple[str, int], Leaf] = OrderedDict()
        self._capture: Capture | None = None
        """Of the document that is looked at: bytes that are hashed and read once."""

    def open(self, digest: str, asker: QObject, then: Callable[[Pages | None], None]) -> None:
        """What it holds; None where nobody has read it."""
        self._call(lambda _: self._house.history.documents.opened(digest), asker, then)

    def leaf(
        self, document: Attachment, number: int, asker: QObject, then: Callable[[Leaf], None]
    ) -> Job[Leaf] | None:
        """Calls `then` at once where it is ready."""
        known = self._kept.get((document.digest, number))
        if known is not None:
            then(known)
            return None

        def arrived(leaf: Leaf) -> None:
            self._kept[leaf.digest, leaf.number] = leaf
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
            then(leaf)

        return self._call(
            lambda cancellation: self._made(document, number, cancellation), asker, arrived
        )

    def find(
        self, digest: str, words: str, asker: QObject, then: Callable[[tuple[Found, ...]], None]
    ) -> Job[tuple[Found, ...]]:
        return self._call(lambda _: find(self._house.history.documents, digest, words), asker, then)

    def let_go(self) -> None:
        """Nobody looks any more."""
        self._kept.clear()
        self._capture = None

    def _call(
        self, work: Callable[[Cancellation], T], asker: QObject, then: Callable[[T], None]
    ) -> Job[T]:
        def arrived(result: T) -> None:
            if isValid(asker):
                then(result)

        return self._tasks.call(work, arrived)

    # Where waiting does no harm

    def _made(self, document: Attachment, number: int, cancellation: Cancellation) -> Leaf:
        pages = self._house.history.documents.pages(document.digest, (number,))
        page = pages[0] if pages else None
        cancellation.check()
        shown = self._rendered(document, number, page, cancellation)
        if shown is None and page is not None:
            reading = page.reading
            image = drawn(reading, _LONGEST)
            shown = Shown(document.digest, max(reading.width, 1), max(reading.height, 1), image)
        return Leaf(document.digest, number, page, shown)

    def _rendered(
        self, document: Attachment, number: int, page: Page | None, cancellation: Cancellation
    ) -> Shown | None:
        """A PDF's page as it is printed; None where it has to do without its picture."""
        capture = self._captured(document)
        if b"%PDF-" not in capture.data[:_PDF_WITHIN]:
            return None
        try:
            rendition = self._house.page_renderer.render(capture, number, _LONGEST, cancellation)
        except (UnusableFile, EngineFailure):
            return None
        if page is None:
            return Shown.of(rendition)
        size = max(page.reading.width, 1), max(page.reading.height, 1)
        return Shown(document.digest, *size, pixels(rendition))

    def _captured(self, document: Attachment) -> Capture:
        capture = self._capture
        if capture is None or capture.digest != document.digest:
            data = self._house.history.attachment(document.digest)
            capture = Capture(Medium.DOCUMENT, document.name, data)
            self._capture = capture
        return capture
