"""Makes a graph quick: whole-number arithmetic, and logits for the last positions alone.

The weights stay in their files; only the graph around them is written anew, in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nearling.catalogue.protobuf import block, fields, head, integer
from nearling.engines.local.writing.graph import KEEP
from nearling.engines.local.writing.onnx_file import (
    GRAPH,
    INITIALIZER,
    INPUT,
    NODE,
    Node,
    OnnxFile,
    Tensor,
)
from nearling.engines.local.writing.weights import Place

_ACCURACY = "accuracy_level"
_IN_BYTES = 4
"""The accuracy level at which MatMulNBits computes in bytes: half as fast again at decoding."""
_ELEMENTWISE = {"Cast", "Mul", "Div", "Add", "Tanh", "Identity"}
"""What may stand between the last matrix and the logits."""
_MATRICES = {"MatMul", "MatMulNBits", "MatMulInteger", "DynamicQuantizeMatMul", "MatMulBnb4"}
_FIRST, _END, _AXIS, _KEPT = (f"nearling/{name}" for name in ("first", "end", "axis", "kept"))
_INT64, _AS_INTEGER, _LAST = 7, 2, (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Patched:
    model: bytes
    keeps: bool
    """Whether an input KEEP was added."""


def patch(file: OnnxFile, places: Mapping[str, Place]) -> Patched:
    """The model with its weights at their places; with KEEP, where that is missing and possible."""
    keeping = None if any(each.name == KEEP for each in file.inputs) else _head(file)
    by_start = {node.span.begin: node for node in file.nodes}
    tensors = {tensor.span.begin: tensor for tensor in file.tensors.values()}
    pieces: list[bytes | memoryview] = []
    for part in fields(file.data, file.graph.begin, file.graph.end):
        whole = file.data[part.start : part.end]
        if part.number == NODE:
            node = by_start[part.start]
            if keeping is not None and node.span == keeping.span:
                pieces += _slice(keeping.inputs[0])
                pieces.append(_node(file, node, reading=_KEPT))
            else:
                pieces.append(_node(file, node))
        elif part.number == INITIALIZER and (tensor := tensors.get(part.start)) is not None:
            place = places.get(tensor.name)
            if place is None or tensor.external == place.entries():
                pieces.append(whole)
            else:
                pieces.append(_elsewhere(tensor, place))
        else:
            pieces.append(whole)
    if keeping is not None:
        pieces += [_keep_input(), _constant(_END, _LAST), _constant(_AXIS, 1)]
    graph = b"".join(pieces)
    before, after = file.data[: file.graph.start], file.data[file.graph.end :]
    model = b"".join([before, head(GRAPH, len(graph)), graph, after])
    return Patched(model, keeping is not None)


def _head(file: OnnxFile) -> Node | None:
    """The node that turns hidden states into logits; each position of its own."""
    makers = {name: node for node in file.nodes for name in node.outputs}
    logits = next((each for each in file.outputs if each.name == "logits"), None)
    if logits is None or len(logits.size) != 3:
        return None
    node = makers.get(logits.name)
    while node is not None and node.operator in _ELEMENTWISE:
        node = next((makers[name] for name in node.inputs if name in makers), None)
    if node is None or node.operator not in _MATRICES or node.inputs[0] in file.tensors:
        return None
    matrix = file.tensors.get(node.inputs[1]) if len(node.inputs) > 1 else None
    if matrix is None:
        return None
    return _before_rounding(makers, node)


def _before_rounding(makers: Mapping[str, Node], node: Node) -> Node:
    """Where bytes are multiplied, the node that rounds to them also gives their scale."""
    rounding = makers.get(node.inputs[0])
    if rounding is not None and rounding.operator == "DynamicQuantizeLinear":
        return rounding
    return node


def _node(file: OnnxFile, node: Node, reading: str | None = None) -> bytes | memoryview:
    """The node as it is, with the accuracy level where that is missing, or another first input."""
    whole = file.data[node.span.begin : node.span.end]
    levelled = node.operator == "MatMulNBits" and node.integers.get(_ACCURACY, 0) == 0
    if reading is None and not levelled:
        return whole
    ((_number, _start, begin, end, _integer),) = fields(whole, 0, len(whole))
    pieces: list[bytes | memoryview] = []
    for part in fields(whole, begin, end):
        first_input = part.number == 1 and reading is not None
        if first_input and reading is not None:
            pieces.append(block(1, reading.encode()))
            reading = None
        elif not (levelled and part.number == 5 and _is_accuracy(whole, part.begin, part.end)):
            pieces.append(whole[part.start : part.end])
    if levelled:
        named = block(1, _ACCURACY.encode()) + integer(3, _IN_BYTES)
        pieces.append(block(5, named + integer(20, _AS_INTEGER)))
    return block(NODE, b"".join(pieces))


def _is_accuracy(data: memoryview, begin: int, end: int) -> bool:
    wanted = _ACCURACY.encode()
    return any(
        part.number == 1 and data[part.begin : part.end] == wanted
        for part in fields(data, begin, end)
    )


def _slice(hidden: str) -> list[bytes]:
    """The nodes that leave the last KEEP positions of the hidden states."""
    negative = block(1, KEEP.encode()) + block(2, _FIRST.encode()) + block(4, b"Neg")
    read = b"".join(block(1, name.encode()) for name in (hidden, _FIRST, _END, _AXIS))
    return [
        block(NODE, negative),
        block(NODE, read + block(2, _KEPT.encode()) + block(4, b"Slice")),
    ]


def _keep_input() -> bytes:
    size = block(2, block(1, integer(1, 1)))
    return block(INPUT, block(1, KEEP.encode()) + block(2, block(1, integer(1, _INT64) + size)))


def _constant(name: str, value: int) -> bytes:
    raw = value.to_bytes(8, "little", signed=True)
    content = integer(1, 1) + integer(2, _INT64) + block(8, name.encode()) + block(9, raw)
    return block(INITIALIZER, content)


def _elsewhere(tensor: Tensor, place: Place) -> bytes:
    pieces = [integer(1, side) for side in tensor.size]
    pieces += [integer(2, tensor.kind), block(8, tensor.name.encode())]
    pieces += [
        block(13, block(1, key.encode()) + block(2, value.encode()))
        for key, value in place.entries().items()
    ]
    pieces.append(integer(14, 1))
    return block(INITIALIZER, b"".join(pieces))
