"""What the parts of a document are called, how many there are, and which one is meant."""

from __future__ import annotations

from nearling.core.document import Leafed, PageKind, Pages
from nearling.core.language import gettext as _
from nearling.core.language import marked, ngettext
from nearling.core.numerals import whole

_ONE = {
    PageKind.PAGE: marked("page {number}"),
    PageKind.SLIDE: marked("slide {number}"),
    PageKind.SHEET: marked("sheet {number}"),
    PageKind.CHAPTER: marked("chapter {number}"),
    PageKind.PART: marked("part {number}"),
}
_READING = {
    PageKind.PAGE: marked("Reading page {number} of {count}"),
    PageKind.SLIDE: marked("Reading slide {number} of {count}"),
    PageKind.SHEET: marked("Reading sheet {number} of {count}"),
    PageKind.CHAPTER: marked("Reading chapter {number} of {count}"),
    PageKind.PART: marked("Reading part {number} of {count}"),
}


def place(kind: PageKind, number: int) -> str:
    return _(_ONE[kind]).format(number=whole(number))


def count(pages: Pages) -> str:
    n = pages.count
    match pages.kind:
        case PageKind.PAGE:
            said = ngettext("{n} page", "{n} pages", n)
        case PageKind.SLIDE:
            said = ngettext("{n} slide", "{n} slides", n)
        case PageKind.SHEET:
            said = ngettext("{n} sheet", "{n} sheets", n)
        case PageKind.CHAPTER:
            said = ngettext("{n} chapter", "{n} chapters", n)
        case PageKind.PART:
            said = ngettext("{n} part", "{n} parts", n)
    return said.format(n=whole(n))


def progress(leafed: Leafed) -> str:
    """While it is read, and once it is."""
    pages = leafed.pages
    if not pages.count:
        return _("There is nothing to read in it")
    if leafed.read >= pages.count:
        return _("Read, {pages}").format(pages=count(pages))
    return _(_READING[pages.kind]).format(number=whole(leafed.read + 1), count=whole(pages.count))
