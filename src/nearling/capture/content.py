"""Tells pictures, recordings and documents apart by how their bytes begin."""

from __future__ import annotations

import re

from nearling.core.media import Medium

HEAD = 4096
"""Bytes that are enough to tell."""
_PICTURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif|avis)",
    re.DOTALL,
)
_CLIPS = re.compile(
    rb"RIFF.{4}(?:WAVE|AVI )|RF64|ID3|fLaC|OggS|FORM.{4}AIF[FC]|#!AMR|caff|.{4}ftyp"
    rb"|\x1a\x45\xdf\xa3|\x30\x26\xb2\x75\x8e\x66\xcf\x11|\0\0\x01[\xb3\xba]"
    # Frames of MP3 and AAC; what begins FF FE is text.
    rb"|\xff[\xe2\xe3\xf1-\xf3\xf9-\xfb]",
    re.DOTALL,
)
_DOCUMENTS = re.compile(rb"PK\x03\x04|PK\x05\x06|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", re.DOTALL)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""Of UTF-16 and UTF-32, in which text holds zeros."""


def medium_of(head: bytes) -> Medium | None:
    """None for bytes that are nothing known and no text either."""
    if _PICTURES.match(head):
        return Medium.PICTURE
    if _CLIPS.match(head):
        return Medium.CLIP
    # A PDF may begin with something else, within its first kilobyte.
    if _DOCUMENTS.match(head) or b"%PDF-" in head[:1024]:
        return Medium.DOCUMENT
    return Medium.DOCUMENT if head.startswith(_MARKS) or b"\0" not in head else None
