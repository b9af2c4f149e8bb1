"""An error that a note explains: the right note, or none."""

from __future__ import annotations

from nearling.bench.useful.questions import Screen
from nearling.bench.useful.said import Grade, Said
from nearling.core.means import Means


def explained(screen: Screen, said: Said) -> Grade:
    """An answer that no note gives, such as a quoted line, explains nothing."""
    if said.failed:
        return "failed"
    if said.means is not Means.EXPLAINED:
        return "refused" if screen.card else "right"
    return "right" if screen.card and f"({screen.card})" in said.text else "wrong"
