"""Keeps to the page, slide or sheet, or to the one of several sources, that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.quoting.words import Term, any_marks, marks, stem, terms

_PLACE = re.compile(
    r"\s*\b(?:(?:on|in|of|at|auf|im|in der|von|der)\s+)?(?:the\s+)?"
    r"(?:page|slide|sheet|chapter|part|seite|folie|blatt|kapitel|teil)\s+(?P<number>\d{1,4})\b(?!\s*[-–/])",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\s+(?:at|in|on|from|by|bei|beim|im|auf|vom|von)\s+(?:the\s+|der\s+|dem\s+)?"
    r"(?P<name>[\w'’-]+)(?:\s+(?:bill|receipt|place|shop|quote|offer|rechnung|bon))?\W*$",
    re.IGNORECASE,
)
_TITLE = 2
"""Lines at the top that may be what a source is called."""


def without_place(question: str) -> str:
    return _PLACE.sub("", question).strip()


def without_source(question: str, sources: Iterable[Source]) -> str:
    """`question` without the end that names one of the sources."""
    named = _SOURCE.search(question)
    known = named is not None and called(sources, terms(named["name"])) is not None
    return question[: named.start()] if named is not None and known else question


def placed(prompt: Prompt) -> Prompt:
    """With nothing but the sources from there; as it is where none is named."""
    named = _SOURCE.search(prompt.question)
    digest = called(prompt.sources, terms(named["name"])) if named is not None else None
    if named is not None and digest is not None:
        sources = tuple(it for it in prompt.sources if it.reading.digest == digest)
        prompt = replace(prompt, question=prompt.question[: named.start()], sources=sources)
    else:
        title = called(prompt.sources, terms(prompt.question))
        first = sorted(prompt.sources, key=lambda it: it.reading.digest != title) if title else ()
        prompt = replace(prompt, sources=tuple(first) or prompt.sources)
    found = list(_PLACE.finditer(prompt.question))
    paged = any(source.page is not None for source in prompt.sources)
    if len(found) != 1 or not paged:
        return prompt
    number = int(found[0]["number"])
    sources = tuple(source for source in prompt.sources if source.page == number)
    return replace(prompt, question=without_place(prompt.question), sources=sources)


def called(sources: Iterable[Source], asked: Sequence[Term]) -> str | None:
    """The digest of the one of several sources whose name or title says one of these words."""
    titles: dict[str, set[str]] = {}
    for source in sources:
        top = (
            [line.text for line in source.reading.lines[:_TITLE]]
            if source.page in (None, 1)
            else []
        )
        shown = marks(" ".join((re.sub(r"[_.]", " ", source.name), *top)))
        titles.setdefault(source.reading.digest, set()).update(shown)
    letters = {stem(term.word) for term in asked}
    found = [digest for digest, shown in titles.items() if letters & shown] or [
        digest for digest, shown in titles.items() if any_marks(asked) & shown
    ]
    return found[0] if len(found) == 1 < len(titles) else None
