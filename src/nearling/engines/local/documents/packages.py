"""Tells what a zip archive is: a text, slides, a workbook, a book, or an archive of files."""

from __future__ import annotations

from collections.abc import Iterable

from nearling.core.document import PageKind
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.limits import damaged
from nearling.engines.local.documents.zipped import Package, broken_is_damaged, parsed

_TYPES = "[Content_Types].xml"
_OPEN = {
    "application/vnd.oasis.opendocument.text": PageKind.PART,
    "application/vnd.oasis.opendocument.spreadsheet": PageKind.SHEET,
    "application/vnd.oasis.opendocument.presentation": PageKind.SLIDE,
}


def sections(document: Capture) -> tuple[PageKind, list[Section]]:
    """Raises UnusableFile."""
    with broken_is_damaged(document.name):
        kind, found = _sections(Package(document), document)
        return kind, list(found)


def _sections(package: Package, document: Capture) -> tuple[PageKind, Iterable[Section]]:
    if _TYPES in package:
        return _office(package, document)
    kind = (
        package.read("mimetype").strip().decode("ascii", "replace") if "mimetype" in package else ""
    )
    if kind == "application/epub+zip" or "META-INF/container.xml" in package:
        from nearling.engines.local.documents import books

        return PageKind.CHAPTER, books.sections(package, document.name)
    if kind.removesuffix("-template") in _OPEN:
        from nearling.engines.local.documents import open_documents

        asked = _OPEN[kind.removesuffix("-template")]
        return asked, open_documents.sections(package, asked, document.name)
    raise UnusableFile(
        _("{name} is an archive of files.").format(name=document.name),
        _("Unpack it and hand in the documents that are in it."),
    )


def _office(package: Package, document: Capture) -> tuple[PageKind, Iterable[Section]]:
    types = parsed(package.read(_TYPES))
    kinds = {
        str(it.get("PartName")).lstrip("/"): str(it.get("ContentType"))
        for it in types
        if it.get("PartName")
    }
    mains = [place for kind, place in package.related("").values() if kind == "officeDocument"]
    main = mains[0] if mains else next((it for it in kinds if _is_main(kinds[it])), "")
    kind = kinds.get(main, "")
    name = document.name
    if "wordprocessingml" in kind or "ms-word" in kind:
        from nearling.engines.local.documents import word

        return word.sections(package, main)
    if "presentationml" in kind or "ms-powerpoint" in kind:
        from nearling.engines.local.documents import slides

        return PageKind.SLIDE, slides.sections(package, main, name)
    if "sheet.binary" in kind:
        from nearling.engines.local.documents import old_workbooks

        return PageKind.SHEET, old_workbooks.sections(document)
    if "spreadsheetml" in kind or "ms-excel" in kind:
        from nearling.engines.local.documents import workbooks

        return PageKind.SHEET, workbooks.sections(package, main, name)
    raise damaged(name)


def _is_main(kind: str) -> bool:
    return kind.endswith(".main+xml")
