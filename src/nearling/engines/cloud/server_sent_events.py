"""Cuts the body of a response into server-sent events, as the HTML standard spells them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

MOST_BYTES = 4 << 20


class TooLong(Exception):
    """A line or an event has no end."""


def events(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event, also of a last one without its blank line, but of no broken line.

    Names, ids and comments are passed over. Raises TooLong.
    """
    data: list[bytes] = []
    length = 0
    lines = _lines(pieces)
    first = next(lines, b"").removeprefix(codecs.BOM_UTF8)
    for line in chain([first], lines):
        if not line:
            if data:
                yield b"\n".join(data)
            data, length = [], 0
        elif line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
            length += len(line)
            if length > MOST_BYTES:
                raise TooLong
    if data:
        yield b"\n".join(data)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each ended by CR LF, LF or CR."""
    unfinished: list[bytes] = []
    length = 0
    returned = False
    for piece in pieces:
        # The line feed after a carriage return may come with the next piece.
        fed = piece.removeprefix(b"\n") if returned else piece
        returned = piece.endswith(b"\r")
        *whole, rest = fed.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in whole:
            yield b"".join((*unfinished, line))
            unfinished, length = [], 0
        unfinished.append(rest)
        length += len(rest)
        if length > MOST_BYTES:
            raise TooLong
