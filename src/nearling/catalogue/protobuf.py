"""Protobuf's wire format, as ONNX files have it: reads messages where they lie, writes fields.

Nothing is copied while reading, so that weights inside a file stay in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_VARINT, _EIGHT_BYTES, _BLOCK, _FOUR_BYTES = 0, 1, 2, 5
_WORD = 1 << 64


class Damaged(ValueError):
    """The bytes are no message."""


class Field(NamedTuple):
    number: int
    start: int
    """Where its tag stands."""
    begin: int
    """Where its content begins; it is `data[begin:end]`."""
    end: int
    integer: int
    """Of a varint, as int64."""


def fields(data: memoryview, begin: int, end: int) -> Iterator[Field]:
    """The fields of the message `data[begin:end]`, in their order; raises Damaged."""
    at = begin
    while at < end:
        start = at
        tag = data[at]
        # Most are of one byte, and there are tens of thousands.
        if tag < 128:
            at += 1
        else:
            tag, at = _read_varint(data, at, end)
        number, kind = tag >> 3, tag & 7
        integer, content = 0, at
        if kind == _VARINT:
            value, at = _read_varint(data, at, end)
            integer = value - _WORD if value >= _WORD >> 1 else value
        elif kind == _BLOCK:
            if at < end and data[at] < 128:
                length, content = data[at], at + 1
            else:
                length, content = _read_varint(data, at, end)
            at = content + length
        elif kind == _EIGHT_BYTES:
            at += 8
        elif kind == _FOUR_BYTES:
            at += 4
        else:
            raise Damaged(f"wire type {kind}")
        if at > end or number == 0:
            raise Damaged("a field beyond the end of its message")
        yield Field(number, start, content, at, integer)


def integers(data: memoryview, field: Field) -> Iterator[int]:
    """What a repeated integer's field holds: one, or several in a block."""
    if data[field.start] & 7 == _VARINT:
        yield field.integer
        return
    at = field.begin
    while at < field.end:
        value, at = _read_varint(data, at, field.end)
        yield value - _WORD if value >= _WORD >> 1 else value


def text(data: memoryview, field: Field) -> str:
    return str(data[field.begin : field.end], "utf-8")


def integer(number: int, value: int) -> bytes:
    return _varint(number << 3 | _VARINT) + _varint(value % _WORD)


def block(number: int, content: bytes) -> bytes:
    return head(number, len(content)) + content


def head(number: int, length: int) -> bytes:
    """What stands before a block of `length` bytes."""
    return _varint(number << 3 | _BLOCK) + _varint(length)


def _read_varint(data: memoryview, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value % _WORD, at
        shift += 7
    raise Damaged("a number without an end")


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
