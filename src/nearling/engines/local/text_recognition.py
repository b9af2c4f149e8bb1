"""Reads cut-out lines of text: their characters, how sure, and where along the line each is.

The network gives for each column of eight pixels one character or none; repeated characters
are merged (connectionist temporal classification, Graves et al., ICML 2006, best path).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from nearling.core.cancellation import Cancellation
from nearling.engines.local.picture_decoding import Pixels

if TYPE_CHECKING:
    import onnxruntime

_HEIGHT = 48
_NARROWEST = 48
_WIDEST = 3200
_BATCH_COLUMNS = 2400
"""Pixels of width of all lines in one run together; more gains no time and takes memory."""
_WASTE = 0.85
"""A line joins a batch only if it fills at least this share of the batch's width."""


@dataclass(frozen=True, slots=True)
class Recognised:
    text: str
    score: float
    """Mean certainty of the characters, 0 to 1; 0 without any."""
    positions: tuple[float, ...]
    """Where each character of `text` is, 0 (left end of the cut-out) to 1."""


class TextRecogniser:
    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        alphabet = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._alphabet = np.array(["", *alphabet, " "], dtype=object)

    def recognise(
        self, lines: Sequence[Pixels], cancellation: Cancellation
    ) -> tuple[Recognised, ...]:
        """One result for each line, in the order given. Raises Cancelled."""
        widths = [_width(line) for line in lines]
        results = [Recognised("", 0.0, ())] * len(lines)
        for batch in _batches(widths):
            cancellation.check()
            width = max(widths[index] for index in batch)
            blob = np.zeros((len(batch), 3, _HEIGHT, width), np.float32)
            for row, index in enumerate(batch):
                blob[row, :, :, : widths[index]] = _normalised(lines[index], widths[index])
            certainty = self._session.run(None, {self._input: blob})[0]
            for row, index in enumerate(batch):
                results[index] = self._decoded(certainty[row], width / widths[index])
        return tuple(results)

    def _decoded(self, certainty: NDArray[np.float32], stretch: float) -> Recognised:
        best = certainty.argmax(axis=1)
        starts = np.flatnonzero((best != 0) & (np.diff(best, prepend=0) != 0))
        if not len(starts):
            return Recognised("", 0.0, ())
        positions = (starts + 0.5) / len(best) * stretch
        text = self._alphabet[best[starts]]
        score = float(certainty[starts, best[starts]].mean())
        return Recognised("".join(text), min(score, 1.0), tuple(positions.tolist()))


def _width(line: Pixels) -> int:
    height, width = len(line), len(line[0])
    return min(max(round(_HEIGHT * (width / height)), 8), _WIDEST)


def _normalised(line: Pixels, width: int) -> NDArray[np.float32]:
    scaled = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    blob = cv2.dnn.blobFromImage(scaled, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
    return np.asarray(blob[0], dtype=np.float32)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of lines of about equal width, widest first."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda index: -widths[index]):
        if batch:
            widest = max(widths[batch[0]], _NARROWEST)
            full = (len(batch) + 1) * widest > _BATCH_COLUMNS
            if full or widths[index] < _WASTE * widest:
                yield batch
                batch = []
        batch.append(index)
    if batch:
        yield batch
