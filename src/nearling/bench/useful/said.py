"""What the product said to a question, and how that is graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nearling.core.conversation import Citation
from nearling.core.means import Means

Grade = Literal["right", "wrong", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with what it rests on; without a text it is a refusal."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    means: Means | None = None
    closest: tuple[Citation, ...] = ()
    """What a refusal shows instead."""
    failed: bool = False
    """It neither answered nor refused: a crash must not pass as a refusal."""


@dataclass(frozen=True, slots=True)
class Graded:
    grade: Grade
    answerable: bool = True
    """False: a refusal was right."""


def unanswered(said: Said, answerable: bool) -> Grade | None:
    """The grade of what needs no judging of words; None: they have to be judged."""
    if said.failed:
        return "failed"
    if not said.text.strip():
        return "refused" if answerable else "right"
    return None if answerable else "wrong"
