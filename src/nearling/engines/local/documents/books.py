"""EPUB: chapters in the order in which they are to be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from nearling.engines.local.documents.blocks import Heading, Section
from nearling.engines.local.documents.decoded import decoded
from nearling.engines.local.documents.limits import (
    MOST_LETTERS,
    MOST_PAGES,
    damaged,
    encrypted,
    too_long,
    too_many_pages,
)
from nearling.engines.local.documents.markup import Element, child
from nearling.engines.local.documents.web import blocks, parsed
from nearling.engines.local.documents.zipped import Package
from nearling.engines.local.documents.zipped import parsed as tree_of

_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/rights.xml"
"""There where a shop's key is needed."""


def sections(package: Package, name: str) -> Iterator[Section]:
    if _LOCKED in package:
        raise encrypted(name)
    root = tree_of(package.read(_CONTAINER)).find(".//{*}rootfile")
    if root is None:
        raise damaged(name)
    place = str(root.get("full-path"))
    chapters = list(_chapters(tree_of(package.read(place)), posixpath.dirname(place)))
    if len(chapters) > MOST_PAGES:
        raise too_many_pages(name)
    letters = 0
    for chapter in chapters:
        if chapter not in package:
            continue
        text = decoded(package.read(chapter)) or ""
        letters += len(text)
        if letters > MOST_LETTERS:
            raise too_long(name)
        told = tuple(blocks(parsed(text)))
        title = next((it.text for it in told if isinstance(it, Heading)), "")
        # Covers and the like are pictures only.
        if told:
            yield Section(told, title)


def _chapters(book: Element, folder: str) -> Iterator[str]:
    manifest, spine = child(book, "manifest"), child(book, "spine")
    files = {str(it.get("id")): str(it.get("href", "")) for it in _inside(manifest)}
    for each in _inside(spine):
        href = files.get(str(each.get("idref")), "")
        if href:
            yield posixpath.normpath(posixpath.join(folder, _plain(href)))


def _plain(href: str) -> str:
    """Without the place within the file, and with the letters that an address may not hold."""
    raw = href.partition("#")[0].encode()
    pieces = raw.split(b"%")
    told = pieces[0]
    for piece in pieces[1:]:
        try:
            told += bytes.fromhex(piece[:2].decode()) + piece[2:]
        except ValueError:
            told += b"%" + piece
    return told.decode("utf-8", "replace")


def _inside(element: Element | None) -> Iterator[Element]:
    yield from element if element is not None else ()
