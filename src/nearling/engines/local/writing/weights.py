"""Where a graph's weights lie: looked up and measured before a runtime is told of them."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue.protobuf import Damaged
from nearling.engines.local.writing.onnx_file import OnnxFile, Outside, Tensor

_LARGE = 4096
"""Bytes from which on a weight inside the graph's file is mapped and not copied."""
_BITS = {
    **dict.fromkeys((2, 3, 9, 17, 18, 19, 20), 8),
    **dict.fromkeys((4, 5, 10, 16), 16),
    **dict.fromkeys((1, 6, 12), 32),
    **dict.fromkeys((7, 11, 13), 64),
    **dict.fromkeys((21, 22), 4),
}
"""Of each kind of number, by TensorProto.DataType."""


@dataclass(frozen=True, slots=True)
class Place:
    """Bytes of a file below the model's root."""

    location: str
    offset: int
    length: int

    def entries(self) -> dict[str, str]:
        """As a tensor's external_data says it."""
        offset, length = str(self.offset), str(self.length)
        return {"location": self.location, "offset": offset, "length": length}


@dataclass(frozen=True, slots=True)
class Weights:
    root: Path
    """The folder that all places are below; nothing links out of it."""
    places: Mapping[str, Place]
    """By the weight's name; who is missing lies in the graph."""


@dataclass(frozen=True, slots=True)
class _DataFile:
    location: str
    length: int


def find_weights(file: OnnxFile, graph: Path, folder: Path) -> Weights:
    """Where the weights of the `graph` in the model's `folder` lie.

    Raises Outside for one outside of the folder, and Damaged where the bytes are not all there.
    """
    root = _root(graph, folder)
    itself = _below(graph, root)
    files: dict[str, _DataFile] = {}
    places = {}
    for tensor in file.tensors.values():
        if tensor.external is None:
            place = _inside(tensor, itself)
        else:
            location = tensor.external.get("location", "")
            if location not in files:
                files[location] = _data_file(location, graph, root)
            place = _beside(tensor, tensor.external, files[location])
        if place is not None:
            places[tensor.name] = place
    return Weights(root, places)


def _root(graph: Path, folder: Path) -> Path:
    """The graph's folder, or what holds its files where a Hugging Face cache only links to them."""
    real = folder.resolve()
    repository = real.parent.parent
    if real.parent.name == "snapshots" and repository.name.startswith("models--"):
        return repository
    return graph.parent.resolve()


def _inside(tensor: Tensor, itself: str) -> Place | None:
    if tensor.raw is None:
        return None
    if tensor.raw.length != _length(tensor):
        raise Damaged("a weight of another size")
    if tensor.raw.length < _LARGE:
        return None
    return Place(itself, tensor.raw.begin, tensor.raw.length)


def _data_file(location: str, graph: Path, root: Path) -> _DataFile:
    if not location or "\0" in location:
        raise Damaged("a weight that is nowhere")
    # Both ways of writing paths are looked for, whatever this computer's is.
    parts = location.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or ":" in location:
        raise Outside("external_data")
    file = graph.parent / location
    below = _below(file, root)
    if not file.is_file():
        raise FileNotFoundError(location)
    return _DataFile(below, file.stat().st_size)


def _beside(tensor: Tensor, where: Mapping[str, str], file: _DataFile) -> Place:
    wanted = _length(tensor)
    try:
        offset, length = int(where.get("offset", "0")), int(where.get("length", wanted))
    except ValueError as error:
        raise Damaged("a weight at no number") from error
    if length != wanted:
        raise Damaged("a weight of another size")
    if offset < 0 or offset + length > file.length:
        raise Damaged("a weight beyond the end of its file")
    return Place(file.location, offset, length)


def _below(file: Path, root: Path) -> str:
    real = Path(os.path.realpath(file))
    if not real.is_relative_to(root):
        raise Outside("external_data")
    return real.relative_to(root).as_posix()


def _length(tensor: Tensor) -> int:
    """Bytes that a weight of its size has."""
    if tensor.kind not in _BITS or any(side < 0 for side in tensor.size):
        raise Damaged("a weight of no known kind")
    return -(-math.prod(tensor.size) * _BITS[tensor.kind] // 8)
