"""How a decoder's layer looks back: in one operator of onnxruntime's, or step by step."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from nearling.engines.local.bare.decoders.onnx_file import CONTRIBUTED, OnnxFile
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.weights import Floats


class LookBack(Protocol):
    def __call__(self, layer: int, queries: str, keys: str, values: str) -> str:
        """What a layer sees; what it will look back at goes into its `present` outputs."""
        ...


class GroupedAttention:
    """com.microsoft's GroupQueryAttention: past and present may be the same memory.

    It turns queries and keys by their places itself, or another operator does it before, by
    `position_ids`.
    """

    def __init__(self, file: OnnxFile, shape: Shape, *, by_position_ids: bool) -> None:
        self._file = file
        self._shape = shape
        self._by_position_ids = by_position_ids
        ones = file.node("ReduceSum", ["attention_mask", file.numbers(1)], "seen", keepdims=0)
        last = file.node("Sub", [ones, file.number(1)], "seen_less_one")
        self._last = file.node("Cast", [last], "seqlens_k", to=6)
        size = file.node("Shape", ["attention_mask"], "attention_mask_size")
        total = file.node("Gather", [size, file.number(1)], "total", axis=0)
        self._total = file.node("Cast", [total], "total_sequence_length", to=6)
        angles = np.arange(shape.max_position_embeddings, dtype=np.float32)[:, None] * speeds(shape)
        self._cos = file.array("cos_cache", np.cos(angles))
        self._sin = file.array("sin_cache", np.sin(angles))

    def __call__(self, layer: int, queries: str, keys: str, values: str) -> str:
        shape = self._shape
        turns = [self._cos, self._sin]
        if self._by_position_ids:
            queries = self._turned(queries, shape.num_attention_heads)
            keys = self._turned(keys, shape.num_key_value_heads)
            turns = []
        past = [f"past_key_values.{layer}.key", f"past_key_values.{layer}.value"]
        inputs = [queries, keys, values, *past, self._last, self._total, *turns]
        seen = f"/layers.{layer}/seen"
        outputs = [seen, f"present.{layer}.key", f"present.{layer}.value"]
        self._file.nodes(
            "GroupQueryAttention", inputs, outputs, CONTRIBUTED,
            num_heads=shape.num_attention_heads, kv_num_heads=shape.num_key_value_heads,
            scale=shape.head_dim**-0.5, do_rotary=0 if self._by_position_ids else 1,
        )  # fmt: skip
        return seen

    def _turned(self, heads: str, count: int) -> str:
        inputs = [heads, "position_ids", self._cos, self._sin]
        return self._file.node(
            "RotaryEmbedding", inputs, f"{heads}/turned", CONTRIBUTED, num_heads=count
        )


class PlainAttention:
    """The standard's operators alone, as older published graphs have it: past grows by copying."""

    def __init__(self, file: OnnxFile, shape: Shape) -> None:
        self._file = file
        self._shape = shape
        self._cos, self._sin = self._turns()
        self._mask = self._hidden()

    def __call__(self, layer: int, queries: str, keys: str, values: str) -> str:
        file, shape, at = self._file, self._shape, f"/layers.{layer}"
        groups = shape.num_attention_heads // shape.num_key_value_heads
        query = self._turned(self._in_heads(queries, shape.num_attention_heads))
        key = self._turned(self._in_heads(keys, shape.num_key_value_heads))
        value = self._in_heads(values, shape.num_key_value_heads)
        present = []
        for name, new in (("key", key), ("value", value)):
            both = [f"past_key_values.{layer}.{name}", new]
            whole = file.node("Concat", both, f"present.{layer}.{name}", axis=2)
            present.append(self._repeated(whole, groups))
        keys_down = file.node("Transpose", [present[0]], f"{at}/keys", perm=[0, 1, 3, 2])
        raw = file.node("MatMul", [query, keys_down], f"{at}/raw_scores")
        scale = file.array("attention_scale", np.array(shape.head_dim**-0.5, np.float32))
        scores = file.node("Mul", [raw, scale], f"{at}/scores")
        masked = file.node("Add", [scores, self._mask], f"{at}/masked_scores")
        shares = file.node("Softmax", [masked], f"{at}/shares", axis=-1)
        seen = file.node("MatMul", [shares, present[1]], f"{at}/seen_by_heads")
        beside = file.node("Transpose", [seen], f"{at}/seen_beside", perm=[0, 2, 1, 3])
        return file.node("Reshape", [beside, file.numbers(0, 0, shape.query_width)], f"{at}/seen")

    def _turns(self) -> tuple[str, str]:
        file = self._file
        places = file.node("Cast", ["position_ids"], "places", to=1)
        column = file.node("Unsqueeze", [places, file.numbers(1, 3)], "places_column")
        half = file.node("Mul", [column, file.array("speeds", speeds(self._shape))], "half_angles")
        angles = file.node("Concat", [half, half], "angles", axis=-1)
        return file.node("Cos", [angles], "cos"), file.node("Sin", [angles], "sin")

    def _hidden(self) -> str:
        """Zero where a token may look, else as little as a number can be: [batch, 1, new, all]."""
        file = self._file
        sizes = [
            file.node(
                "Gather",
                [file.node("Shape", [of], f"{of}_size"), file.number(1)],
                f"{of}_length",
                axis=0,
            )
            for of in ("input_ids", "attention_mask")
        ]
        new, every = sizes
        zero, one = file.number(0), file.number(1)
        first = file.node("Sub", [every, new], "first_new")
        rows = file.node("Range", [first, every, one], "rows")
        rows = file.node("Unsqueeze", [rows, file.numbers(1)], "rows_column")
        before = file.node(
            "LessOrEqual", [file.node("Range", [zero, every, one], "columns"), rows], "before"
        )
        there = file.node("Greater", ["attention_mask", zero], "there")
        there = file.node("Unsqueeze", [there, file.numbers(1, 2)], "there_for_heads")
        seen = file.node("And", [before, there], "may_be_seen")
        nothing = file.array("nothing", np.array(0, np.float32))
        least = file.array("least", np.array(np.finfo(np.float32).min))
        return file.node("Where", [seen, nothing, least], "mask")

    def _in_heads(self, rows: str, count: int) -> str:
        file = self._file
        size = file.numbers(0, 0, count, self._shape.head_dim)
        apart = file.node("Reshape", [rows, size], f"{rows}/apart")
        return file.node("Transpose", [apart], f"{rows}/heads", perm=[0, 2, 1, 3])

    def _turned(self, heads: str) -> str:
        file, half = self._file, self._shape.head_dim // 2
        halves = [f"{heads}/first", f"{heads}/second"]
        file.nodes("Split", [heads, file.numbers(half, half)], halves, "", axis=-1)
        other = file.node("Neg", [halves[1]], f"{heads}/minus")
        crossed = file.node("Concat", [other, halves[0]], f"{heads}/crossed", axis=-1)
        along = file.node("Mul", [heads, self._cos], f"{heads}/along")
        across = file.node("Mul", [crossed, self._sin], f"{heads}/across")
        return file.node("Add", [along, across], f"{heads}/turned")

    def _repeated(self, heads: str, times: int) -> str:
        """Each head several times beside itself: for all the queries that share it."""
        file, shape = self._file, self._shape
        apart = file.node("Unsqueeze", [heads, file.numbers(2)], f"{heads}/one")
        many = file.node("Expand", [apart, file.numbers(1, 1, times, 1, 1)], f"{heads}/many")
        size = file.numbers(0, shape.num_attention_heads, -1, shape.head_dim)
        return file.node("Reshape", [many, size], f"{heads}/repeated")


def speeds(shape: Shape) -> Floats:
    """How far each pair of numbers turns from one place to the next."""
    halves = np.arange(0, shape.head_dim, 2, dtype=np.float32) / np.float32(shape.head_dim)
    return (1 / np.float32(shape.rope_theta) ** halves).astype(np.float32)
