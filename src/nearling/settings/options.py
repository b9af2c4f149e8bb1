"""Every option, declared once: type, default, label, help and range.

The settings file, and later the dialog and its documentation, derive from this.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Any


def _option(default: int, label: str, help: str, at_least: int, at_most: int) -> Any:
    limits = {"label": label, "help": help, "at_least": at_least, "at_most": at_most}
    return field(default=default, metadata=limits)


@dataclass(frozen=True, slots=True)
class Options:
    idle_seconds: int = _option(
        300,
        "Give memory back after",
        "Seconds without work after which a model's process ends; it starts again when needed.",
        at_least=1,
        at_most=86_400,
    )
    threads: int = _option(
        0,
        "Processor cores for models",
        "0 takes every physical core; models run at a lower priority than the window.",
        at_least=0,
        at_most=256,
    )
    patience_seconds: int = _option(
        60,
        "Longest useful wait for an answer",
        "A writer that is predicted to take longer is not asked while another can answer.",
        at_least=1,
        at_most=3_600,
    )


def declared() -> tuple[Field[Any], ...]:
    """The options in the order in which they are shown."""
    return fields(Options)
