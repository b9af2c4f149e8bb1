"""Where a graph's weights lie: looked up and measured before a runtime is told of them."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nearling.engines.local.writing.onnx_file import OnnxFile, Outside, Tensor
from nearling.engines.local.writing.wire import Damaged

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


@dataclass(frozen=True, slots=True)
class Weights:
    root: Path
    """The folder that all places are below; nothing links out of it."""
    places: Mapping[str, Place]
    """By the weight's name; who is missing lies in the graph."""


def find_weights(file: OnnxFile, graph: Path, folder: Path) -> Weights:
    """Where the weights of the `graph` in the model's `folder` lie.

    Raises Outside for one outside of the folder, and Damaged where the bytes are not all there.
    """
    root = _root(folder)
    lengths: dict[Path, int] = {}
    places = {}
    for tensor in file.tensors.values():
        place = (
            _inside(tensor, graph, root)
            if tensor.external is None
            else _beside(tensor, tensor.external, graph, root, lengths)
        )
        if place is not None:
            places[tensor.name] = place
    return Weights(root, places)


def _root(folder: Path) -> Path:
    """The folder itself, or what holds its files where a Hugging Face cache only links to them."""
    real = folder.resolve()
    repository = real.parent.parent
    if real.parent.name == "snapshots" and repository.name.startswith("models--"):
        return repository
    return real


def _inside(tensor: Tensor, graph: Path, root: Path) -> Place | None:
    if tensor.raw is None:
        return None
    if tensor.raw.length != _length(tensor):
        raise Damaged("a weight of another size")
    if tensor.raw.length < _LARGE:
        return None
    return Place(_below(graph, root), tensor.raw.begin, tensor.raw.length)


def _beside(
    tensor: Tensor, where: Mapping[str, str], graph: Path, root: Path, lengths: dict[Path, int]
) -> Place:
    location = where.get("location", "")
    if not location or "\0" in location:
        raise Damaged("a weight that is nowhere")
    file = graph.parent / location
    # Both ways of writing paths are looked for, whatever this computer's is.
    parts = location.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or ":" in location:
        raise Outside("external_data")
    name = _below(file, root)
    if file not in lengths:
        if not file.is_file():
            raise FileNotFoundError(location)
        lengths[file] = file.stat().st_size
    try:
        offset = int(where.get("offset", "0"))
        length = int(where.get("length", str(_length(tensor))))
    except ValueError as error:
        raise Damaged("a weight at no number") from error
    if length != _length(tensor):
        raise Damaged("a weight of another size")
    if offset < 0 or offset + length > lengths[file]:
        raise Damaged("a weight beyond the end of its file")
    return Place(name, offset, length)


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
