"""An ONNX file from outside: is it whole, which files hold its weights, how precise are they?

It is protobuf; only the lengths of its fields are followed and no weight is read. The numbers of
fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import mmap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue.protobuf import Damaged, Field, fields

_GRAPH = 7
_NODE, _INITIALIZER = 1, 5
_OPERATOR, _ATTRIBUTE = 4, 5
_KEY, _VALUE = 1, 2
_NAME, _INTEGER = 1, 3
_DATA_TYPE, _EXTERNAL = 2, 13
_FLOAT32, _FLOAT16 = 1, 10
_QUANTIZED = "MatMulNBits"
_MOST_FIELDS = 1_000_000
"""Graphs of 30 layers have some ten thousands."""


class BrokenGraph(Exception):
    """No ONNX file, or only the beginning of one."""


@dataclass(frozen=True, slots=True)
class OnnxFile:
    weights: dict[str, int]
    """Files beside the graph, as it names them, and the bytes that each must have at least."""
    precision: str
    """"q4", "int8", "fp16" or "fp32"."""


def look(file: Path) -> OnnxFile:
    """Raises BrokenGraph or OSError."""
    with file.open("rb") as opened:
        try:
            with (
                mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
                memoryview(mapped) as content,
            ):
                return _Look(content).found()
        except ValueError as error:  # an empty file cannot be mapped, and Damaged is one too
            raise BrokenGraph(str(error)) from error


class _Look:
    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._left = _MOST_FIELDS

    def found(self) -> OnnxFile:
        graphs = [each for each in self._fields(0, len(self._content)) if each.number == _GRAPH]
        if not graphs:
            raise BrokenGraph("it holds no graph")
        weights: dict[str, int] = {}
        operators: set[str] = set()
        floats: Counter[int] = Counter()
        for each in self._fields(graphs[0].begin, graphs[0].end):
            if each.number == _NODE:
                operators.add(self._operator(each))
            elif each.number == _INITIALIZER:
                kind, length = self._weights(each, weights)
                floats[kind] += length
        return OnnxFile(weights, _precision(operators, floats[_FLOAT16] > floats[_FLOAT32]))

    def _operator(self, node: Field) -> str:
        """With its bits, where it says them."""
        name = bits = ""
        for each in self._fields(node.begin, node.end):
            if each.number == _OPERATOR:
                name = self._text(each)
            elif each.number == _ATTRIBUTE and name == _QUANTIZED:
                parts = {part.number: part for part in self._fields(each.begin, each.end)}
                if _NAME in parts and self._text(parts[_NAME]) == "bits" and _INTEGER in parts:
                    bits = str(parts[_INTEGER].integer)
        return name + bits

    def _weights(self, tensor: Field, weights: dict[str, int]) -> tuple[int, int]:
        """Their kind and bytes; notes the file that they lie in, where it is another one."""
        kind, length = 0, tensor.end - tensor.begin
        told: dict[str, str] = {}
        for each in self._fields(tensor.begin, tensor.end):
            if each.number == _DATA_TYPE:
                kind = each.integer
            elif each.number == _EXTERNAL:
                parts = {part.number: part for part in self._fields(each.begin, each.end)}
                if parts.keys() >= {_KEY, _VALUE}:
                    told[self._text(parts[_KEY])] = self._text(parts[_VALUE])
        if "location" in told:
            try:
                length = int(told.get("length", "0"))
                end = int(told.get("offset", "0")) + length
            except ValueError as error:
                raise BrokenGraph("it has weights at no place") from error
            weights[told["location"]] = max(end, weights.get(told["location"], 0))
        return kind, length

    def _text(self, field: Field) -> str:
        return str(
            self._content[field.begin : min(field.end, field.begin + 4096)], "utf-8", "replace"
        )

    def _fields(self, begin: int, end: int) -> Iterator[Field]:
        for field in fields(self._content, begin, end):
            self._left -= 1
            if self._left < 0:
                raise Damaged("more fields than any graph has")
            yield field


def _precision(operators: set[str], halves: bool) -> str:
    if operators & {f"{_QUANTIZED}4", _QUANTIZED}:
        return "q4f16" if halves else "q4"
    if operators & {f"{_QUANTIZED}8", "MatMulInteger", "DynamicQuantizeMatMul"}:
        return "int8"
    return "fp16" if halves else "fp32"
