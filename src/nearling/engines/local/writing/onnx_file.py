"""What is written in an ONNX file: nodes, weights by name, inputs and outputs; runs nothing.

Raises Damaged for what is no such file, and Unwanted for what no language model needs and a
hostile one might bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nearling.catalogue.protobuf import Damaged, Field, fields, integers, text

DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
"""Whose operators onnxruntime has; others would be code that comes with a model."""
_MODEL_GRAPH, _MODEL_TRAINING, _MODEL_FUNCTION = 7, 20, 25
GRAPH = _MODEL_GRAPH
NODE, INITIALIZER, INPUT, OUTPUT, _SPARSE = 1, 5, 11, 12, 15
_EXTERNAL = 1
_DEEPEST = 8
"""Graphs within graphs."""
_SHOWN = 40
"""Letters of a name that somebody may have to read."""


class Unwanted(ValueError):
    """Whole, but no decoder that is known here; says what is strange, as the file calls it."""


class OwnOperators(Unwanted):
    """It would need code that comes with it."""


class Outside(Unwanted):
    """It names a file that is not its own."""


@dataclass(frozen=True, slots=True)
class Span:
    begin: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Node:
    operator: str
    domain: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    integers: Mapping[str, int]
    """Its attributes that are whole numbers."""
    span: Span


@dataclass(frozen=True, slots=True)
class Tensor:
    """A weight."""

    name: str
    kind: int
    """As TensorProto.DataType numbers it."""
    size: tuple[int, ...]
    raw: Span | None
    """Its bytes, where they lie in this file."""
    external: Mapping[str, str] | None
    """Where they lie otherwise."""
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """An input or output."""

    name: str
    kind: int
    size: tuple[int | str, ...]
    """A dimension without a number has a name, perhaps an empty one."""


@dataclass(frozen=True, slots=True)
class OnnxFile:
    data: memoryview
    nodes: tuple[Node, ...]
    tensors: Mapping[str, Tensor]
    inputs: tuple[Value, ...]
    """Without those that are weights."""
    outputs: tuple[Value, ...]
    graph: Field


def read_onnx(data: memoryview) -> OnnxFile:
    try:
        return _Reading(data).file()
    except UnicodeDecodeError as error:
        raise Damaged("a name that is no text") from error


class _Reading:
    def __init__(self, data: memoryview) -> None:
        self._data = data

    def file(self) -> OnnxFile:
        parts = list(fields(self._data, 0, len(self._data)))
        graphs = [part for part in parts if part.number == _MODEL_GRAPH]
        # Of two, a reader of protobuf makes one.
        if len(graphs) != 1:
            raise Damaged("not one graph")
        if any(part.number == _MODEL_TRAINING for part in parts):
            raise Unwanted("training_info")
        if any(part.number == _MODEL_FUNCTION for part in parts):
            raise OwnOperators("functions")
        return self._graph(graphs[0])

    def _graph(self, graph: Field) -> OnnxFile:
        nodes: list[Node] = []
        tensors: dict[str, Tensor] = {}
        inputs: list[Value] = []
        outputs: list[Value] = []
        for part in self._parts(graph):
            if part.number == NODE:
                nodes.append(self._node(part, 0))
            elif part.number == INITIALIZER:
                tensor = self._tensor(part)
                # Only one of them would be looked at.
                if tensor.name in tensors:
                    raise Damaged("two weights of one name")
                tensors[tensor.name] = tensor
            elif part.number == INPUT:
                inputs.append(self._value(part))
            elif part.number == OUTPUT:
                outputs.append(self._value(part))
            elif part.number == _SPARSE:
                raise Unwanted("sparse_initializer")
        given = tuple(each for each in inputs if each.name not in tensors)
        return OnnxFile(self._data, tuple(nodes), tensors, given, tuple(outputs), graph)

    def _parts(self, field: Field) -> Iterator[Field]:
        return fields(self._data, field.begin, field.end)

    def _node(self, node: Field, depth: int) -> Node:
        inputs: list[str] = []
        outputs: list[str] = []
        numbers: dict[str, int] = {}
        operator = domain = ""
        for part in self._parts(node):
            if part.number == 1:
                inputs.append(text(self._data, part))
            elif part.number == 2:
                outputs.append(text(self._data, part))
            elif part.number == 4:
                operator = text(self._data, part)
            elif part.number == 5:
                self._attribute(part, numbers, depth)
            elif part.number == 7:
                domain = text(self._data, part)
        if domain not in DOMAINS:
            raise OwnOperators(domain[:_SHOWN])
        span = Span(node.start, node.end)
        return Node(operator, domain, tuple(inputs), tuple(outputs), numbers, span)

    def _attribute(self, attribute: Field, numbers: dict[str, int], depth: int) -> None:
        name, number = "", None
        for part in self._parts(attribute):
            if part.number == 1:
                name = text(self._data, part)
            elif part.number == 3:
                number = part.integer
            elif part.number in (5, 10):
                if self._tensor(part).external is not None:
                    raise Outside("attribute")
            elif part.number in (6, 11):
                self._inner_graph(part, depth + 1)
            elif part.number in (22, 23):
                raise Unwanted("sparse_tensor")
        if number is not None:
            numbers[name] = number

    def _inner_graph(self, graph: Field, depth: int) -> None:
        """Only looked through for what is not wanted."""
        if depth > _DEEPEST:
            raise Unwanted("graphs")
        for part in self._parts(graph):
            if part.number == NODE:
                self._node(part, depth)
            elif part.number == INITIALIZER and self._tensor(part).external is not None:
                raise Outside("initializer")
            elif part.number == _SPARSE:
                raise Unwanted("sparse_initializer")

    def _tensor(self, tensor: Field) -> Tensor:
        name, kind = "", 0
        size: list[int] = []
        raw: Span | None = None
        external: dict[str, str] = {}
        elsewhere = False
        for part in self._parts(tensor):
            if part.number == 1:
                size.extend(integers(self._data, part))
            elif part.number == 2:
                kind = part.integer
            elif part.number == 8:
                name = text(self._data, part)
            elif part.number == 9:
                raw = Span(part.begin, part.end)
            elif part.number == 13:
                key, value = self._entry(part)
                # Readers differ in which of two they believe.
                if key in external:
                    raise Damaged("a weight in two places")
                external[key] = value
            elif part.number == 14:
                elsewhere = elsewhere or part.integer == _EXTERNAL
        where = external if elsewhere or external else None
        return Tensor(name, kind, tuple(size), raw, where, Span(tensor.start, tensor.end))

    def _entry(self, entry: Field) -> tuple[str, str]:
        both = {part.number: text(self._data, part) for part in self._parts(entry)}
        return both.get(1, ""), both.get(2, "")

    def _value(self, value: Field) -> Value:
        name, kind = "", 0
        size: list[int | str] = []
        for part in self._parts(value):
            if part.number == 1:
                name = text(self._data, part)
            elif part.number == 2:
                for tensor_type in self._numbered(part, 1):
                    for each in self._parts(tensor_type):
                        if each.number == 1:
                            kind = each.integer
                        elif each.number == 2:
                            size.extend(map(self._dimension, self._numbered(each, 1)))
        return Value(name, kind, tuple(size))

    def _dimension(self, dimension: Field) -> int | str:
        for part in self._parts(dimension):
            if part.number == 1:
                return part.integer
            if part.number == 2:
                return text(self._data, part)
        return ""

    def _numbered(self, field: Field, number: int) -> Iterator[Field]:
        return (part for part in self._parts(field) if part.number == number)
