"""Every option, declared once: type, default, label, help and range.

The settings file, the dialog and its documentation derive from this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from nearling.core.language import marked


def _number(
    default: int, label: str, help: str, *, at_least: int, at_most: int, step: int = 1
) -> Any:
    limits = {"at_least": at_least, "at_most": at_most, "step": step}
    return field(default=default, metadata={"label": label, "help": help, **limits})


def _choice(default: str, label: str, help: str, choices: Mapping[str, str]) -> Any:
    """`choices` are what may be written, each with what is shown for it."""
    return field(default=default, metadata={"label": label, "help": help, "choices": choices})


@dataclass(frozen=True, slots=True)
class Options:
    theme: str = _choice(
        "system",
        marked("Appearance"),
        marked("Light, dark, or whatever the desktop says."),
        {"system": marked("As the desktop"), "light": marked("Light"), "dark": marked("Dark")},
    )
    language: str = _choice(
        "system",
        marked("Language"),
        marked("Of the window and the command line; from the next start."),
        {"system": marked("As the system"), "en": marked("English"), "de": marked("Deutsch")},
    )
    scale_percent: int = _number(
        100,
        marked("Size of text and controls"),
        marked("In percent, on top of the desktop's own scaling; from the next start."),
        at_least=100,
        at_most=250,
        step=25,
    )
    closing: str = _choice(
        "quit",
        marked("When the window is closed"),
        marked("In the tray Nearling stays ready; a click on its icon opens it again."),
        {"quit": marked("Quit"), "tray": marked("Stay in the tray")},
    )
    patience_seconds: int = _number(
        60,
        marked("Longest useful wait for an answer"),
        marked("A writer that is predicted to take longer is not asked while another can answer."),
        at_least=1,
        at_most=3_600,
    )
    idle_seconds: int = _number(
        300,
        marked("Give memory back after"),
        marked(
            "Seconds without work after which a model's process ends; it starts again when needed."
        ),
        at_least=1,
        at_most=86_400,
    )
    threads: int = _number(
        0,
        marked("Processor cores for models"),
        marked("0 takes every physical core; models run at a lower priority than the window."),
        at_least=0,
        at_most=256,
    )


def declared() -> tuple[Field[Any], ...]:
    """The options in the order in which they are shown."""
    return fields(Options)
