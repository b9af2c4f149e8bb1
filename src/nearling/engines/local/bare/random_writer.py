"""Makes a language model of a real one's shape and speed that has learnt nothing.

Its weights are drawn at random and never whole in memory. It only says words that its tokenizer
makes of English, and never the mark that ends an answer: so a measurement gets as many tokens as
it asks for. Started as a module with SHAPE, the folder to make and, where it is to be compared, a
file for the same model as llama.cpp reads it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from pydoc_data.topics import topics

from nearling.engines.local.bare.decoders.folder import write_folder
from nearling.engines.local.bare.decoders.gguf import write_gguf
from nearling.engines.local.bare.decoders.graph import Layout
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.tokens import MARKS, filled_up, learnt
from nearling.engines.local.bare.decoders.weights import DrawnWeights

SHAPES = {
    "smollm2-135m": Shape(
        model_type="llama",
        vocab_size=49_152,
        hidden_size=576,
        intermediate_size=1536,
        num_hidden_layers=30,
        num_attention_heads=9,
        num_key_value_heads=3,
        head_dim=64,
        max_position_embeddings=8192,
        rope_theta=100_000.0,
        rms_norm_eps=1e-5,
    ),
    "qwen2.5-0.5b": Shape(
        model_type="qwen2",
        vocab_size=151_936,
        hidden_size=896,
        intermediate_size=4864,
        num_hidden_layers=24,
        num_attention_heads=14,
        num_key_value_heads=2,
        head_dim=64,
        max_position_embeddings=32_768,
        rope_theta=1_000_000.0,
        rms_norm_eps=1e-6,
    ),
}
"""Of models that many use, by their publishers' names."""


def make(
    shape: Shape, folder: Path, accuracy_level: int | None = None, gguf: Path | None = None
) -> None:
    """The graph is in four bits, its weights in a file beside it."""
    tokenizer = learnt(topics.values(), shape.vocab_size)
    words = tokenizer.get_vocab_size() - len(MARKS)
    layout = Layout(
        precision="q4",
        accuracy_level=accuracy_level,
        shared_embedding=shape.tie_word_embeddings,
        data_beside=True,
    )
    tokenizer = filled_up(tokenizer, shape.vocab_size)
    weights = DrawnWeights(shape, words)
    write_folder(folder, shape, weights, tokenizer, {"model_q4": layout})
    if gguf is not None:
        write_gguf(gguf, shape, weights)


if __name__ == "__main__":
    make(SHAPES[sys.argv[1]], Path(sys.argv[2]), gguf=Path(sys.argv[3]) if sys.argv[3:] else None)
