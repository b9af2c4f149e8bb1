"""Makes a Whisper model of a real one's shape and speed that hears the same in everything.

Its weights are random, but small: what it says is decided by the place in the text alone, so that
a measurement always decodes the same number of tokens. Started as a module with SHAPE, the folder
of a model whose tokens it takes over, and the folder to make.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_VOCABULARY = 51_864
"""Tokens of the models for English alone."""
_MOMENTS = 1501
_SAYS = " Find the total on this receipt. The quick brown fox jumps over the lazy dog. Try again."
_SMALL = 0.02
_CLEAR, _DECISIVE = 4.0, 10.0
"""Times larger: words, so that none is mistaken for another, and what a place points at."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Of OpenAI's models."""

    width: int
    layers: int
    heads: int


SHAPES = {"tiny": Shape(384, 4, 6), "base": Shape(512, 6, 8)}


def make(shape: Shape, tokens_of: Path, folder: Path) -> None:
    from ctranslate2.specs.whisper_spec import WhisperSpec
    from tokenizers import Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    tokens = _filled_up(json.loads((tokens_of / "tokenizer.json").read_text("utf-8")))
    (folder / "tokenizer.json").write_text(json.dumps(tokens), "utf-8")
    (folder / "preprocessor_config.json").write_bytes(
        (tokens_of / "preprocessor_config.json").read_bytes()
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    _fill(spec, shape)
    _decide(spec, tokenizer)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.lang_ids = [tokenizer.token_to_id("<|en|>")]
    spec.config.alignment_heads = [[shape.layers - 1, 0]]
    spec.register_vocabulary([tokenizer.id_to_token(each) for each in range(_VOCABULARY)])
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _filled_up(tokens: dict[str, Any]) -> dict[str, Any]:
    """With as many words as the real models know, none of which is ever said."""
    words = tokens["model"]["vocab"]
    special = tokens["added_tokens"]
    for number in range(len(words), _VOCABULARY - len(special)):
        words[f"@{number}"] = number
    for number, each in enumerate(special, _VOCABULARY - len(special)):
        each["id"] = number
        words.pop(each["content"], None)
    return tokens


def _fill(spec: Any, shape: Shape) -> None:
    rng = np.random.default_rng(0)
    width = shape.width

    def weights(*size: int) -> npt.NDArray[np.float32]:
        return rng.normal(0, _SMALL, size).astype(np.float32)

    def linear(part: Any, outputs: int, inputs: int) -> None:
        part.weight, part.bias = weights(outputs, inputs), weights(outputs)

    def norm(part: Any) -> None:
        part.gamma, part.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def attention(part: Any, sizes: tuple[int, ...]) -> None:
        norm(part.layer_norm)
        for each, times in zip(part.linear, sizes, strict=True):
            linear(each, times * width, width)

    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        for layer in side.layer:
            attention(layer.self_attention, (3, 1))
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 4 * width, width)
            linear(layer.ffn.linear_1, width, 4 * width)
    for layer in spec.decoder.layer:
        attention(layer.attention, (1, 2, 1))
    spec.encoder.conv1.weight, spec.encoder.conv1.bias = weights(width, 80, 3), weights(width)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = weights(width, width, 3), weights(width)
    spec.encoder.position_encodings.encodings = weights(1500, width)
    spec.decoder.embeddings.weight = np.float32(_CLEAR) * weights(_VOCABULARY, width)
    spec.decoder.position_encodings.encodings = weights(448, width)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight


def _decide(spec: Any, tokenizer: Any) -> None:
    """Each place in the text points at the token that is to follow it."""
    moment = tokenizer.token_to_id("<|0.00|>")
    text = tokenizer.encode(_SAYS).ids
    follow = [moment, *text, moment + 100, tokenizer.token_to_id("<|endoftext|>")]
    places = spec.decoder.position_encodings.encodings
    rows = spec.decoder.embeddings.weight
    for place in range(len(places)):
        places[place] = _DECISIVE / _SMALL * rows[follow[min(place, len(follow) - 1)]]


if __name__ == "__main__":
    make(SHAPES[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))
