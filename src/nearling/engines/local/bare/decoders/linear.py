"""Multiplication with a weight matrix, in each of the forms that published graphs have for it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from nearling.engines.local.bare.decoders.onnx_file import CONTRIBUTED, OnnxFile
from nearling.engines.local.bare.decoders.weights import BLOCK, Floats, Weights

Precision = Literal["fp32", "int8", "quantized", "q8", "q4"]
"""As file names say it: whole; bytes with and without a sign whose inputs are rounded while it
runs; blocks of eight and of four bits."""

BITS = {"q8": 8, "q4": 4}


class Linear:
    def __init__(
        self, file: OnnxFile, weights: Weights, precision: Precision, accuracy_level: int | None
    ) -> None:
        self._file = file
        self._weights = weights
        self._precision = precision
        self._how = {} if accuracy_level is None else {"accuracy_level": accuracy_level}

    def __call__(self, name: str, inputs: str, size: tuple[int, ...], output: str) -> str:
        """`inputs` times the transposed matrix `name` of `size` [rows, columns]."""
        if bits := BITS.get(self._precision):
            return self._in_blocks(name, inputs, size, bits, output)
        if self._precision == "fp32":
            turned = self._file.array(f"{name}.T", self._weights.whole(name).T)
            return self._file.node("MatMul", [inputs, turned], output)
        return self._in_bytes(name, inputs, output)

    def _in_blocks(
        self, name: str, inputs: str, size: tuple[int, ...], bits: int, output: str
    ) -> str:
        numbers, scales = self.blocks(name, bits)
        return self._file.node(
            "MatMulNBits", [inputs, numbers, scales], output, CONTRIBUTED,
            N=size[0], K=size[1], bits=bits, block_size=BLOCK, **self._how,
        )  # fmt: skip

    def blocks(self, name: str, bits: int) -> tuple[str, str]:
        """The names of a matrix's numbers and scales."""
        blocks = self._weights.blocks(name, bits)
        numbers = self._file.array(f"{name}_quant", blocks.numbers)
        return numbers, self._file.array(f"{name}_scales", blocks.scales)

    def _in_bytes(self, name: str, inputs: str, output: str) -> str:
        """A scale for each row of the matrix; the inputs get theirs when they are there."""
        file, signed = self._file, self._precision == "int8"
        turned, scales = _rounded(self._weights.whole(name).T)
        middle = np.array(0 if signed else 128, np.int8 if signed else np.uint8)
        # A byte without a sign counts from 128: the same bits with the highest one turned over.
        stored = turned if signed else (turned.view(np.uint8) ^ np.uint8(128))
        matrix = file.array(f"{name}_quantized", stored)
        zero = file.array(f"{name}_zero_point", middle)
        parts = [f"{output}/{part}" for part in ("rounded", "scale", "zero_point")]
        file.nodes("DynamicQuantizeLinear", [inputs], parts, "")
        rounded, scale, zero_point = parts
        whole = file.node(
            "MatMulInteger", [rounded, matrix, zero_point, zero], f"{output}/integers"
        )
        floats = file.node("Cast", [whole], f"{output}/floats", to=1)
        both = file.node(
            "Mul", [scale, file.array(f"{name}_scale", scales)], f"{output}/both_scales"
        )
        return file.node("Mul", [floats, both], output)


def _rounded(turned: Floats) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int8]], Floats]:
    # At most 63, as published files have it: two products of seven bits fit into 16 on processors
    # that add such pairs before anything else.
    scales = (np.abs(turned).max(0) / 63).astype(np.float32)
    safe = np.where(scales == 0, np.float32(1), scales)
    return np.rint(turned / safe).astype(np.int8), scales
