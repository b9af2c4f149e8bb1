"""Stands before a Whisper model's encoder: it may see a short window, and encodes none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ctranslate2 import StorageView

Features = npt.NDArray[np.float32]
_WHOLE = 3000
"""Frames of 10 ms: half a minute, what the models were taught with."""


class Encoder:
    """Is called as the model's own encoder is."""

    def __init__(self, encode: Callable[[Features], StorageView]) -> None:
        self._encode = encode
        self._window = _WHOLE
        self._last: tuple[Features, StorageView] | None = None

    @contextmanager
    def window(self, frames: int) -> Iterator[None]:
        """Most of an utterance's half minute is empty, and the encoder's work grows with it.

        With less than all of it stock models may get stuck: for a first glance only.
        """
        self._window = min(frames, _WHOLE)
        try:
            yield
        finally:
            self._window = _WHOLE

    def forget(self) -> None:
        """The next utterance is another one; what it was is not kept."""
        self._last = None

    def __call__(self, features: Features) -> StorageView:
        """Finding the language and writing the text ask for the same window in turn."""
        seen = features[..., : self._window]
        if self._last is None or not np.array_equal(self._last[0], seen):
            self._last = seen, self._encode(seen)
        return self._last[1]
