"""Language models' folders with the files and numbers of whole ones, and no weights to speak of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONFIG: dict[str, Any] = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "hidden_size": 64,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "num_hidden_layers": 3,
    "max_position_embeddings": 2048,
    "vocab_size": 500,
    "eos_token_id": 2,
}
GENAI: dict[str, Any] = {
    "model": {
        "type": "qwen2",
        "context_length": 4096,
        "vocab_size": 500,
        "eos_token_id": [3, 4],
        "decoder": {
            "filename": "model.onnx",
            "head_size": 16,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "num_hidden_layers": 3,
        },
    }
}
_FLOAT32, _FLOAT16, _UINT8 = 1, 10, 2


def hub_folder(folder: Path, *variants: str, config: dict[str, Any] = CONFIG) -> Path:
    """As onnx-community lays a model out; `variants` are ends of the graphs' names."""
    (folder / "onnx").mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text("{}")
    for variant in variants:
        (folder / "onnx" / f"model{variant}.onnx").write_bytes(graph())
    return folder


def genai_folder(folder: Path, config: dict[str, Any] = GENAI) -> Path:
    """As onnxruntime-genai's builder writes one: four bits a weight, in a file beside the graph."""
    folder.mkdir(parents=True)
    (folder / "genai_config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "model.onnx").write_bytes(graph(bits=4, outside="model.onnx.data"))
    (folder / "model.onnx.data").write_bytes(bytes(1000))
    return folder


def graph(
    *,
    bits: int = 0,
    halves: bool = False,
    operator: str = "",
    outside: str = "",
    length: int = 1000,
) -> bytes:
    """An ONNX file of one node and one tensor; its weights may lie `outside`, in a file beside."""
    node = _text(4, operator or ("MatMulNBits" if bits else "MatMul"))
    if bits:
        node += _part(5, _text(1, "bits") + _number(3, bits))
    kind = _UINT8 if bits else _FLOAT16 if halves else _FLOAT32
    tensor = _number(1, length) + _number(2, kind)
    if outside:
        told = {"location": outside, "offset": "0", "length": str(length)}
        for key, value in told.items():
            tensor += _part(13, _text(1, key) + _text(2, value))
    else:
        tensor += _part(9, bytes(length))
    return _number(1, 8) + _part(7, _part(1, node) + _part(5, tensor)) + _part(8, _number(2, 21))


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, content: str) -> bytes:
    return _part(field, content.encode())
