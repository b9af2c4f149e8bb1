"""What a decoder's graph takes and gives, read from the graph itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from nearling.catalogue.writer_folder import WriterFolder
from nearling.engines.local.writing.onnx_file import Node, OnnxFile, Unwanted, Value

SHARING = ("com.microsoft", "GroupQueryAttention")
_ATTENTION = {
    SHARING: {3: 1, 4: 2},
    ("com.microsoft", "MultiHeadAttention"): {6: 1, 7: 2},
    ("", "Attention"): {4: 1, 5: 2},
}
"""Operators that look back: which input of theirs comes out, longer, at which output."""
_TURNING = {SHARING: 7, ("com.microsoft", "RotaryEmbedding"): 2}
"""Operators with a row for each position in one of their inputs."""
_ROUNDING_TOGETHER = {"DynamicQuantizeLinear", "DynamicQuantizeMatMul"}
"""Operators that find one scale for all positions they are given."""
_FARTHEST = 3
"""Nodes between what was and what is, where no operator does it all."""
_SHOWN = 40
"""Letters of a name that somebody may have to read."""
_NUMBERS: dict[int, type[np.generic]] = {1: np.float32, 10: np.float16, 6: np.int32, 7: np.int64}
IDS, MASK, POSITIONS, KEEP = "input_ids", "attention_mask", "position_ids", "num_logits_to_keep"
"""The inputs beside the cache, as Transformers names them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The keys or the values of one layer: [1, heads, positions, head size]."""

    past: str
    present: str
    heads: int
    head_size: int
    kind: type[np.generic]


@dataclass(frozen=True, slots=True)
class DecoderGraph:
    inputs: dict[str, type[np.generic]]
    """Those beside the cache that it has, and their kind of number."""
    keep_size: tuple[int, ...] | None
    """Of KEEP: () or (1,); None where it gives the logits of all positions."""
    logits: str
    slots: tuple[Slot, ...]
    shared: bool
    """Whether past and present may be the same memory."""
    most_positions: int | None
    """Where the graph itself has a limit."""
    exact: bool
    """Whether no position's numbers are rounded by what stands at another."""

    def keeping(self) -> DecoderGraph:
        """The same graph with an input KEEP added."""
        return replace(self, inputs=self.inputs | {KEEP: np.int64}, keep_size=(1,))


def read_graph(file: OnnxFile, folder: WriterFolder) -> DecoderGraph:
    """Raises Unwanted with the name of what is strange or missing."""
    return _Reading(file, folder).graph()


class _Reading:
    def __init__(self, file: OnnxFile, folder: WriterFolder) -> None:
        self._file = file
        self._folder = folder
        self._outputs = {each.name for each in file.outputs}
        self._readers: dict[str, list[tuple[Node, int]]] = defaultdict(list)
        for node in file.nodes:
            for place, name in enumerate(node.inputs):
                self._readers[name].append((node, place))

    def graph(self) -> DecoderGraph:
        pasts = [each for each in self._file.inputs if len(each.size) == 4]
        others = {each.name: each for each in self._file.inputs if len(each.size) != 4}
        slots = tuple(self._slot(past) for past in pasts)
        presents = {slot.present for slot in slots}
        if not slots or len(presents) < len(slots):
            raise Unwanted("present")
        for name in others:
            if name not in {IDS, MASK, POSITIONS, KEEP}:
                raise Unwanted(name[:_SHOWN])
        if IDS not in others:
            raise Unwanted(IDS)
        logits = [name for name in self._outputs - presents if name == "logits"]
        if not logits:
            raise Unwanted("logits")
        keep = others.get(KEEP)
        return DecoderGraph(
            inputs={name: _kind(value) for name, value in others.items()},
            keep_size=None if keep is None else (1,) * len(keep.size),
            logits=logits[0],
            slots=slots,
            shared=all(self._is_shared(slot) for slot in slots),
            most_positions=min(self._limits(), default=None),
            exact=all(node.operator not in _ROUNDING_TOGETHER for node in self._file.nodes),
        )

    def _slot(self, past: Value) -> Slot:
        present = self._present(past.name)
        if present is None:
            raise Unwanted(past.name[:_SHOWN])
        heads, head_size = past.size[1], past.size[3]
        return Slot(
            past.name,
            present,
            heads if isinstance(heads, int) else self._folder.kv_heads,
            head_size if isinstance(head_size, int) else self._folder.head_size,
            _kind(past),
        )

    def _present(self, past: str) -> str | None:
        """The nearest output that comes of it."""
        reached = [past]
        for _step in range(_FARTHEST):
            reached = [name for each in reached for name in self._after(each)]
            for name in reached:
                if name in self._outputs:
                    return name
        return None

    def _after(self, name: str) -> Iterator[str]:
        for node, place in self._readers[name]:
            known = _ATTENTION.get((node.domain, node.operator))
            if known is None:
                yield from node.outputs
            elif place in known and known[place] < len(node.outputs):
                yield node.outputs[known[place]]

    def _is_shared(self, slot: Slot) -> bool:
        readers = [node for node, _place in self._readers[slot.past]]
        return (
            len(readers) == 1
            and (readers[0].domain, readers[0].operator) == SHARING
            and slot.present in readers[0].outputs
        )

    def _limits(self) -> Iterator[int]:
        for node in self._file.nodes:
            place = _TURNING.get((node.domain, node.operator))
            if place is not None and place < len(node.inputs):
                rows = self._file.tensors.get(node.inputs[place])
                if rows is not None and rows.size:
                    yield rows.size[0]


def _kind(value: Value) -> type[np.generic]:
    if value.kind not in _NUMBERS:
        raise Unwanted(value.name[:_SHOWN])
    return _NUMBERS[value.kind]
