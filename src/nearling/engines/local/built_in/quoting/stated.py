"""What the pages of a document state: the one value in the passage that says all that is asked.

Passages are weighed as documents are in information retrieval: rare words of the question count
most (inverse document frequency), and the nearer they stand to a value of the kind that is asked
for, the likelier it is meant. Where a word that must be there is missing, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.fitting import fitting, kinds_of
from nearling.engines.local.built_in.quoting.matching import KIND_IDEAS
from nearling.engines.local.built_in.quoting.pages import Pages
from nearling.engines.local.built_in.quoting.passages import Passage
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import IMPLIED, Kind, Value, implied
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import Term, marks, stem

_WORTHS = (1.0, 0.85, 0.6, 0.5)
"""What a word is worth in the value's clause, in its passage, in the heading, and just before."""
_SOFT = 0.3
"""What words of a sentence count that an answer need not repeat; the head of a column has none."""
_ANOTHER = 0.9
"""What another word for the same thing is worth: a single room is a kind of room, too."""
_ENOUGH = 0.72
_TIE = 0.06
"""Values whose points lie nearer than this are equally good, and neither is sure."""
CLOSEST = 3
"""Passages that are shown instead of an answer."""
_DENIED = 0.3
"""Points; who asks what is done is seldom answered by what is not."""
_FITTING = 0.3
"""Of the points for all words: a value of the kind asked for stands in the passage."""
_TEXT = sections("asking.txt")
_DENIAL = re.compile(_TEXT["denials"][0], re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value, the lines of the page it stands on, and how well its passage fits, up to 1."""

    text: str
    source: Source
    lines: tuple[int, ...]
    points: float
    passage: Passage
    shared: frozenset[str]
    """Words of the question in the same clause."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    term: Term
    rarity: float
    needed: bool
    """Whether there is no answer without it."""
    general: bool
    """Whether it only says what kind of value is asked for."""


def stated(question: Question, pages: Pages) -> Stated | None:
    """The value that fits best, if it fits well and no other fits nearly as well."""
    # Where not every word is known, two values of one passage are not told apart.
    blurred = not all(
        term.marks & pages.known or _is_general(term, question, pages)
        for term in pages.spelled(question)
    )
    wanted = () if blurred and not kinds_of(question) else _wanted(question, pages)
    found = sorted(_candidates(question, wanted, pages), key=lambda it: -it.points)
    if not found and all(
        it.word and _is_general(it, question, pages) for it in pages.spelled(question)
    ):
        return _lone(question, pages)
    if not found or found[0].points < _ENOUGH:
        return None
    best = found[0]
    rivals = (it for it in found if not (_same(it, best) or _in_another_column(it, best)))
    if any(
        it.points > best.points - _TIE
        or (it.passage is best.passage and (blurred or not it.shared <= best.shared))
        for it in rivals
    ):
        return None
    return best


def _lone(question: Question, pages: Pages) -> Stated | None:
    """The one value of the kind that is asked for, where nothing but the kind is asked for."""
    kinds = kinds_of(question)[:1]
    found = [
        Stated(value.text, source, passage.lines(value.start, value.end), 1.0, passage, frozenset())
        for source, passage in pages.each
        for value, _penalty in fitting(question, (), passage, pages)
        if value.kind in kinds
    ]
    return found[0] if found and all(_same(it, found[0]) for it in found) else None


def closest(question: Question, pages: Pages) -> list[tuple[float, Source, Passage]]:
    """The passages that say most of what is asked, best first, with their points."""
    wanted = [
        (term, pages.rarity(term) * (_SOFT if term.soft else 1.0))
        for term in pages.spelled(question)
    ]
    found = []
    for (source, passage), own in zip(pages.each, pages.marks, strict=True):
        around = tuple(
            zip((own, marks(passage.heading), marks(passage.above)), _WORTHS[1:], strict=True)
        )
        points = sum(
            weight * next((worth for there, worth in around if term.marks & there), 0.0)
            for term, weight in wanted
        )
        if points and any(fitting(question, (), passage, pages)):
            points += _FITTING * sum(weight for _, weight in wanted)
        if points:
            found.append((points, source, passage))
    return sorted(found, key=lambda it: -it[0])[:CLOSEST]


def _same(one: Stated, other: Stated) -> bool:
    mine, yours = one.text.casefold(), other.text.casefold()
    return mine in yours or yours in mine


def _in_another_column(one: Stated, best: Stated) -> bool:
    return one.passage is best.passage and best.passage.row and one.shared < best.shared


def _is_general(term: Term, question: Question, pages: Pages) -> bool:
    """Whether the value itself shows it: that it is a price, or the number of something."""
    numbered = (
        Kind.CODE in question.kinds[:1]
        and term.known
        and " " in term.word
        and not term.marks & pages.known
    )
    return not term.word or numbered or bool(term.marks & KIND_IDEAS)


def _wanted(question: Question, pages: Pages) -> list[_Wanted]:
    """What to look for; nothing where a word that must be there is nowhere."""
    found = list[_Wanted]()
    for term in pages.spelled(question):
        general = _is_general(term, question, pages)
        there = term.marks & pages.known or (term.marks & IMPLIED and not general)
        if not (there or general or term.soft):
            return []
        if there or not general:
            found.append(_Wanted(term, pages.rarity(term), not (general or term.soft), general))
    for needed in (_said, _said_at_all):
        if not any(it.needed for it in found):
            found = [replace(it, needed=needed(it, pages)) for it in found]
    return found if any(it.needed for it in found) else []


def _said(wanted: _Wanted, pages: Pages) -> bool:
    return not wanted.general and _said_at_all(wanted, pages)


def _said_at_all(wanted: _Wanted, pages: Pages) -> bool:
    return bool(wanted.term.word and wanted.term.marks & pages.known)


def _candidates(question: Question, wanted: Sequence[_Wanted], pages: Pages) -> Iterator[Stated]:
    needed = [it.term for it in wanted if it.needed]
    negated = _DENIAL.search(question.text) is not None
    for (source, passage), own in zip(pages.each, pages.marks, strict=True):
        if not any(term.marks & own for term in needed):
            continue
        for value, penalty in fitting(question, needed, passage, pages):
            points = _points(value, passage, wanted)
            if points is not None:
                clause = passage.clause(value.start)
                denied = not negated and _DENIAL.search(clause.text) is not None
                points -= penalty + (_DENIED if denied else 0.0)
                beside = marks(clause.whole)
                shared = frozenset(
                    it.term.word for it in wanted if not it.general and it.term.marks & beside
                )
                lines = (*passage.lines(value.start, value.end), *_labels(passage, needed))
                yield Stated(value.text, source, lines, points, passage, shared)


def _labels(passage: Passage, needed: Sequence[Term]) -> Iterator[int]:
    """The lines of a row's cells that say what its value is."""
    for clause in passage.clauses if passage.row else ():
        if any(term.marks & marks(clause.text) for term in needed):
            yield from passage.lines(clause.start, clause.start + len(clause.text))


def _points(value: Value, passage: Passage, wanted: Sequence[_Wanted]) -> float | None:
    """How much of what is wanted stands how near, 0 to 1; None: something needed does not."""
    clause = passage.clause(value.start).whole
    around = tuple(map(marks, (clause, passage.whole, passage.heading, passage.above)))
    total = score = 0.0
    for it in wanted:
        term = it.term
        if term.marks & implied(value.text):
            continue
        own = {stem(word) for word in term.word.split()}
        worth = max(
            (
                worth * (1.0 if own & there else _ANOTHER)
                for there, worth in zip(around, _WORTHS, strict=True)
                if term.marks & there
            ),
            default=0.0,
        )
        if it.needed and not worth:
            return None
        if worth or not it.general:
            light = it.general or (term.soft and not passage.row)
            weight = it.rarity * (_SOFT if light else 1.0)
            total += weight
            score += weight * worth
    return score / total if total else None
