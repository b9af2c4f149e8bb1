"""Writes a decoder as llama.cpp reads it: the same blocks of four bits in a GGUF file.

Pure Q4_0: every matrix, also the one of the words, has blocks of 32 numbers that share one scale,
as the graph has them; only the scales are rounded, to sixteen bits. The file names no tokens: what
is compared is given its tokens as numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.weights import BLOCK, Weights

_MAGIC, _VERSION, _ALIGNED = b"GGUF", 3, 32
_UINT32, _FLOAT32, _STRING = 4, 6, 8
_F32, _Q4_0 = 0, 2
_MOSTLY_Q4_0 = 2
_BLOCK_BYTES = 18
_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""Of a layer's parts, in a checkpoint and in llama.cpp."""

Raw = npt.NDArray[Any]


def write_gguf(file: Path, shape: Shape, weights: Weights) -> None:
    """Raises ValueError for a family whose names are not known here."""
    if shape.model_type == "qwen3" or not shape.tie_word_embeddings:
        raise ValueError(f"{shape.model_type} is not written as GGUF")
    tensors, described = shape.parameters(), _described(shape)
    head = bytearray(_MAGIC + struct.pack("<IQQ", _VERSION, len(tensors), len(described)))
    for key, value in described.items():
        head += _string(key) + _value(value)
    offset = 0
    for name, size in tensors.items():
        sides = size[::-1]
        head += _string(_own_name(name)) + struct.pack("<I", len(sides))
        head += struct.pack(f"<{len(sides)}Q", *sides)
        head += struct.pack("<IQ", _F32 if len(size) == 1 else _Q4_0, offset)
        offset += _padded(_bytes(size))
    with file.open("wb") as out:
        out.write(head.ljust(_padded(len(head)), b"\0"))
        for name, size in tensors.items():
            out.write(_content(shape, weights, name).tobytes().ljust(_padded(_bytes(size)), b"\0"))


def _described(shape: Shape) -> Mapping[str, str | float]:
    family = shape.model_type
    return {
        "general.architecture": family,
        "general.file_type": _MOSTLY_Q4_0,
        f"{family}.context_length": shape.max_position_embeddings,
        f"{family}.embedding_length": shape.hidden_size,
        f"{family}.block_count": shape.num_hidden_layers,
        f"{family}.feed_forward_length": shape.intermediate_size,
        f"{family}.attention.head_count": shape.num_attention_heads,
        f"{family}.attention.head_count_kv": shape.num_key_value_heads,
        f"{family}.attention.key_length": shape.head_dim,
        f"{family}.attention.value_length": shape.head_dim,
        f"{family}.attention.layer_norm_rms_epsilon": shape.rms_norm_eps,
        f"{family}.rope.freq_base": shape.rope_theta,
        f"{family}.rope.dimension_count": shape.head_dim,
        f"{family}.vocab_size": shape.vocab_size,
        "tokenizer.ggml.model": "none",
    }


def _bytes(size: tuple[int, ...]) -> int:
    return 4 * size[0] if len(size) == 1 else size[0] * size[1] // BLOCK * _BLOCK_BYTES


def _content(shape: Shape, weights: Weights, name: str) -> Raw:
    heads = _turned_heads(shape, name)
    if not name.endswith("_proj.weight") and "embed" not in name:
        return weights.whole(name)  # no family here turns what is added after the matrix
    blocks = weights.blocks(name, 4)
    numbers, scales = blocks.numbers, blocks.scales
    if heads:
        numbers, scales = _interleaved(numbers, heads), _interleaved(scales, heads)
    return _q4_0(numbers, scales)


def _own_name(name: str) -> str:
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, rest = name.split(".", 3)
    part, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{_NAMES[part]}.{kind}"


def _turned_heads(shape: Shape, name: str) -> int:
    """Heads of a matrix whose rows stand in another order there; 0: in the same.

    Where a model of the Llama family turns a row together with the one half a head further,
    llama.cpp turns neighbours.
    """
    if shape.model_type != "llama":
        return 0
    if ".q_proj." in name:
        return shape.num_attention_heads
    return shape.num_key_value_heads if ".k_proj." in name else 0


def _interleaved(rows: Raw, heads: int) -> Raw:
    halves = rows.reshape(heads, 2, -1, *rows.shape[1:])
    return halves.swapaxes(1, 2).reshape(rows.shape)


def _q4_0(pairs: Raw, scales: Raw) -> Raw:
    """A scale and 16 bytes a block; of a byte the lower half is of the block's first 16 numbers."""
    rows, count, _ = pairs.shape
    numbers = np.empty((rows, count, BLOCK), np.uint8)
    numbers[..., ::2] = pairs & 15
    numbers[..., 1::2] = pairs >> 4
    packed = np.empty((rows, count, _BLOCK_BYTES), np.uint8)
    packed[..., :2] = scales.astype("<f2")[..., None].view(np.uint8)
    packed[..., 2:] = numbers[..., :16] | (numbers[..., 16:] << 4)
    return packed


def _string(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def _value(value: str | float) -> bytes:
    match value:
        case str():
            return struct.pack("<I", _STRING) + _string(value)
        case int():
            return struct.pack("<II", _UINT32, value)
        case float():
            return struct.pack("<If", _FLOAT32, value)


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED
