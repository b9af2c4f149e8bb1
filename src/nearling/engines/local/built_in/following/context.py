"""What a question means together with the one before it: its own words, and the most of those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.following.leaning import SHAPES, TEXT
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
)
from nearling.engines.local.built_in.reply import Reply

_WORTHS = (1.0, 0.8, 0.4)
"""What a word is worth at the value, in its row or sentence, and in what stands above that."""
_ANOTHER = 0.85
"""What another word for the same thing is worth: a Thursday is among Wednesday to Sunday."""
_SOFT = 0.5
_UNFIT = 0.5
"""Points that a value of another kind lacks that is named all the same."""
_RANK = 0.05
"""Points for each kind that would be likelier."""
_TIE = 0.1
_ALIKE = 0.05
_EVENTS = ((Kind.MOMENT,), (Kind.DATE,), (Kind.TIME,), (Kind.MONEY,))
_ON = SHAPES["goes on"]
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+")
_SMALL = frozenset(TEXT["prepositions"][0].split())
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
        own = {stem(word) for word in term.word.split()}
        for near, worth in zip(self.around, _WORTHS, strict=True):
            if term.marks & near:
                return worth * (1.0 if own & near else _ANOTHER)
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
            at = marks(field.head or field.label) | implied(field.text)
            near = (field.label, field.around, source.reading.lines[field.line].text)
            row = frozenset[str]().union(*map(marks, near))
            above = frozenset[str]().union(marks(field.heading), *map(marks, field.prose))
            lines = (field.line, *field.support)
            yield Candidate(field.text, field.kind, (at, row, above), source, lines, True)


def _of_passage(source: Source, passage: Passage) -> Iterator[Candidate]:
    above = marks(passage.heading) | marks(passage.above) | marks(_DIGITS.sub("", source.place))
    # It lasts an hour: the sentence goes on about what the one before was about.
    row = marks(passage.text) | (marks(passage.above) if _ON.match(passage.text) else frozenset())
    for clause in passage.clauses if passage.row else ():
        at, end = marks(clause.head), clause.start + len(clause.text)
        kinds = {value.kind for value in values(clause.text)} or {Kind.TEXT}
        near = (at | implied(clause.text), row, above)
        lines = passage.lines(clause.start, end)
        for kind in kinds:
            yield Candidate(clause.text, kind, near, source, lines, True)
        if _YEAR.fullmatch(clause.text):
            yield Candidate(clause.text, Kind.DATE, near, source, lines, True)
    found = () if passage.row else (*values(passage.text), *spelled_out(passage.text))
    for value in with_moments(passage.text, found):
        # "At 11" of "at 11:30" is no place.
        if value.kind in WORDED and any(
            it.kind not in WORDED and value.start < it.end and it.start < value.end for it in found
        ):
            continue
        at = marks(passage.clause(value.start).text)
        lines = passage.lines(value.start, value.end)
        yield Candidate(value.text, value.kind, (at, row, above), source, lines, False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words asked for, those before, and of what kind the value is."""

    own: tuple[Term, ...]
    context: tuple[Term, ...]
    kinds: tuple[Kind, ...]
    firm: bool
    """Whether the question itself says of what kind it is."""
    answer: str
    """That was given before: another one is asked for."""

    def points(self, each: Candidate) -> tuple[float, float] | None:
        """How well the words asked for fit, and those before; None: it is no answer."""
        # What begins, ends or is due is told apart by nothing but that.
        event = self.kinds[:1] in _EVENTS
        hard = [it for it in self.own if not it.soft or (event and it.labels)]
        near = [it for it in self.own if it.marks & each.around[0]] if each.labelled else []
        literal = any(each.worth(it) == _WORTHS[0] for it in near)
        named = literal or any(it in hard for it in near)
        shaped = each.kind not in (Kind.TEXT, Kind.CODE, Kind.NUMBER)
        fits = each.kind in self.kinds and (shaped or named)
        if not fits and (self.firm or not literal or each.kind in WORDED):
            return None
        if each.text == self.answer or marks(each.text) <= any_marks(self.own):
            return None
        if each.kind is Kind.NAME and not any(map(each.worth, self.own)):
            return None
        pinned = hard or [t for t in self.context if not t.soft and each.worth(t) > _ABOVE]
        if not pinned or not all(map(each.worth, hard)) or self._contrary(each):
            return None
        rank = self.kinds.index(each.kind) * _RANK if fits else _UNFIT
        return sum(map(each.worth, self.own)), sum(map(each.worth, self.context)) - rank

    def _contrary(self, each: Candidate) -> bool:
        """Whether it is the end of what the beginning is asked of, or the other way round."""
        wanted = any_marks((*self.own, *self.context))
        near = each.around[0]
        return any(
            one in wanted and other not in wanted and other in near and one not in near
            for pair in CONTRARY
            for one, other in (pair, pair[::-1])
        )


def wanted(
    asked: Question,
    context: Sequence[Term],
    kinds: Sequence[Kind],
    answer: str,
    every: Sequence[Candidate],
) -> Wanted:
    """What `asked` looks for; `kinds` are those of the question before, `context` its words."""
    known = frozenset[str]().union(*(it for each in every for it in each.around))
    own = [_spelled(it, known) for it in asked.terms if not (asked.kinds and _is_kind(it, known))]
    # One day takes the place of another.
    days = any(term.marks & CALENDAR for term in own)
    told = [it for it in context if not (_is_kind(it, known) or it.word in _SMALL)]
    told = [_spelled(it, known) for it in told if not (days and it.marks & CALENDAR)]
    firm = bool(asked.kinds)
    return Wanted(tuple(own), tuple(told), tuple(asked.kinds or kinds), firm, answer)


def in_context(looked: Wanted, every: Sequence[Candidate]) -> Reply | None:
    """The one value at all the words asked for, and at the most of those before."""
    scored = [(*fit, each) for each in every if (fit := looked.points(each))]
    most = max((own for own, _context, _each in scored), default=0.0)
    nearest = [(context, each) for own, context, each in scored if own > most - _ALIKE]
    if not nearest:
        return None
    points, best = max(nearest, key=lambda it: it[0])
    if any(other > points - _TIE and not _same(it, best) for other, it in nearest):
        return None
    longer = (it for it in every if it.kind is Kind.OFTEN and set(best.lines) & set(it.lines))
    whole = [it for it in longer if best.text in it.text] if best.kind in looked.kinds else []
    return (whole or [best])[0].reply


def kinds_at(before: Question, every: Sequence[Candidate]) -> tuple[Kind, ...]:
    """The kind of value at most of the words of a question that does not say of what kind it is."""
    scored: dict[Kind, float] = {}
    for each in every:
        if each.kind not in _VAGUE:
            points = sum(each.worth(it) * (_SOFT if it.soft else 1.0) for it in before.terms)
            scored[each.kind] = max(points, scored.get(each.kind, 0.0))
    most = max(scored.values(), default=0.0)
    found = [kind for kind, points in scored.items() if points > most - _TIE]
    return tuple(found) if len(found) == 1 and most >= 1.0 else ()


def _spelled(term: Term, known: frozenset[str]) -> Term:
    """As the sources spell it; of a phrase a word may be left out."""
    apart = [word for word in term.word.split() if word not in FILLERS]
    parted = replace(term, marks=term.marks | set(map(stem, apart)))
    return like(parted, known)


def _is_kind(term: Term, known: frozenset[str]) -> bool:
    """Whether it says nothing but what kind of value is meant, and no source says it."""
    return not term.word or (bool(term.marks & KIND_IDEAS) and stem(term.word) not in known)


def _same(one: Candidate, other: Candidate) -> bool:
    return one.text in other.text or other.text in one.text
