"""Finds where text is in a picture: slanted rectangles around words or lines, not their words.

The network marks the core of each text line (differentiable binarization, Liao et al.,
"Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020); each marked
region becomes the smallest rectangle around it, grown back to the full height of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from nearling.engines.local.picture_decoding import Pixels

if TYPE_CHECKING:
    import onnxruntime

Floats = NDArray[np.floating[Any]]

_STRIDE = 32
_MARKED = 0.3
_BELIEVED = 0.5
# The network is trained on regions shrunk by this rule (area · ratio / perimeter).
_GROWTH = 1.6
# Small letters read better when they fill the strip that is cut out for them: fewer errors by
# a third at 10 px. Large ones read as well with more air, in fewer columns and so faster.
_SMALL_GROWTH = 1.4
_SMALL_LINE = 20.0
_SMALLEST = 3.0
"""Pixels of the network's picture; thinner regions are noise."""
_MOST_REGIONS = 3000
_FIRST_LOOK = 1_000_000
"""Pixels: a 1920×1080 screen at 0.69, where text of 12 px is still found line by line."""
_SECOND_LOOK = 4_000_000
_CLOSE = 0.7
_SMALL_TEXT = 14.5
"""Pixels of height as seen; text smaller than the network can tell apart comes out at 13."""


class TextDetector:
    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name

    def find(self, picture: Pixels) -> Floats:
        """Rectangles n×4×2, corners clockwise from the top left, in pixels of `picture`.

        Large pictures are looked at scaled down first, and again less so if what shows up is
        too small to be sure of its place.
        """
        height, width = picture.shape[:2]
        scale = min(1.0, (_FIRST_LOOK / (height * width)) ** 0.5)
        found = self._seen(picture, scale)
        closer = min(_CLOSE, (_SECOND_LOOK / (height * width)) ** 0.5)
        if len(found) and scale < 0.8 * closer:
            seen = float(np.median(np.linalg.norm(found[:, 3] - found[:, 0], axis=1))) * scale
            if seen < _SMALL_TEXT:
                found = self._seen(picture, closer)
        return found

    def _seen(self, picture: Pixels, scale: float) -> Floats:
        height, width = picture.shape[:2]
        seen = picture
        if scale < 1.0:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            seen = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        probability = self._session.run(None, {self._input: _blob(seen)})[0][0, 0]
        probability = probability[: seen.shape[0], : seen.shape[1]]
        ratio = np.array([width / seen.shape[1], height / seen.shape[0]])
        return np.asarray(_rectangles(probability, 1 / ratio[1]) * ratio)


def _blob(picture: Pixels) -> NDArray[np.float32]:
    """1×3×H×W, blue green red as the network was trained, in -1..1, edges repeated to 32s."""
    height, width = picture.shape[:2]
    padded = cv2.copyMakeBorder(
        picture, 0, -height % _STRIDE, 0, -width % _STRIDE, cv2.BORDER_REPLICATE
    )
    blob = cv2.dnn.blobFromImage(padded, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
    return np.asarray(blob, np.float32)


def _rectangles(probability: NDArray[np.float32], scale: float) -> Floats:
    """Rectangles in pixels of `probability`, which shows the picture at `scale`."""
    mask = (probability > _MARKED).astype(np.uint8)
    # Joins marks that touch at a corner only.
    joined = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    # The largest first: a page of more regions than that loses its dust and not its top.
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:_MOST_REGIONS]:
        centre, (across, down), angle = cv2.minAreaRect(outline)
        if min(across, down) < _SMALLEST:
            continue
        if _belief(probability, np.asarray(outline, np.int32)) < _BELIEVED:
            continue
        core = min(across, down)
        small = (core + core * _GROWTH) / scale < _SMALL_LINE
        grown = across * down * (_SMALL_GROWTH if small else _GROWTH) / (across + down)
        corners = cv2.boxPoints((centre, (across + grown, down + grown), angle))
        found.append(_clockwise(np.asarray(corners, np.float32)))
    return np.array(found, dtype=np.float32).reshape(-1, 4, 2)


def _belief(probability: NDArray[np.float32], outline: NDArray[np.int32]) -> float:
    """Mean probability inside the outline."""
    left, top, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [outline], -1, 1, cv2.FILLED, offset=(-left, -top))
    return float(cv2.mean(probability[top : top + height, left : left + width], inside)[0])


def _clockwise(corners: Floats) -> Floats:
    """The same corners from the top left on, for rectangles turned by less than 45 degrees."""
    middle = corners.mean(axis=0)
    around = np.argsort(np.arctan2(*(corners - middle).T[::-1]))
    ring = corners[around]
    return np.asarray(np.roll(ring, -int(np.argmin(ring.sum(axis=1))), axis=0))
