"""How much memory a language model will take, and the longest context for which there is room."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.language import gettext as _
from nearling.core.numerals import decimal, whole

_WEIGHTS = 1.45
"""Times what they take on the disk: onnxruntime lays them out anew for its kernels. Measured: a q4
file of 309 MB took 449 MB."""
_NUMBER = 4
"""Bytes; keys and values are 32-bit floats on a processor."""
_HEADROOM = 200_000_000
"""The process with its libraries (58 MB were measured) and what one chunk of a prompt computes."""
_SHARE = 0.7
"""Of the memory that is free; the rest is left to what else is open."""
_CONTEXTS = (32_768, 16_384, 8_192, 4_096, 2_048, 1_024)
"""Tokens. More would be minutes of waiting on a computer at home."""


@dataclass(frozen=True, slots=True)
class Fit:
    fits: bool
    context_length: int
    """The longest for which there is room; the shortest where there is none."""
    bytes: int
    """That the model takes with this context full."""
    sentence: str


def memory(model: WriterFolder, context_length: int) -> int:
    """Bytes, as an estimate."""
    return round(_WEIGHTS * model.bytes) + keys_and_values(model, context_length) + _HEADROOM


def keys_and_values(model: WriterFolder, context_length: int) -> int:
    """Bytes."""
    each = 2 * model.layers * model.kv_heads * model.head_size * _NUMBER
    return each * context_length


def fit(model: WriterFolder, available: int) -> Fit:
    """`available` bytes are free."""
    contexts = _contexts(model.context_length)
    room = _SHARE * available
    fitting = [each for each in contexts if memory(model, each) <= room]
    context_length = fitting[0] if fitting else contexts[-1]
    needs = memory(model, context_length)
    if fitting:
        sentence = _(
            "It needs about {needs} GB of memory with {tokens} tokens of context; {free} GB are "
            "free."
        )
    else:
        sentence = _(
            "It needs about {needs} GB of memory even with {tokens} tokens of context, and too "
            "little of the {free} GB that are free would be left."
        )
    told = sentence.format(
        needs=decimal(needs / 1e9, 1),
        tokens=whole(context_length),
        free=decimal(available / 1e9, 1),
    )
    return Fit(bool(fitting), context_length, needs, told)


def _contexts(most: int) -> tuple[int, ...]:
    """Longest first; at most what the model was made for."""
    shorter = [each for each in _CONTEXTS if each < most]
    return (*([most] if most <= _CONTEXTS[0] else []), *shorter)
