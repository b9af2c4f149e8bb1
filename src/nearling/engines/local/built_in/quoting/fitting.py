"""The values of a passage that are of the kind a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nearling.engines.local.built_in.quoting.pages import Pages
from nearling.engines.local.built_in.quoting.passages import Passage
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import (
    DIMENSIONS,
    WORDED,
    Kind,
    Value,
    implied,
    spelled_out,
    values,
    with_moments,
)
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import Term, any_marks, marks

_RANK = 0.05
"""Points for each kind that would be likelier."""
_LONGEST = 160
"""Letters of a sentence that is an answer as it stands."""
_THINGS = (Kind.CODE, Kind.MEASURE, Kind.NUMBER, Kind.PATH, Kind.URL, Kind.COMMAND)
"""Which of several things answers when asked with which."""
_LABEL = re.compile(r"\s?[:=]\s+")
_MEANS = re.compile(sections("asking.txt")["means"][0])
_CAPITAL = re.compile(r"\b[^\W\d_a-zäöüß][^\W\d_]{2,}\b")
_MORE_NAMES = re.compile(r"(?:\s[^\W\d_a-zäöüß][^\W\d_]+)+")


def fitting(
    question: Question, needed: Sequence[Term], passage: Passage, pages: Pages
) -> Iterator[tuple[Value, float]]:
    """The values of the passage that are of a kind asked for, and by what each is less likely."""
    kinds = kinds_of(question)
    if not kinds:
        yield from ((value, 0.0) for value in _told(question, needed, passage))
        return
    measured = [term for term in question.terms if term.marks & DIMENSIONS]
    found = with_moments(passage.text, (*values(passage.text), *spelled_out(passage.text)))
    found = tuple(_whole_name(it, passage.text) if it.kind is Kind.NAME else it for it in found)
    dated = kinds[0] is Kind.MOMENT and any(it.kind in (Kind.DATE, Kind.MOMENT) for it in found)
    if kinds[0] is Kind.NAME and not question.german:
        found = (*found, *_persons(passage.text, pages))
    bare = (Kind.NUMBER,) if kinds[0] in (Kind.MONEY, Kind.CODE) and not passage.row else ()
    for value in found:
        if value.kind not in kinds or value.kind in bare or (dated and value.kind is Kind.TIME):
            continue
        if value.kind in WORDED and any_marks(needed) & marks(value.text):
            continue
        shown = marks(passage.whole) | implied(value.text)
        if kinds[0] is Kind.MEASURE and not all(term.marks & shown for term in measured):
            continue
        yield value, _RANK * kinds.index(value.kind)


def kinds_of(question: Question) -> tuple[Kind, ...]:
    """Empty where no kind of value is asked for, but words."""
    if question.kinds[:1] == (Kind.TEXT,):
        return _THINGS
    kinds = tuple(kind for kind in question.kinds if kind is not Kind.TEXT)
    measured = any(term.marks & DIMENSIONS for term in question.terms)
    return kinds or ((Kind.MEASURE,) if measured else ())


def _whole_name(value: Value, text: str) -> Value:
    """With the names that follow it."""
    more = _MORE_NAMES.match(text, value.end)
    end = more.end() if more else value.end
    return replace(value, text=text[value.start : end].strip(), end=end)


def _persons(text: str, pages: Pages) -> Iterator[Value]:
    """People by a part of a full name that the pages have."""
    for match in _CAPITAL.finditer(text):
        if match[0] in pages.names:
            yield Value(Kind.NAME, match[0], *match.span())


def _told(question: Question, needed: Sequence[Term], passage: Passage) -> Iterator[Value]:
    """What stands in a column, what something is said to mean, what follows a label, a sentence."""
    if passage.row:
        for clause in passage.clauses:
            if any(term.marks & marks(clause.head) for term in needed):
                yield _text(passage, clause.start, clause.start + len(clause.text))
        return
    sign = _MEANS if question.is_asked("meaning") else _LABEL
    found = sign.search(passage.text)
    if found and all(term.marks & marks(passage.text[: found.start()]) for term in needed):
        start = found.end()
        end = re.search(r"[.;:](?=\s|$)|$", passage.text[start:])
        yield _text(passage, start, start + end.start() if end else len(passage.text))
    elif question.is_asked("rule") and len(passage.text) <= _LONGEST:
        yield _text(passage, 0, len(passage.text))


def _text(passage: Passage, start: int, end: int) -> Value:
    return Value(Kind.TEXT, passage.text[start:end], start, end)
