"""Which speech model is worth having on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Suggestion:
    name: str
    """As people call it: "Whisper base"."""
    source: str
    """Where it can be had, as its Hugging Face id."""
    megabytes: int
    """About, on the disk."""
    why: str
    """Why this one, as a sentence."""
    found_at: Path | None = None
    """Its folder, if it lies on this computer already."""
