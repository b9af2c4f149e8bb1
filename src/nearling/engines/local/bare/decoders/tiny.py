"""A decoder that knows nothing, small enough to be made for every test, in every form there is."""

from __future__ import annotations

from pathlib import Path
from pydoc_data.topics import topics
from typing import get_args

from nearling.engines.local.bare.decoders.folder import write_folder
from nearling.engines.local.bare.decoders.graph import Attention, Layout
from nearling.engines.local.bare.decoders.linear import BITS, Precision
from nearling.engines.local.bare.decoders.shape import Family, Shape
from nearling.engines.local.bare.decoders.tokens import learnt
from nearling.engines.local.bare.decoders.weights import GivenWeights, random_checkpoint

_TOPICS = ("strings", "numbers", "typesseq")
"""Pages of Python's own manual: English enough to learn a thousand tokens from."""


def tiny_shape(family: Family) -> Shape:
    """As published models of the family differ: in head width, tied words and constants."""
    return Shape(
        model_type=family,
        vocab_size=1024,
        hidden_size=64,
        intermediate_size=192,
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=32 if family == "qwen3" else 16,
        max_position_embeddings=2048,
        rope_theta=100_000.0 if family == "llama" else 1_000_000.0,
        rms_norm_eps=1e-5 if family == "llama" else 1e-6,
        tie_word_embeddings=family != "qwen2",
    )


def write_tiny(
    folder: Path,
    family: Family = "llama",
    attention: Attention = "grouped",
    *,
    seed: int = 0,
    data_beside: bool = False,
) -> None:
    """One model, its graph once in each precision: model.onnx, model_q4.onnx, model_int8.onnx …"""
    shape = tiny_shape(family)
    graphs = {
        "model" if precision == "fp32" else f"model_{precision}": Layout(
            attention,
            precision,
            # Published graphs share what comes in and goes out since they have the operator.
            shared_embedding=(
                attention != "plain" and precision in BITS and shape.tie_word_embeddings
            ),
            counts_logits=attention == "grouped by position_ids",
            data_beside=data_beside,
        )
        for precision in get_args(Precision)
    }
    weights = GivenWeights(random_checkpoint(shape, seed))
    tokenizer = learnt((topics[each] for each in _TOPICS), shape.vocab_size)
    write_folder(folder, shape, weights, tokenizer, graphs)
