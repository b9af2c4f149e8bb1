"""Made decoders: every form of a graph is the same model, however its text is cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import onnx
import onnxruntime
import pytest
from tokenizers import Tokenizer

from nearling.engines.local.bare import random_writer
from nearling.engines.local.bare.decoders.graph import Attention, Layout, write_graph
from nearling.engines.local.bare.decoders.linear import Precision
from nearling.engines.local.bare.decoders.shape import Family
from nearling.engines.local.bare.decoders.tiny import tiny_shape, write_tiny
from nearling.engines.local.bare.decoders.tokens import MARKS
from nearling.engines.local.bare.decoders.weights import (
    BLOCK,
    GivenWeights,
    in_blocks,
    random_checkpoint,
)
from scripted.decoding import PlainDecoder

IDS = np.random.default_rng(7).integers(0, 1024, 50).tolist()
FAMILIES = get_args(Family)
EXACT = 1e-4
"""What two ways to compute the same may differ by; the logits themselves spread by one to four."""


def graph(folder: Path, family: Family, **layout: Any) -> Path:
    file = folder / "model.onnx"
    shape = tiny_shape(family)
    write_graph(file, shape, GivenWeights(random_checkpoint(shape, 3)), Layout(**layout))
    return file


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("precision", ["fp32", "q8", "q4"])
def test_all_attentions_see_the_same(tmp_path: Path, family: Family, precision: Precision):
    logits = [
        PlainDecoder(graph(tmp_path, family, attention=each, precision=precision)).read(IDS)
        for each in get_args(Attention)
    ]
    assert logits[0].std() > 0.5
    assert np.abs(logits[1] - logits[0]).max() < EXACT
    assert np.abs(logits[2] - logits[0]).max() < EXACT


@pytest.mark.parametrize("attention", get_args(Attention))
def test_text_in_pieces_is_the_same_text(tmp_path: Path, attention: Attention):
    file = graph(tmp_path, "llama", attention=attention)
    pieces = PlainDecoder(file)
    read = [pieces.read(IDS[start:end]) for start, end in [(0, 20), (20, 21), (21, 50)]]
    assert np.abs(np.concatenate(read) - PlainDecoder(file).read(IDS)).max() < EXACT


@pytest.mark.parametrize(
    ("precision", "least"), [("q8", 0.999), ("int8", 0.99), ("quantized", 0.99), ("q4", 0.5)]
)
def test_rounded_weights_say_about_the_same(tmp_path: Path, precision: Precision, least: float):
    whole = PlainDecoder(graph(tmp_path, "llama")).read(IDS)
    rounded = PlainDecoder(graph(tmp_path, "llama", precision=precision)).read(IDS)
    assert np.corrcoef(whole.ravel(), rounded.ravel())[0, 1] > least


@pytest.mark.parametrize("bits", [4, 8])
def test_a_shared_embedding_is_the_rounded_one(tmp_path: Path, bits: int):
    precision: Precision = "q4" if bits == 4 else "q8"
    shared = graph(tmp_path, "llama", precision=precision, shared_embedding=True)
    model = onnx.load(str(shared))
    kept = next(each for each in model.graph.node if each.op_type == "GatherBlockQuantized")
    assert kept.input[2] == "model.embed_tokens.weight_scales"
    weights = dict(random_checkpoint(tiny_shape("llama"), 3))
    name = "model.embed_tokens.weight"
    blocks = in_blocks(weights[name], bits)
    numbers = blocks.numbers
    if bits == 4:
        numbers = np.stack([numbers & 15, numbers >> 4], -1).reshape(*numbers.shape[:2], BLOCK)
    middle = 2 ** (bits - 1)
    table = (numbers.astype(np.float32) - middle) * blocks.scales[..., None]
    read = PlainDecoder(shared).read(IDS)
    apart = tmp_path / "apart.onnx"
    weights[name] = table.reshape(weights[name].shape)
    write_graph(apart, tiny_shape("llama"), GivenWeights(weights), Layout(precision=precision))
    assert np.abs(PlainDecoder(apart).read(IDS) - read).max() < EXACT


def test_only_so_many_logits_as_asked_for(tmp_path: Path):
    file = graph(tmp_path, "llama", counts_logits=True)
    decoder = PlainDecoder(file)
    everything = decoder.read(IDS)
    names = {each.name: each for each in decoder.session.get_inputs()}
    shape = tiny_shape("llama")
    given = {
        "input_ids": np.array([IDS]),
        "attention_mask": np.ones((1, len(IDS)), np.int64),
        "num_logits_to_keep": np.array(2),
    }
    for name in names:
        if name.startswith("past"):
            given[name] = np.zeros((1, shape.num_key_value_heads, 0, shape.head_dim), np.float32)
    (logits,) = decoder.session.run(["logits"], given)
    assert logits.shape == (1, 2, shape.vocab_size)
    assert np.abs(logits[0] - everything[-2:]).max() < EXACT


def test_past_and_present_may_be_one_buffer(tmp_path: Path):
    file = graph(tmp_path, "llama")
    shape, session = tiny_shape("llama"), PlainDecoder(file).session
    size = (1, shape.num_key_value_heads, 64, shape.head_dim)
    buffers = {
        f"{layer}.{part}": onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(size, np.float32))
        for layer in range(shape.num_hidden_layers)
        for part in ("key", "value")
    }
    read = []
    for start, end in [(0, 20), (20, 21), (21, 50)]:
        binding = session.io_binding()
        binding.bind_cpu_input("input_ids", np.array([IDS[start:end]]))
        binding.bind_cpu_input("attention_mask", np.ones((1, end), np.int64))
        binding.bind_output("logits", "cpu")
        for name, buffer in buffers.items():
            binding.bind_ortvalue_input(f"past_key_values.{name}", buffer)
            binding.bind_ortvalue_output(f"present.{name}", buffer)
        session.run_with_iobinding(binding)
        read.append(binding.get_outputs()[0].numpy()[0])
    assert np.abs(np.concatenate(read) - PlainDecoder(file).read(IDS)).max() < EXACT


@pytest.mark.parametrize("level", [None, 4])
def test_the_accuracy_level_is_only_written_when_there_is_one(tmp_path: Path, level: int | None):
    model = onnx.load(str(graph(tmp_path, "qwen2", precision="q4", accuracy_level=level)))
    found = [
        {each.name: each.i for each in node.attribute}.get("accuracy_level")
        for node in model.graph.node
        if node.op_type == "MatMulNBits"
    ]
    assert found == [level] * len(found)
    assert len(found) == 7 * tiny_shape("qwen2").num_hidden_layers + 1


def test_a_folder_is_whole(tmp_path: Path):
    write_tiny(tmp_path, "qwen3", "grouped by position_ids", data_beside=True)
    config = json.loads((tmp_path / "config.json").read_text("utf-8"))
    told = json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert config["vocab_size"] == tokenizer.get_vocab_size() == 1024
    assert config["eos_token_id"] == tokenizer.token_to_id(told["eos_token"])
    text = "<|im_start|>user\nNaïve: 12.50 € — 日本\n<|im_end|>"
    ids = tokenizer.encode(text).ids
    assert [ids[0], ids[-1]] == [tokenizer.token_to_id(each) for each in MARKS[1:]]
    assert tokenizer.decode(ids, skip_special_tokens=False) == text
    for precision in get_args(Precision):
        name = "model" if precision == "fp32" else f"model_{precision}"
        assert (tmp_path / "onnx" / f"{name}.onnx_data").stat().st_size > 0
        assert PlainDecoder(tmp_path / "onnx" / f"{name}.onnx").read(ids).shape == (len(ids), 1024)


def test_a_random_writer_goes_on_for_as_long_as_it_is_asked(tmp_path: Path):
    shape = random_writer.SHAPES["smollm2-135m"]
    random_writer.make(shape, tmp_path, accuracy_level=4)
    assert 80e6 < (tmp_path / "onnx" / "model_q4.onnx_data").stat().st_size < 90e6
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == shape.vocab_size
    prompt = tokenizer.encode("What is the total of this receipt?").ids
    said = PlainDecoder(tmp_path / "onnx" / "model_q4.onnx").say(prompt, 24)
    words = [tokenizer.id_to_token(each) for each in said]
    assert not [each for each in words if each in MARKS or each.startswith("@")]
    assert len(set(said)) > 12, "it turns in a circle"
