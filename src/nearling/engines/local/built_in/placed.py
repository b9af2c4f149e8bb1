"""Keeps to the page, slide or sheet that a question names."""

from __future__ import annotations

import re
from dataclasses import replace

from nearling.core.prompt import Prompt

_PLACE = re.compile(
    r"\s*\b(?:(?:on|in|of|at|auf|im|in der|von|der)\s+)?(?:the\s+)?"
    r"(?:page|slide|sheet|chapter|part|seite|folie|blatt|kapitel|teil)\s+(?P<number>\d{1,4})\b(?!\s*[-–/])",
    re.IGNORECASE,
)


def without_place(question: str) -> str:
    return _PLACE.sub("", question).strip()


def placed(prompt: Prompt) -> Prompt:
    """With nothing but the sources from there; as it is where no page of a document is named."""
    found = list(_PLACE.finditer(prompt.question))
    paged = any(source.page is not None for source in prompt.sources)
    if len(found) != 1 or not paged:
        return prompt
    number = int(found[0]["number"])
    sources = tuple(source for source in prompt.sources if source.page == number)
    return replace(prompt, question=without_place(prompt.question), sources=sources)
