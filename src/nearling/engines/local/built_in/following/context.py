"""What a question means together with the one before it: its own words, and the most of those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nearling.engines.local.built_in.following.candidates import WORTHS, Candidate, candidates
from nearling.engines.local.built_in.following.cells import kinds_of
from nearling.engines.local.built_in.following.leaning import SHAPES, TEXT
from nearling.engines.local.built_in.following.talk import Talk
from nearling.engines.local.built_in.quoting.matching import CONTRARY, KIND_IDEAS, like
from nearling.engines.local.built_in.quoting.question import Question, understood
from nearling.engines.local.built_in.quoting.values import WORDED, Kind
from nearling.engines.local.built_in.quoting.words import (
    CALENDAR,
    FILLERS,
    Term,
    any_marks,
    folded,
    marks,
    stem,
    terms,
    words,
)
from nearling.engines.local.built_in.reply import Reply

_SOFT = 0.5
_UNFIT = 0.5
"""Points that a value of another kind lacks that is named all the same."""
_RANK = 0.05
"""Points for each kind that would be likelier."""
_TIE = 0.1
_ALIKE = 0.05
_NO_VALUE = ("times", "together", "rest", "that much", "yes or no")
_LITTLE = 3
"""Letters of a word that heads nothing."""
_NAMED = (
    *(("#email", Kind.EMAIL), ("#phone", Kind.PHONE), ("#website", Kind.URL)),
    *(("#price", Kind.MONEY), ("#date", Kind.DATE)),
)
"""What a word alone asks for: her email?"""
_EVENTS = ((Kind.MOMENT,), (Kind.DATE,), (Kind.TIME,), (Kind.MONEY,))
_SMALL = frozenset(TEXT["prepositions"][0].split())
_ABOVE = WORTHS[-1]
_WORDS = frozenset((*WORDED, Kind.TEXT))
_VAGUE = frozenset((*WORDED, Kind.MOMENT, Kind.OFTEN, Kind.TEXT, Kind.CODE, Kind.NUMBER))


def in_context(talk: Talk) -> Reply | None:
    """The one value of the kind asked for at all its words and at the most of those before."""
    plain = folded(talk.said.rest)
    if SHAPES["narrowing"].match(plain) or any(SHAPES[name].search(plain) for name in _NO_VALUE):
        return None
    every = tuple(candidates(talk.sources))
    known = frozenset[str]().union(*(it for each in every for it in each.around))
    asked, before = understood(talk.said.rest, known), understood(talk.before, known)
    kinds: tuple[Kind, ...] = tuple(it for it in before.kinds if it is not Kind.ROW)
    same = tuple(kinds_of(talk.answer))
    if not talk.said.fragment:
        kinds = ()
    elif same:
        # Of a price another price is meant.
        kinds = tuple(it for it in kinds if it in same) or kinds or same
    if SHAPES["their number"].search(plain):
        asked = replace(asked, kinds=(Kind.PHONE,))
    elif (asked.kinds or kinds)[:1] == (Kind.MONEY,):
        priced = SHAPES["asks price"].search(f"{plain} {talk.before}")
        asked = replace(asked, kinds=asked.kinds[:1]) if priced else asked
        kinds = kinds[:1] if priced else kinds
    kinds = kinds or (_kinds_at(before, every) if talk.said.fragment else ())
    words = [it for it in terms(talk.answer) if it.word.isalpha()]
    if talk.place is None or not talk.place.head:
        words += before.terms
    else:
        # A question that leant on others itself may have words that are left behind.
        words += [it for it in before.terms if it.marks & talk.place.near]
        words += terms(talk.place.head)
    return _best(_wanted(asked, words, kinds, talk.answer, every), every)


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
        hard += [it for it in self.own if it.marks & KIND_IDEAS and self.firm]
        # Where no kind is asked for, the head may be named by the question before.
        naming = [*self.own, *(() if self.firm else self.context)]
        naming = [it for it in naming if not it.marks & KIND_IDEAS]
        near = [it for it in naming if it.marks & each.around[0]] if each.labelled else []
        literal = any(each.worth(it) == WORTHS[0] for it in near)
        named = literal or any(it in hard for it in near)
        shaped = each.kind not in (Kind.TEXT, Kind.CODE, Kind.NUMBER)
        fits = each.kind in self.kinds and (shaped or named)
        if not fits and (self.firm or not (literal and hard) or each.kind in WORDED):
            return None
        said, own = marks(each.text), any_marks(self.own)
        # What is named in the question is not asked for.
        if each.text == self.answer or said <= own or (each.kind in _WORDS and said & own):
            return None
        if each.kind is Kind.NAME and not any(map(each.worth, self.own)):
            return None
        pinned = hard or [it for it in self.context if _pins(it) and each.worth(it) > _ABOVE]
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


def _wanted(
    asked: Question,
    context: Sequence[Term],
    kinds: Sequence[Kind],
    answer: str,
    every: Sequence[Candidate],
) -> Wanted:
    """What `asked` looks for; `kinds` are those of the question before, `context` its words."""
    known = frozenset[str]().union(*(it for each in every for it in each.around))
    own = [_spelled(it, known) for it in asked.terms]
    # One day takes the place of another.
    days = any(term.marks & CALENDAR for term in own)
    told = [it for it in context if not (_is_kind(it, known) or it.word in _SMALL)]
    told = [_spelled(it, known) for it in told if not (days and it.marks & CALENDAR)]
    kinds_named = [kind for name, kind in _NAMED if any(name in it.marks for it in asked.terms)]
    firm = tuple(asked.kinds or kinds_named[:1])
    # A time is told by its shape, an address is not.
    shaped = firm and firm[0] not in WORDED
    own = [it for it in own if it.word and not (shaped and _is_kind(it, known))]
    if kinds and not own and not firm:
        # "And short?" Any word may head a column.
        heads = frozenset[str]().union(*(each.around[0] for each in every if each.labelled))
        bare = [it for it in words(asked.text) if len(it) > _LITTLE and stem(it) in heads]
        own = [Term(it, frozenset({stem(it)}), False, 0) for it in bare]
        firm = tuple(kinds) if own else ()
    return Wanted(tuple(own), tuple(told), firm or tuple(kinds), bool(firm), answer)


def _best(looked: Wanted, every: Sequence[Candidate]) -> Reply | None:
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


def _kinds_at(before: Question, every: Sequence[Candidate]) -> tuple[Kind, ...]:
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


def _pins(term: Term) -> bool:
    return term.known or not term.soft


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether both say it; of several kinds in one place the likelier one does."""
    beside = one.kind is not other.kind and one.lines == other.lines
    return beside or one.text in other.text or other.text in one.text
