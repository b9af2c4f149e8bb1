"""A take on the disk: a WAV file of 16 kHz that is written while somebody speaks.

While it grows its header names the largest length there is, as streamed WAV files do, so that
whoever reads along knows that more will come; sealing writes the true one. A take whose writer
died is whole but for its header.
"""

from __future__ import annotations

import struct
from pathlib import Path

RATE = 16_000
"""Samples a second, one channel, signed 16-bit little-endian."""
HEADER_BYTES = 44
BYTES_A_SAMPLE = 2
_GROWING = 0xFFFFFFFF
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


def header(data_bytes: int | None) -> bytes:
    """Of a take that holds `data_bytes` of samples; None while it grows."""
    data = _GROWING if data_bytes is None else data_bytes
    riff = _GROWING if data_bytes is None else data_bytes + HEADER_BYTES - 8
    rates = (RATE, RATE * BYTES_A_SAMPLE, BYTES_A_SAMPLE, 8 * BYTES_A_SAMPLE)
    return _HEADER.pack(b"RIFF", riff, b"WAVE", b"fmt ", 16, 1, 1, *rates, b"data", data)


def is_growing(take: Path) -> bool:
    """Whether `take` is a take that was not sealed. Raises OSError."""
    with take.open("rb") as file:
        return file.read(HEADER_BYTES) == header(None)


def seal(take: Path) -> None:
    """Writes the true length into the header; half a sample at the end is cut off.

    May be repeated. Raises OSError.
    """
    with take.open("r+b") as file:
        size = file.seek(0, 2) - HEADER_BYTES
        size -= size % BYTES_A_SAMPLE
        file.truncate(HEADER_BYTES + size)
        file.seek(0)
        file.write(header(size))
