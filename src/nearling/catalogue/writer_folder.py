"""Looks at a folder without loading it: which language model is in it, and what does it need?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WriterFolder:
    """A language model's folder, as its small files describe it."""

    folder: Path
    graph: Path
    """The ONNX file that is run."""
    family: str
    """As config.json's model_type names it: "llama", "qwen2"."""
    tested: bool
    """Whether models of this shape were held against a reference."""
    context_length: int
    """Tokens that it was made for."""
    layers: int
    kv_heads: int
    head_size: int
    vocabulary: int
    ends: tuple[int, ...]
    """Tokens after which an answer is over."""
    precision: str
    """Of the weights: "fp32", "int8", "q4" …"""
    bytes: int
    """Of the graph and the weights beside it."""
