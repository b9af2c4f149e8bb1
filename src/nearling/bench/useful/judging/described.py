"""What is said of a picture without text: what was measured, or a refusal."""

from __future__ import annotations

from nearling.bench.scoring import holds
from nearling.bench.useful.questions import Look
from nearling.bench.useful.said import Grade, Said, unanswered


def described(look: Look, said: Said) -> Grade:
    graded = unanswered(said, not look.refuse)
    if graded is not None:
        return graded
    held = look.holds and all(holds(said.text, word) for word in look.holds)
    other = any(holds(said.text, spelling) for spelling in look.spellings)
    return "right" if held or other else "wrong"
