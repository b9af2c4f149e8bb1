"""A language model's numbers, as config.json or genai_config.json tells them to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearling.catalogue.json_file import read_object
from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _

_TESTED = frozenset({"llama", "mistral", "qwen2", "qwen3"})
"""Of these the logits were held against those of Transformers; Mistral has the shape of Llama."""
_MOST = 10_000_000
"""No length, width or count of a model that runs on a computer is beyond."""


@dataclass(frozen=True, slots=True)
class Shape:
    family: str
    tested: bool
    context_length: int
    layers: int
    kv_heads: int
    head_size: int
    vocabulary: int
    ends: tuple[int, ...]


def of_transformers(folder: Path, config: Mapping[str, Any]) -> Shape:
    """Raises UnusableModel."""
    number = _Numbers(folder / "config.json", config)
    heads = number("num_attention_heads", "n_head")
    head_size = number("head_dim", default=0) or number("hidden_size", "n_embd") // heads
    family = _family(config.get("model_type"))
    context_length = number("max_position_embeddings", "n_positions")
    return Shape(
        family=family,
        tested=family in _TESTED and not _slides(family, config, context_length),
        context_length=context_length,
        layers=number("num_hidden_layers", "n_layer"),
        kv_heads=number("num_key_value_heads", default=heads),
        head_size=head_size or number.missing("head_dim"),
        vocabulary=number("vocab_size"),
        ends=_ends(folder, config.get("eos_token_id")),
    )


def of_genai(folder: Path, config: Mapping[str, Any]) -> Shape:
    """Raises UnusableModel."""
    model = _object(config.get("model"))
    decoder = _object(model.get("decoder"))
    number = _Numbers(folder / "genai_config.json", decoder | model)
    family = _family(model.get("type"))
    return Shape(
        family=family,
        tested=family in _TESTED and "sliding_window" not in decoder,
        context_length=number("context_length"),
        layers=number("num_hidden_layers"),
        kv_heads=number("num_key_value_heads", "num_attention_heads"),
        head_size=number("head_size"),
        vocabulary=number("vocab_size"),
        ends=_ends(folder, model.get("eos_token_id")),
    )


class _Numbers:
    def __init__(self, file: Path, config: Mapping[str, Any]) -> None:
        self._file = file
        self._config = config

    def __call__(self, *names: str, default: int | None = None) -> int:
        for name in names:
            value = self._config.get(name)
            if type(value) is int and 0 < value <= _MOST:
                return value
            if value is not None:
                self.missing(name)
        return self.missing(names[0]) if default is None else default

    def missing(self, name: str) -> int:
        raise UnusableModel(
            _("{file} in {folder} does not say {name} as a number that can be right.").format(
                file=self._file.name, folder=self._file.parent, name=name
            ),
            _("Fetch it again; if it stays so, take another copy of the model."),
        )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _family(name: object) -> str:
    return name if isinstance(name, str) and name.isprintable() and len(name) <= 40 else ""


def _slides(family: str, config: Mapping[str, Any], context_length: int) -> bool:
    """Whether a token sees the latest others alone; Qwen names a window without using it."""
    window = config.get("sliding_window")
    used = config.get("use_sliding_window", not family.startswith("qwen"))
    return bool(used) and type(window) is int and window < context_length


def _ends(folder: Path, configured: object) -> tuple[int, ...]:
    """Whatever any of the files names: one that is missed lets an answer run on."""
    found = [*_tokens(configured)]
    for name, ids in (
        ("generation_config.json", lambda told: _tokens(told.get("eos_token_id"))),
        ("tokenizer_config.json", _named_end),
    ):
        try:
            found += ids(read_object(folder / name))
        except FileNotFoundError:
            continue
    return tuple(dict.fromkeys(found))


def _tokens(value: object) -> list[int]:
    many = value if isinstance(value, list) else [value]
    return [each for each in many if type(each) is int and 0 <= each <= _MOST]


def _named_end(config: Mapping[str, Any]) -> Iterable[int]:
    """tokenizer_config.json names the token by its text."""
    end = config.get("eos_token")
    text = end.get("content") if isinstance(end, dict) else end
    for number, token in _object(config.get("added_tokens_decoder")).items():
        if text is not None and _object(token).get("content") == text and number.isdecimal():
            yield from _tokens(int(number[:8]))
