"""Writes a decoder as a graph with the inputs and outputs that published ones have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from nearling.engines.local.bare.decoders.attention import (
    GroupedAttention,
    LookBack,
    PlainAttention,
)
from nearling.engines.local.bare.decoders.linear import BITS, Linear, Precision
from nearling.engines.local.bare.decoders.onnx_file import CONTRIBUTED, OnnxFile
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.weights import BLOCK, Weights

Attention = Literal["grouped", "grouped by position_ids", "plain"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs from one published graph to another of the same model."""

    attention: Attention = "grouped"
    precision: Precision = "fp32"
    accuracy_level: int | None = None
    """Of blocks of bits: 4 computes in bytes; without one it is left to onnxruntime."""
    shared_embedding: bool = False
    """Whether the words that come in are looked up in the blocks that choose those that go out."""
    counts_logits: bool = False
    """Whether `num_logits_to_keep` says for how many of the last tokens words are chosen."""
    data_beside: bool = False


def write_graph(file: Path, shape: Shape, weights: Weights, layout: Layout) -> None:
    with OnnxFile(file, data_beside=layout.data_beside) as onnx_file:
        _Graph(onnx_file, shape, weights, layout).write()


class _Graph:
    def __init__(self, file: OnnxFile, shape: Shape, weights: Weights, layout: Layout) -> None:
        self._file = file
        self._shape = shape
        self._weights = weights
        self._layout = layout
        self._linear = Linear(file, weights, layout.precision, layout.accuracy_level)

    def write(self) -> None:
        self._describe()
        look_back = self._look_back()
        stream, added = self._embedded(), ""
        for layer in range(self._shape.num_hidden_layers):
            at = f"model.layers.{layer}"
            normed, stream = self._normed(f"{at}.input_layernorm", stream, added)
            added = self._seen(layer, normed, look_back)
            normed, stream = self._normed(f"{at}.post_attention_layernorm", stream, added)
            added = self._thought_over(f"{at}.mlp", normed)
        normed, _ = self._normed("model.norm", stream, added)
        self._choose(normed)

    def _describe(self) -> None:
        file, shape = self._file, self._shape
        file.input("input_ids", np.int64, "batch_size", "sequence_length")
        file.input("attention_mask", np.int64, "batch_size", "total_sequence_length")
        if self._layout.attention != "grouped":
            file.input("position_ids", np.int64, "batch_size", "sequence_length")
        if self._layout.counts_logits:
            file.input("num_logits_to_keep", np.int64)
        heads = ("batch_size", shape.num_key_value_heads)
        words = ("batch_size", "sequence_length", shape.vocab_size)
        file.output("logits", np.float32, *words)
        for layer in range(shape.num_hidden_layers):
            for part in ("key", "value"):
                past = (*heads, "past_sequence_length", shape.head_dim)
                file.input(f"past_key_values.{layer}.{part}", np.float32, *past)
                present = (*heads, "total_sequence_length", shape.head_dim)
                file.output(f"present.{layer}.{part}", np.float32, *present)

    def _look_back(self) -> LookBack:
        if self._layout.attention == "plain":
            return PlainAttention(self._file, self._shape)
        by_position_ids = self._layout.attention == "grouped by position_ids"
        return GroupedAttention(self._file, self._shape, by_position_ids=by_position_ids)

    def _embedded(self) -> str:
        name = "model.embed_tokens.weight"
        if not self._layout.shared_embedding:
            table = self._file.array(name, self._weights.whole(name))
            return self._file.node("Gather", [table, "input_ids"], "embedded")
        bits = BITS[self._layout.precision]
        numbers, scales = self._linear.blocks(name, bits)
        row = self._file.numbers(self._shape.vocab_size, -1)
        return self._file.node(
            "GatherBlockQuantized",
            [self._file.node("Reshape", [numbers, row], f"{numbers}/rows"), "input_ids", scales],
            "embedded", CONTRIBUTED, bits=bits, block_size=BLOCK, gather_axis=0, quantize_axis=1,
        )  # fmt: skip

    def _normed(self, name: str, stream: str, added: str) -> tuple[str, str]:
        """What comes in at one length, and what comes in itself: the stream and what it gained."""
        if self._layout.attention == "plain":
            whole = self._file.node("Add", [stream, added], f"{name}/sum") if added else stream
            return self._normed_plainly(name, whole), whole
        scale = self._file.array(f"{name}.weight", self._weights.whole(f"{name}.weight"))
        if not added:
            normed = self._file.node(
                "SimplifiedLayerNormalization", [stream, scale], f"{name}/output",
                axis=-1, stash_type=1, epsilon=self._shape.rms_norm_eps,
            )  # fmt: skip
            return normed, stream
        outputs = [f"{name}/output", "", "", f"{name}/sum"]
        inputs = [stream, added, scale]
        self._file.nodes(
            "SkipSimplifiedLayerNormalization", inputs, outputs, CONTRIBUTED,
            epsilon=self._shape.rms_norm_eps,
        )  # fmt: skip
        return outputs[0], outputs[3]

    def _normed_plainly(self, name: str, inputs: str) -> str:
        file = self._file
        two = file.array("two", np.array(2, np.float32))
        epsilon = file.array("epsilon", np.array(self._shape.rms_norm_eps, np.float32))
        squares = file.node("Pow", [inputs, two], f"{name}/squares")
        mean = file.node("ReduceMean", [squares, file.numbers(-1)], f"{name}/mean")
        safe = file.node("Add", [mean, epsilon], f"{name}/safe")
        length = file.node("Sqrt", [safe], f"{name}/length")
        even = file.node("Div", [inputs, length], f"{name}/even")
        scale = file.array(f"{name}.weight", self._weights.whole(f"{name}.weight"))
        return file.node("Mul", [even, scale], f"{name}/output")

    def _seen(self, layer: int, normed: str, look_back: LookBack) -> str:
        at = f"model.layers.{layer}.self_attn"
        queries = self._projected(f"{at}.q_proj", normed, self._shape.query_width)
        keys = self._projected(f"{at}.k_proj", normed, self._shape.key_width)
        values = self._projected(f"{at}.v_proj", normed, self._shape.key_width)
        if self._shape.has_head_norms:
            queries = self._normed_by_heads(f"{at}.q_norm", queries, self._shape.query_width)
            keys = self._normed_by_heads(f"{at}.k_norm", keys, self._shape.key_width)
        seen = look_back(layer, queries, keys, values)
        size = (self._shape.hidden_size, self._shape.query_width)
        return self._linear(f"{at}.o_proj.weight", seen, size, f"{at}.o_proj/output")

    def _projected(self, name: str, inputs: str, rows: int) -> str:
        size = (rows, self._shape.hidden_size)
        turned = self._linear(f"{name}.weight", inputs, size, f"{name}/output")
        if not self._shape.has_projection_bias:
            return turned
        bias = self._file.array(f"{name}.bias", self._weights.whole(f"{name}.bias"))
        return self._file.node("Add", [turned, bias], f"{name}/moved")

    def _normed_by_heads(self, name: str, rows: str, width: int) -> str:
        file = self._file
        apart = file.node(
            "Reshape", [rows, file.numbers(0, -1, self._shape.head_dim)], f"{name}/heads"
        )
        normed, _ = self._normed(name, apart, "")
        return file.node("Reshape", [normed, file.numbers(0, -1, width)], f"{name}/rows")

    def _thought_over(self, name: str, normed: str) -> str:
        file = self._file
        wide = (self._shape.intermediate_size, self._shape.hidden_size)
        gate = self._linear(f"{name}.gate_proj.weight", normed, wide, f"{name}/gate")
        up = self._linear(f"{name}.up_proj.weight", normed, wide, f"{name}/up")
        open_ = file.node("Sigmoid", [gate], f"{name}/sigmoid")
        silu = file.node("Mul", [gate, open_], f"{name}/silu")
        inner = file.node("Mul", [silu, up], f"{name}/inner")
        return self._linear(f"{name}.down_proj.weight", inner, wide[::-1], f"{name}/output")

    def _choose(self, normed: str) -> None:
        file = self._file
        if self._layout.counts_logits:
            first = file.node("Neg", ["num_logits_to_keep"], "first_to_keep")
            first = file.node("Unsqueeze", [first, file.numbers(0)], "first_to_keep_list")
            end = file.numbers(np.iinfo(np.int64).max)
            normed = file.node("Slice", [normed, first, end, file.numbers(1)], "kept")
        tied = self._shape.tie_word_embeddings
        name = "model.embed_tokens.weight" if tied else "lm_head.weight"
        size = (self._shape.vocab_size, self._shape.hidden_size)
        self._linear(name, normed, size, "logits")
