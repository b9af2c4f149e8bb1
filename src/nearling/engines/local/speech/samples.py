"""What a recording is read as: blocks of samples in order, one channel at 16 kHz."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nearling.core.cancellation import Cancellation
from nearling.core.take import RATE

Samples = npt.NDArray[np.float32]
"""Between -1 and 1."""

BLOCK = RATE // 2
"""Samples in a block, about."""


def of_pcm(values: npt.NDArray[np.int16]) -> Samples:
    return values.astype(np.float32) * np.float32(1 / 32768)


class Sound(Protocol):
    @property
    def length(self) -> float | None:
        """Seconds; None while it grows, and where the file does not say."""
        ...

    def blocks(self, cancellation: Cancellation) -> Iterator[Samples]:
        """Every sample; an empty block says that there are no more for now.

        Raises UnusableFile or Cancelled.
        """
        ...


def shown(file: Path) -> str:
    """A name on a disk need not be text; what is shown must be."""
    name = file.name or str(file)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
