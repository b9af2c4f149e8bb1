"""One cell of a table and the source that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.conversation import Citation
from nearling.core.geometry import Box
from nearling.core.prompt import Source
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.days import days
from nearling.engines.local.built_in.quoting.words import folded


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell and the source that holds it."""

    text: str
    box: Box | None
    source: Source

    @property
    def citation(self) -> Citation:
        source = self.source
        return Citation(source.name, source.reading.digest, self.text, self.box, source.page)


Row = tuple[Slot, ...]


def is_number(text: str) -> bool:
    return amounts((text,))[0][0] is not None or any(days((folded(text.strip()),)))
