"""What llama.cpp is given to be compared with is the same model, number for number."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from nearling.engines.local.bare.decoders.gguf import write_gguf
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.tiny import tiny_shape
from nearling.engines.local.bare.decoders.weights import GivenWeights, random_checkpoint

LLAMA = tiny_shape("llama")
QWEN = replace(tiny_shape("qwen2"), tie_word_embeddings=True)
LAYER = "model.layers.1."


class Gguf:
    """A reader of its own, by the format's description."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()
        self._at = 0
        assert self._take("4s") == b"GGUF"
        assert self._take("I") == 3
        tensors, described = self._take("Q"), self._take("Q")
        self.described = {self._text(): self._value() for _ in range(described)}
        heads = [self._head() for _ in range(tensors)]
        begin = -(-self._at // 32) * 32
        self.tensors = {
            name: self._tensor(begin + offset, size, kind) for name, size, kind, offset in heads
        }

    def _take(self, form: str) -> Any:
        (value,) = struct.unpack_from(f"<{form}", self._data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return value

    def _text(self) -> str:
        text: bytes = self._take(f"{self._take('Q')}s")
        return text.decode()

    def _value(self) -> str | float:
        kind = self._take("I")
        return self._text() if kind == 8 else self._take({4: "I", 6: "f"}[kind])

    def _head(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._text()
        sides = [self._take("Q") for _ in range(self._take("I"))]
        return name, tuple(reversed(sides)), self._take("I"), self._take("Q")

    def _tensor(self, at: int, size: tuple[int, ...], kind: int) -> npt.NDArray[np.float32]:
        assert at % 32 == 0
        count = int(np.prod(size))
        if kind == 0:
            return np.frombuffer(self._data, "<f4", count, at).reshape(size)
        assert kind == 2
        blocks = np.frombuffer(self._data, np.uint8, count // 32 * 18, at).reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        numbers = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32)
        return ((numbers - 8) * scales).reshape(size)


def written(shape: Shape, file: Path) -> tuple[Gguf, GivenWeights]:
    weights = GivenWeights(random_checkpoint(shape, 3))
    write_gguf(file, shape, weights)
    return Gguf(file), weights


def rounded(weights: GivenWeights, name: str) -> npt.NDArray[np.float32]:
    blocks = weights.blocks(name, 4)
    numbers = np.stack([blocks.numbers & 15, blocks.numbers >> 4], -1)
    whole = (numbers.reshape(*blocks.scales.shape, 32).astype(np.float32) - 8) * blocks.scales[
        ..., None
    ]
    return whole.reshape(len(whole), -1)


@pytest.mark.parametrize("shape", [LLAMA, QWEN], ids=["llama", "qwen2"])
def test_every_parameter_is_there_in_blocks_of_four_bits(shape: Shape, tmp_path: Path):
    gguf, weights = written(shape, tmp_path / "a.gguf")
    assert len(gguf.tensors) == len(shape.parameters())
    for own, theirs in (
        ("model.embed_tokens.weight", "token_embd.weight"),
        (f"{LAYER}self_attn.v_proj.weight", "blk.1.attn_v.weight"),
        (f"{LAYER}self_attn.o_proj.weight", "blk.1.attn_output.weight"),
        (f"{LAYER}mlp.down_proj.weight", "blk.1.ffn_down.weight"),
    ):
        np.testing.assert_allclose(gguf.tensors[theirs], rounded(weights, own), rtol=1e-3)
    for own, theirs in (
        ("model.norm.weight", "output_norm.weight"),
        (f"{LAYER}post_attention_layernorm.weight", "blk.1.ffn_norm.weight"),
    ):
        np.testing.assert_array_equal(gguf.tensors[theirs], weights.whole(own))


def test_a_llama_turns_neighbours_where_its_checkpoint_turns_halves(tmp_path: Path):
    gguf, weights = written(LLAMA, tmp_path / "a.gguf")
    for part, heads in (("q", LLAMA.num_attention_heads), ("k", LLAMA.num_key_value_heads)):
        ours = rounded(weights, f"{LAYER}self_attn.{part}_proj.weight")
        theirs = gguf.tensors[f"blk.1.attn_{part}.weight"]
        half = LLAMA.head_dim // 2
        for head in range(heads):
            first = head * LLAMA.head_dim
            for row in range(half):
                pair = theirs[first + 2 * row : first + 2 * row + 2]
                halves = ours[[first + row, first + row + half]]
                np.testing.assert_allclose(pair, halves, rtol=1e-3)


def test_a_qwen_turns_halves_there_too(tmp_path: Path):
    gguf, weights = written(QWEN, tmp_path / "a.gguf")
    name = f"{LAYER}self_attn.k_proj"
    np.testing.assert_allclose(
        gguf.tensors["blk.1.attn_k.weight"], rounded(weights, f"{name}.weight"), rtol=1e-3
    )
    np.testing.assert_array_equal(gguf.tensors["blk.1.attn_k.bias"], weights.whole(f"{name}.bias"))


def test_its_constants_are_those_of_the_config(tmp_path: Path):
    described = written(LLAMA, tmp_path / "a.gguf")[0].described
    assert described["general.architecture"] == "llama"
    assert described["llama.attention.head_count_kv"] == LLAMA.num_key_value_heads
    assert described["llama.rope.freq_base"] == LLAMA.rope_theta
    assert described["llama.vocab_size"] == LLAMA.vocab_size
    assert described["llama.attention.layer_norm_rms_epsilon"] == pytest.approx(LLAMA.rms_norm_eps)


def test_what_has_no_names_there_is_refused(tmp_path: Path):
    shape = tiny_shape("qwen3")
    with pytest.raises(ValueError, match="qwen3"):
        write_gguf(tmp_path / "a.gguf", shape, GivenWeights(random_checkpoint(shape, 3)))
    assert not (tmp_path / "a.gguf").exists()
