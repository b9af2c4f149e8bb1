"""Unpacks the body of a response piece by piece, and never more of it than is wanted."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from nearling.core.errors import RemoteKind
from nearling.core.language import gettext as _
from nearling.engines.cloud.failures import failure

MOST_BYTES = 16 << 20
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PIECE = 1 << 16


def unpacked(pieces: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Raises RemoteFailure where it is packed in another way, spoilt or without an end.

    Nothing packed is asked for; some servers pack all the same.
    """
    match encoding.strip().lower():
        case "" | "identity":
            plain = iter(pieces)
        case "gzip" | "x-gzip" | "deflate":
            plain = _inflated(pieces, name)
        case _:
            raise failure(RemoteKind.PROTOCOL, name)
    length = 0
    for piece in plain:
        length += len(piece)
        if length > MOST_BYTES:
            raise failure(
                RemoteKind.PROTOCOL, name, _("The answer of “{name}” has no end.").format(name=name)
            )
        yield piece


def _inflated(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    for piece in pieces:
        packed, full = piece, True
        while packed or full:
            try:
                plain = inflater.decompress(packed, _PIECE)
            except zlib.error:
                raise failure(RemoteKind.PROTOCOL, name) from None
            yield plain
            packed, full = inflater.unconsumed_tail, len(plain) == _PIECE
