"""Holds what a language model puts in quotation marks against what the sources really say.

A quotation that stands in a source becomes a citation with its place; any other is doubted. Words
of the question and of earlier exchanges may be repeated: those were never said to be a source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nearling.core.conversation import Citation
from nearling.core.events import Cited, Delta, Doubted, Written
from nearling.core.geometry import Box
from nearling.core.prompt import Exchange, Prompt, Source

_QUOTED = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|`[^`\n]*`)"
    r"|“(?P<english>[^“”\n]+)”|„(?P<german>[^„“”\n]+)[“”]|«(?P<french>[^«»\n]+)»"
    r'|(?<![\w"])"(?P<plain>[^"\n]+)"(?!\w)',
    re.DOTALL,
)
_ALIKE = str.maketrans({"’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})
"""Typography that readers of pictures and writers of answers do differently."""
_ENDS = ".,;:!?…"
_SHORTEST = 2
"""Characters; a single letter in quotation marks stands somewhere in everything."""


def checked(written: Iterable[Written], prompt: Prompt) -> Iterator[Written | Doubted]:
    """`written` for `prompt`, with each quotation judged as soon as it is complete."""
    check = _Check(prompt)
    for event in written:
        yield event
        if isinstance(event, Delta):
            yield from check.heard(event.text)


class _Check:
    def __init__(self, prompt: Prompt) -> None:
        self._sources = prompt.sources
        said = [prompt.question, *(text for past in prompt.exchanges for text in _of(past))]
        self._said = [_folded(text) for text in said]
        self._text = ""
        self._checked = 0
        self._told: set[str] = set()

    def heard(self, delta: str) -> Iterator[Cited | Doubted]:
        self._text += delta
        if not self._sources:
            return
        for found in _QUOTED.finditer(self._text, self._checked):
            if found["code"] is not None:
                if found.end() == len(self._text):
                    return  # it may go on
                self._checked = found.end()
                continue
            self._checked = found.end()
            quotation = next(words for words in found.groups()[1:] if words is not None).strip()
            if len(quotation) >= _SHORTEST and quotation not in self._told:
                self._told.add(quotation)
                yield from self._judge(quotation)

    def _judge(self, quotation: str) -> Iterator[Cited | Doubted]:
        for words in dict.fromkeys((quotation, quotation.rstrip(_ENDS))):
            citation = cited(words, self._sources)
            if citation is not None:
                yield Cited(citation)
                return
        folded = _folded(quotation.rstrip(_ENDS))
        if not any(folded in text for text in self._said):
            yield Doubted(quotation)


def cited(words: str, sources: Sequence[Source]) -> Citation | None:
    """Where the first of `sources` that says `words` says them, however its lines are broken."""
    wanted = _folded(words)
    if not wanted:
        return None
    for source in sources:
        place = _place(wanted, source)
        if place is not None:
            return Citation(source.name, source.reading.digest, words, place)
    return None


def _place(wanted: str, source: Source) -> Box | None:
    """Around the lines that say it."""
    text, starts = "", []
    for line in source.reading.lines:
        starts.append(len(text))
        text += _folded(line.text) + " "
    at = _whole_words(wanted, text)
    if at is None:
        return None
    ends = [*starts[1:], len(text)]
    boxes = [
        line.box
        for line, start, end in zip(source.reading.lines, starts, ends, strict=True)
        if start < at + len(wanted) and at < end - 1
    ]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _whole_words(wanted: str, text: str) -> int | None:
    """Not inside a longer word or number: "5.15" is not said by "25.15"."""
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?![\w])(?![.,]\d)" if wanted[-1].isalnum() else ""
    if wanted[0].isdigit():
        before = r"(?<![\w])(?<!\d[.,])"
    found = re.search(before + re.escape(wanted) + after, text)
    return found.start() if found else None


def _folded(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split()).casefold()


def _of(past: Exchange) -> tuple[str, str]:
    return past.question, past.answer
