"""A summary: sentences that carry the document, letter for letter, and few."""

from __future__ import annotations

from nearling.bench.scoring import plain
from nearling.bench.useful.questions import Question
from nearling.bench.useful.said import Grade, Said, unanswered

_SENTENCES = 5
_CARRYING = 3


def summed_up(question: Question, said: Said) -> Grade:
    """Right are three of the sentences in at most five."""
    graded = unanswered(said, question.answerable)
    if graded is not None:
        return graded
    text = _letters(said.text)
    held = sum(_letters(sentence) in text for sentence in question.carry)
    return "right" if held >= _CARRYING and len(said.citations) <= _SENTENCES else "wrong"


def _letters(text: str) -> str:
    """Lines break at other places on a page."""
    return plain(text).replace(" ", "")
