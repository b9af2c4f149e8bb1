"""What is about to be asked about: what has landed, each once, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from nearling.core.media import Capture


class Stage(StrEnum):
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Landed:
    capture: Capture
    stage: Stage = Stage.READING


class Pending:
    """In the order in which they landed."""

    def __init__(self) -> None:
        self._landed: dict[str, Landed] = {}

    def __len__(self) -> int:
        return len(self._landed)

    @property
    def captures(self) -> tuple[Capture, ...]:
        return tuple(landed.capture for landed in self._landed.values())

    def add(self, capture: Capture) -> bool:
        """False if the same bytes are there already."""
        if capture.digest in self._landed:
            return False
        self._landed[capture.digest] = Landed(capture)
        return True

    def read(self, digest: str) -> None:
        if digest in self._landed:
            self._landed[digest] = replace(self._landed[digest], stage=Stage.READ)

    def remove(self, digest: str) -> None:
        self._landed.pop(digest, None)
