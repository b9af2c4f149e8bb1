"""The text of bytes whose encoding nobody names: UTF-8, UTF-16 or 32 with their marks, Western."""

from __future__ import annotations

import codecs

_MARKS = (
    # The mark of UTF-32 begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x1b\x08\x1a")
_FEW = 0.002
"""Share of control characters that a log may hold; a picture or a program holds many."""


def decoded(data: bytes) -> str | None:
    """With every end of line as one line feed; None for what is no text."""
    text = _decoded(data)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    if b"\0" in data or sum(data.count(it) for it in _CONTROLS) > _FEW * len(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # What Windows leaves undefined is what it is in Latin-1.
        return data.decode("cp1252") if _is_cp1252(data) else data.decode("latin-1")


def _is_cp1252(data: bytes) -> bool:
    return not any(it in data for it in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
