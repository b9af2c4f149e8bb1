"""Writes a language model as the folder that one gets from a hub."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from nearling.engines.local.bare.decoders.graph import Layout, write_graph
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.tokens import END_OF_TEXT, ENDS, configuration
from nearling.engines.local.bare.decoders.weights import Weights


def write_folder(
    folder: Path,
    shape: Shape,
    weights: Weights,
    tokenizer: Tokenizer,
    graphs: Mapping[str, Layout],
) -> None:
    """`graphs` are named as their files in `onnx/` are, without the ending."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    begin, end = tokenizer.token_to_id(END_OF_TEXT), tokenizer.token_to_id(ENDS)
    ids = {"bos_token_id": begin, "eos_token_id": end, "pad_token_id": begin}
    _write(folder / "config.json", shape.config() | ids)
    chosen = {"do_sample": False, **ids, "eos_token_id": [end, begin]}
    _write(folder / "generation_config.json", chosen)
    _write(folder / "tokenizer_config.json", configuration(shape.max_position_embeddings))
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    for name, layout in graphs.items():
        write_graph(folder / "onnx" / f"{name}.onnx", shape, weights, layout)


def _write(file: Path, told: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")
