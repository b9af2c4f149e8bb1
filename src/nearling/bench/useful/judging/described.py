"""What is said of a picture without text: what was measured, or a refusal."""

from __future__ import annotations

import re

from nearling.bench.scoring import holds
from nearling.bench.useful.questions import Look
from nearling.bench.useful.said import Grade, Said, unanswered

_SECONDS = re.compile(r"(?<=\b\d\d:\d\d):\d\d\b")


def described(look: Look, said: Said) -> Grade:
    graded = unanswered(said, not look.refuse)
    if graded is not None:
        return graded
    # A moment may be told to the second.
    texts = said.text, _SECONDS.sub("", said.text)
    held = look.holds and all(any(holds(text, word) for text in texts) for word in look.holds)
    other = any(holds(text, spelling) for text in texts for spelling in look.spellings)
    return "right" if held or other else "wrong"
