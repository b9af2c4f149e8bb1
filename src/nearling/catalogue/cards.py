"""The models that Nearling knows by name, as models.toml lists them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class SpeechCard:
    id: str
    repository: str
    """At Hugging Face."""
    million_parameters: int
    english_only: bool

    @property
    def megabytes(self) -> int:
        """On the disk, about: two bytes a parameter."""
        return 2 * self.million_parameters

    @property
    def folder_name(self) -> str:
        """What a copy of the repository is called."""
        return self.repository.partition("/")[2]


@cache
def speech_cards() -> tuple[SpeechCard, ...]:
    """From the smallest to the largest."""
    text = (resources.files("nearling.catalogue") / "models.toml").read_text("utf-8")
    return tuple(SpeechCard(**row) for row in tomllib.loads(text)["speech"])
