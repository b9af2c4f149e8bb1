"""A document as its pages: what is written on each, and what a person calls it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nearling.core.reading import Reading


class PageKind(StrEnum):
    """What a document's parts are called."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET = "sheet"
    """Of a workbook."""
    CHAPTER = "chapter"
    PART = "part"
    """Of a text that knows no pages: some dozens of lines that belong together."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its text, in a picture of the page `reading.width` by `reading.height` pixels.

    Of a document without printed pages that picture is laid out by us: one line under the other.
    """

    number: int
    """From 1."""
    kind: PageKind
    name: str
    """As the document itself calls it, such as a sheet's or a chapter's title; may be empty."""
    reading: Reading
    """Its digest is the document's; it holds no lines where the page is only a picture."""
    picture: bytes = field(default=b"", repr=False)
    """PNG of a page that has to be read as a picture, in those very pixels; else empty."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What is known of a document before its pages: how many there are."""

    count: int
    kind: PageKind


@dataclass(frozen=True, slots=True)
class Leafed:
    """How far a document has been read."""

    read: int
    """Pages."""
    pages: Pages
