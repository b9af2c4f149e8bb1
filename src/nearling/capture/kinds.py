"""What a file is: by how it begins, and by its name only where that says nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from nearling.core.media import Medium

LOOKED_AT = 4096
"""Bytes from a file's beginning."""

SOUNDS = (
    *(".aac", ".aif", ".aiff", ".amr", ".flac", ".m4a", ".mka", ".mp3", ".oga", ".ogg", ".opus"),
    *(".wav", ".weba", ".wma"),
    *(".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".webm", ".wmv"),
)
"""How the names of recordings end, films included: what is said in them can be written down."""

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
DOCUMENTS = (
    *(".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".ods", ".odp", ".epub", ".rtf"),
    *(".doc", ".ppt", ".xls"),
    *(".htm", ".html", ".eml", ".txt", ".md", ".csv", ".tsv", ".log", ".json", ".xml", ".ini"),
)
_PICTURE_BYTES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif|avis)",
    re.DOTALL,
)
_CLIP_BYTES = re.compile(
    rb"RIFF.{4}(?:WAVE|AVI )|RF64|ID3|fLaC|OggS|FORM.{4}AIF[FC]|#!AMR|caff|.{4}ftyp"
    rb"|\x1a\x45\xdf\xa3|\x30\x26\xb2\x75\x8e\x66\xcf\x11|\0\0\x01[\xb3\xba]"
    # Frames of MP3 and AAC; what begins FF FE is text.
    rb"|\xff[\xe2\xe3\xf1-\xf3\xf9-\xfb]",
    re.DOTALL,
)
_DOCUMENT_BYTES = re.compile(rb"PK\x03\x04|PK\x05\x06|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf")
"""Office files old and new, e-books, rich text."""
_WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""Of UTF-16 and UTF-32, in which text holds zeros."""
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
"""What text of any encoding is free of."""
_PDF_WITHIN = 1024
"""Bytes of something else may stand before a PDF's own beginning."""


def medium_of(name: str, head: bytes) -> Medium:
    """`head` is up to LOOKED_AT bytes; what is neither is taken for a picture, and refused as one.

    A document's reader looks closer: here only the door is chosen.
    """
    if b"%PDF-" in head[:_PDF_WITHIN] or _DOCUMENT_BYTES.match(head):
        return Medium.DOCUMENT
    if _PICTURE_BYTES.match(head):
        return Medium.PICTURE
    if _CLIP_BYTES.match(head):
        return Medium.CLIP
    if _is_text(head):
        return Medium.DOCUMENT
    ending = PurePath(name).suffix.lower()
    if ending in SOUNDS:
        return Medium.CLIP
    return Medium.DOCUMENT if ending in DOCUMENTS else Medium.PICTURE


def _is_text(head: bytes) -> bool:
    if head.startswith(_WIDE_STARTS):
        return True
    if not head or _CONTROLS.search(head):
        return False
    return _decodes(head, "utf-8") or _decodes(head, "cp1252")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == LOOKED_AT  # a letter cut in two
    return True
