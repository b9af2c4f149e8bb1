"""The files inside an office document or a book; looks at their sizes before it unpacks any."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from nearling.core.errors import UnusableFile
from nearling.core.media import Capture
from nearling.engines.local.documents.limits import damaged, encrypted, inflated

_MOST_FILES = 50_000
_LARGEST = 128 * 1024 * 1024
"""Bytes of one file that is read, unpacked."""
_ALL = 1024 * 1024 * 1024
"""Bytes of all files, unpacked, pictures that nobody reads among them."""
_RATIO, _HARMLESS = 200, 16 * 1024 * 1024
"""Unpacked by packed; the tables of a workbook reach 100. Nothing small does harm."""
_PASSWORD = 0x1


class Package:
    """Raises UnusableFile for what is damaged, encrypted or unpacks into too much."""

    def __init__(self, document: Capture) -> None:
        self._name = document.name
        with broken_is_damaged(document.name):
            self._files = zipfile.ZipFile(io.BytesIO(document.data))
        infos = self._files.infolist()
        if any(info.flag_bits & _PASSWORD for info in infos):
            raise encrypted(document.name)
        whole = sum(info.file_size for info in infos)
        packed = len(document.data)
        if len(infos) > _MOST_FILES or whole > _ALL:
            raise inflated(document.name)
        if whole > _HARMLESS and whole > _RATIO * packed:
            raise inflated(document.name)
        self._sizes = {info.filename: info.file_size for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._sizes)

    def open(self, name: str) -> IO[bytes]:
        """Never gives more bytes than the archive says it holds."""
        if name not in self._sizes:
            raise damaged(self._name)
        if self._sizes[name] > _LARGEST:
            raise inflated(self._name)
        return self._files.open(name)

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a file refers to: kind and place of each, by the id it is referred to with."""
        folder, file = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        if place not in self:
            return {}
        found = {}
        for relation in parsed(self.read(place)):
            target = str(relation.get("Target", ""))
            if relation.get("TargetMode") != "External":
                kind = str(relation.get("Type", "")).rpartition("/")[2]
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[str(relation.get("Id"))] = (kind, path)
        return found


@contextmanager
def broken_is_damaged(name: str) -> Iterator[None]:
    """What zipfile and lxml raise about broken bytes, told; anything else is a bug of ours."""
    try:
        yield
    except (
        *(EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
        *(zipfile.BadZipFile, zlib.error, struct.error, etree.LxmlError, IndexError),
    ) as error:
        if isinstance(error, UnusableFile):
            raise
        raise damaged(name) from error


def parsed(content: bytes) -> etree._Element:
    """An XML tree in which no entity stands for anything, of a file that is small."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)
