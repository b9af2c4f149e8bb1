"""Reads a take: the same samples while it grows and afterwards."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from nearling.core import take
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.engines.local.speech.samples import BLOCK, Samples, of_pcm, shown

_GLANCE_SECONDS = 0.02
_ABANDONED_SECONDS = 10.0
"""A microphone writes many times a second; after this long nobody writes any more."""


class TakeFile:
    """Fulfils Sound."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def length(self) -> float | None:
        if take.is_growing(self._file):
            return None
        data = self._file.stat().st_size - take.HEADER_BYTES
        return data / take.BYTES_A_SAMPLE / take.RATE

    def blocks(self, cancellation: Cancellation) -> Iterator[Samples]:
        try:
            with self._file.open("rb") as file:
                yield from self._followed(file, cancellation)
        except OSError as error:
            raise UnusableFile(
                _("{name} could not be read.").format(name=shown(self._file)),
                _("Check the disk it lies on, or use a copy of it."),
            ) from error

    def _followed(self, file: BinaryIO, cancellation: Cancellation) -> Iterator[Samples]:
        age = time.time() - os.fstat(file.fileno()).st_mtime
        patience = 0.0 if age > _ABANDONED_SECONDS else _ABANDONED_SECONDS
        waiting_since: float | None = None
        position = take.HEADER_BYTES
        while True:
            cancellation.check()
            # Asked before reading: what was written before the sealing is read after it.
            growing = _is_growing(file)
            if data := _read(file, position):
                position += len(data)
                waiting_since = None
                yield of_pcm(np.frombuffer(data, "<i2"))
                continue
            # Not since the last sample: whoever reads may have been busy with it for long.
            waiting_since = waiting_since or time.monotonic()
            if not growing or time.monotonic() - waiting_since >= patience:
                return
            yield np.empty(0, np.float32)
            time.sleep(_GLANCE_SECONDS)


def _is_growing(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(take.HEADER_BYTES) == take.header(None)


def _read(file: BinaryIO, position: int) -> bytes:
    """Whole samples only."""
    file.seek(position)
    data = file.read(BLOCK * take.BYTES_A_SAMPLE)
    return data[: len(data) - len(data) % take.BYTES_A_SAMPLE]
