"""What a question means together with the one before it: its own words, and the most of those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.fields import sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.matching import CONTRARY, KIND_IDEAS, like
from nearling.engines.local.built_in.quoting.passages import Passage, passages
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import (
    WORDED,
    Kind,
    implied,
    spelled_out,
    values,
    with_moments,
)
from nearling.engines.local.built_in.quoting.words import (
    CALENDAR,
    FILLERS,
    Term,
    any_marks,
    marks,
    stem,
    terms,
)
from nearling.engines.local.built_in.reply import Reply

_WORTHS = (1.0, 0.8, 0.4)
"""What a word is worth at the value, in its row or sentence, and in what stands above that."""
_BEFORE = 0.2
"""What a word of the question before is worth against one of this."""
_RANK = 0.05
"""Points for each kind that would be likelier."""
_TIE = 0.1
_ABOVE = _WORTHS[-1]
_VAGUE = frozenset((*WORDED, Kind.MOMENT, Kind.OFTEN, Kind.TEXT, Kind.CODE, Kind.NUMBER))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value and the marks of what stands at it, in its row or sentence, and above that."""

    text: str
    kind: Kind
    around: tuple[frozenset[str], frozenset[str], frozenset[str]]
    source: Source
    lines: tuple[int, ...]
    labelled: bool
    """Whether it has a label or stands in a column, and is no part of a sentence."""

    def worth(self, term: Term) -> float:
        for near, worth in zip(self.around, _WORTHS, strict=True):
            if term.marks & near:
                return worth
        return 0.0

    @property
    def reply(self) -> Reply:
        places = tuple(citation(self.source, line) for line in dict.fromkeys(self.lines))
        return Reply(self.text, Means.QUOTED, places)


def candidates(sources: Sequence[Source]) -> Iterator[Candidate]:
    """Every value of the sources."""
    for source in sources:
        if source.page is None:
            yield from _shown(source)
        else:
            for passage in passages(source.reading):
                yield from _of_passage(source, passage)


def _shown(source: Source) -> Iterator[Candidate]:
    for field in sheet_of(layout(source.reading)).fields:
        if field.kind is not Kind.HEAD:
            at = marks(field.label) | marks(field.head) | implied(field.text)
            row = marks(field.around) | marks(source.reading.lines[field.line].text)
            above = frozenset[str]().union(marks(field.heading), *map(marks, field.prose))
            lines = (field.line, *field.support)
            yield Candidate(field.text, field.kind, (at, row, above), source, lines, True)


def _of_passage(source: Source, passage: Passage) -> Iterator[Candidate]:
    above = marks(passage.heading) | marks(passage.above)
    row = marks(passage.text)
    for clause in passage.clauses if passage.row else ():
        at, end = marks(clause.head), clause.start + len(clause.text)
        kinds = {value.kind for value in values(clause.text)} or {Kind.TEXT}
        for kind in kinds:
            near = (at | implied(clause.text), row, above)
            lines = passage.lines(clause.start, end)
            yield Candidate(clause.text, kind, near, source, lines, True)
    found = () if passage.row else (*values(passage.text), *spelled_out(passage.text))
    for value in with_moments(passage.text, found):
        at = marks(passage.clause(value.start).text) | implied(value.text)
        lines = passage.lines(value.start, value.end)
        yield Candidate(value.text, value.kind, (at, row, above), source, lines, False)


def in_context(
    asked: Question,
    before: Question,
    kinds: Sequence[Kind],
    answer: str,
    every: Sequence[Candidate],
) -> Reply | None:
    """The one value of these kinds at all the words asked for, and at the most of those before."""
    known = frozenset[str]().union(*(it for each in every for it in each.around))
    own = [_spelled(term, known) for term in asked.terms if not (kinds and _is_kind(term))]
    # One day takes the place of another.
    days = any(term.marks & CALENDAR for term in own)
    told = [it for it in before.terms if not (_is_kind(it) or (days and it.marks & CALENDAR))]
    context = [_spelled(term, known) for term in told]
    said = [_spelled(term, known) for term in terms(answer) if not any(map(str.isdigit, term.word))]
    hard = [term for term in own if not term.soft]
    scored: list[tuple[float, Candidate]] = []
    for each in every:
        if (
            each.text == answer
            or (kinds and each.kind not in kinds)
            or not _tells(each, kinds, own)
        ):
            continue
        pinned = hard or [it for it in (*context, *said) if not it.soft and each.worth(it) > _ABOVE]
        if not pinned or not all(map(each.worth, hard)) or _contrary(each, (*own, *context)):
            continue
        points = sum(map(each.worth, own)) + _BEFORE * sum(map(each.worth, (*context, *said)))
        points -= _RANK * kinds.index(each.kind) if kinds else 0.0
        scored.append((points, each))
    if not scored:
        return None
    points, best = max(scored, key=lambda it: it[0])
    if any(other > points - _TIE and not _same(it, best) for other, it in scored):
        return None
    longer = (it for it in every if it.kind is Kind.OFTEN and set(best.lines) & set(it.lines))
    whole = [it for it in longer if best.text in it.text] if kinds else []
    return (whole or [best])[0].reply


def kinds_at(before: Question, every: Sequence[Candidate]) -> tuple[Kind, ...]:
    """The kind of value at most of the words of a question that does not say of what kind it is."""
    scored: dict[Kind, float] = {}
    for each in every:
        if each.kind not in _VAGUE:
            points = sum(each.worth(it) * (_BEFORE if it.soft else 1.0) for it in before.terms)
            scored[each.kind] = max(points, scored.get(each.kind, 0.0))
    most = max(scored.values(), default=0.0)
    found = [kind for kind, points in scored.items() if points > most - _TIE]
    return tuple(found) if len(found) == 1 and most >= 1.0 else ()


def _spelled(term: Term, known: frozenset[str]) -> Term:
    """As the sources spell it; of a phrase a word may be left out."""
    apart = [word for word in term.word.split() if word not in FILLERS]
    parted = replace(term, marks=term.marks | set(map(stem, apart)))
    return like(parted, known)


def _is_kind(term: Term) -> bool:
    return not term.word or bool(term.marks & KIND_IDEAS)


def _tells(each: Candidate, kinds: Sequence[Kind], own: Sequence[Term]) -> bool:
    """Words answer where they are named; what has a shape is told by that."""
    if kinds and each.kind not in (Kind.TEXT, Kind.CODE, Kind.NUMBER):
        return True
    return each.labelled and any(not it.soft and it.marks & each.around[0] for it in own)


def _contrary(each: Candidate, asked: Sequence[Term]) -> bool:
    """Whether it is the end of what the beginning is asked of, or the other way round."""
    wanted = any_marks(asked)
    near = each.around[0]
    return any(
        one in wanted and other not in wanted and other in near and one not in near
        for pair in CONTRARY
        for one, other in (pair, pair[::-1])
    )


def _same(one: Candidate, other: Candidate) -> bool:
    return one.text in other.text or other.text in one.text
