"""Whether the words of a question stand around an answer: asked of pages, where much stands."""

from __future__ import annotations

from nearling.core.reading import Reading
from nearling.engines.local.built_in.quoting.fields import Sheet
from nearling.engines.local.built_in.quoting.matching import KIND_IDEAS, Answer, spelled
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.words import marks

_SENTENCE = 5
"""Words beside the answer."""
_AROUND = 1
"""Lines before and after: a sentence runs over lines."""


def covered(question: Question, sheet: Sheet, reading: Reading, answer: Answer) -> bool:
    """Whether every word that must be there stands in the answer's paragraph or its heading.

    Where no kind of value is asked for, a piece out of a sentence is no answer, and a question
    without a word that must be there is about anything.
    """
    if not question.kinds and _is_piece(reading, answer):
        return False
    near = _near(reading, answer)
    needed = [
        term
        for term in spelled(question.terms, sheet)
        if (term.known or not term.soft) and not term.marks & KIND_IDEAS
    ]
    return bool(needed) and all(term.marks & near for term in needed)


def _is_piece(reading: Reading, answer: Answer) -> bool:
    line = reading.lines[answer.lines[0]].text
    return len(answer.lines) == 1 and len(line.split()) - len(answer.text.split()) >= _SENTENCE


def _near(reading: Reading, answer: Answer) -> frozenset[str]:
    lines = reading.lines
    blocks = {lines[index].block for index in answer.lines}
    first = min(answer.lines)
    heading = max((at for at in range(first) if lines[at].block not in blocks), default=first)
    return frozenset().union(
        *(
            marks(line.text)
            for at, line in enumerate(lines)
            if line.block in blocks
            or lines[heading].block == line.block
            or any(abs(at - index) <= _AROUND for index in answer.lines)
        )
    )
