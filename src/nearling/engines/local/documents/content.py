"""Tells formats of documents apart by their bytes; a name only tells kinds of text apart."""

from __future__ import annotations

import re
from enum import Enum, auto

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


class Content(Enum):
    PDF = auto()
    ZIP = auto()
    """Of an office program or a book."""
    OLD = auto()
    """What office programs wrote before 2007, and what they encrypt since then."""
    HTML = auto()
    OTHER = auto()
    """Text, or nothing that is known here."""


def content_of(data: bytes) -> Content:
    # Some programs put something before a PDF's head; readers look for it in the first kilobyte.
    if b"%PDF-" in data[:1024]:
        return Content.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.ZIP
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content.OLD
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return Content.HTML
    return Content.OTHER
