"""A decoder's parameters, whole or in blocks of few bits: given, or drawn when asked for."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nearling.engines.local.bare.decoders.shape import Shape

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

BLOCK = 32
"""Weights in a row that share one scale."""
_HALVES = np.arange(1, 16, dtype=np.uint8)
_BALANCED = {4: np.add.outer(_HALVES << 4, _HALVES).ravel(), 8: np.arange(1, 256, dtype=np.uint8)}
"""Bytes of which no number is the lowest: it has no opposite, and a model of such numbers would
only ever see their mean."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix [rows, columns] whose weights are `scale * (number - middle)`."""

    numbers: Bytes
    """[rows, columns / 32, bytes of a block]; of 4 bits the first of two is the lower half."""
    scales: Floats
    """[rows, columns / 32]."""


class Weights(Protocol):
    def whole(self, name: str) -> Floats: ...

    def blocks(self, name: str, bits: int) -> Blocks: ...


class GivenWeights:
    """Parameters that are all there, as a checkpoint holds them."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._arrays = arrays

    def whole(self, name: str) -> Floats:
        return self._arrays[name]

    def blocks(self, name: str, bits: int) -> Blocks:
        return in_blocks(self._arrays[name], bits)


class DrawnWeights:
    """Parameters drawn at random, one at a time, so that a large model needs little memory.

    Large enough that what such a model says wanders and never ends in a circle. In blocks, rows
    of the vocabulary past `words` are nothing, so that none of these tokens is ever said.
    """

    def __init__(self, shape: Shape, words: int) -> None:
        self._sizes = shape.parameters()
        self._words = words

    def whole(self, name: str) -> Floats:
        drawn = _generator(name).standard_normal(self._sizes[name], np.float32)
        if name == "model.norm.weight":
            return drawn  # of either sign: else what came in last would come out again
        if "norm" in name:
            return np.float32(1) + np.float32(0.1) * drawn
        return drawn * np.float32(self._spread(name))

    def blocks(self, name: str, bits: int) -> Blocks:
        rows, columns = self._sizes[name]
        size = (rows, columns // BLOCK, BLOCK * bits // 8)
        bytes_ = _BALANCED[bits]
        numbers = bytes_[_generator(name).integers(0, len(bytes_), size, np.uint8)]
        # Numbers drawn evenly spread by 2^bits / sqrt(12) around their middle.
        scales = np.full(size[:2], self._spread(name) * 12**0.5 / 2**bits, np.float32)
        if name in {"model.embed_tokens.weight", "lm_head.weight"}:
            scales[self._words :] = 0
        return Blocks(numbers, scales)

    def _spread(self, name: str) -> float:
        columns = self._sizes[name][-1]
        return 0.5 if "embed" in name else 3 / columns**0.5


def random_checkpoint(shape: Shape, seed: int) -> dict[str, Floats]:
    """A whole small model, its every parameter large enough that leaving it out is noticed."""
    rng = np.random.default_rng(seed)
    made = {}
    for name, size in shape.parameters().items():
        drawn = rng.standard_normal(size, np.float32)
        if name == "model.norm.weight":
            made[name] = drawn
        elif "norm" in name:
            made[name] = np.float32(1) + np.float32(0.1) * drawn
        elif name.endswith("bias") or "embed" in name:
            made[name] = np.float32(0.25) * drawn
        else:
            made[name] = drawn * np.float32(1.5 / size[-1] ** 0.5)
    return made


def in_blocks(weights: Floats, bits: int) -> Blocks:
    """Rounded to `bits` bits, the largest of each block becoming the farthest from the middle."""
    rows, columns = weights.shape
    blocks = weights.reshape(rows, columns // BLOCK, BLOCK)
    middle = 2 ** (bits - 1)
    farthest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)[..., 0]
    scales = (farthest / -middle).astype(np.float32)
    # A block of nothing keeps a scale of nothing.
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales != 0)
    numbers = np.clip(np.rint(blocks * inverse[..., None]) + middle, 0, 2**bits - 1)
    numbers = numbers.astype(np.uint8)
    if bits == 4:
        numbers = numbers[..., ::2] | (numbers[..., 1::2] << 4)
    return Blocks(numbers, scales)


def _generator(name: str) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(zlib.crc32(name.encode())))
