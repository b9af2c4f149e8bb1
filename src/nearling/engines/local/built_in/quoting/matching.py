"""How well a field fits a question; what every kind of question shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from nearling.engines.local.built_in.quoting.fields import Field, Sheet
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import WORDED, Kind, implied, values
from nearling.engines.local.built_in.quoting.vocabulary import listed_ideas, sections
from nearling.engines.local.built_in.quoting.words import (
    CALENDAR,
    FILLERS,
    GENERAL,
    Term,
    abbreviates,
    any_marks,
    labelled,
    marks,
    named,
    names_label,
    stem,
    word_marks,
    words,
)

_TIE = 0.35
"""Points; two values that lie nearer than this are equally good, and neither is sure."""
_ALIKE = 85
"""Percent; what OCR makes of a word of five letters keeps at least so much of it."""
_ENOUGH = 1.0
"""Points that must be left when a word of the question is nowhere in the source."""
_ASKING = frozenset(("#contact", "#location"))
"""What only says again that a person or a place is asked for."""
_KIND_SAYS = {Kind.PHONE: frozenset(("#phone", "#mobile"))}
"""What the label of a value says that is of no other kind."""
CONTRARY = (("#departure", "#arrival"), ("#start", "#end"), ("#open", "#close"))
KIND_IDEAS = listed_ideas(sections("asking.txt")["kind ideas"])
_LONG = 60
"""Letters; more are a passage and no value."""
_DATED = frozenset((Kind.DATE, Kind.WEEKDAY, Kind.MOMENT))
_STRICT = frozenset(Kind) - WORDED - {Kind.TEXT, Kind.HEAD, Kind.ROW, Kind.CODE, Kind.NUMBER}
"""Kinds that are told by their shape: where there is but one, it is likelier to be meant."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Words of a source and the lines they rest on, the quoted one first."""

    text: str
    lines: tuple[int, ...]


def spelled(terms: Iterable[Term], sheet: Sheet) -> tuple[Term, ...]:
    """Terms as this source spells them: what OCR misread, inside compounds, cut short."""
    return tuple(like(term, sheet.marks) for term in terms)


def like(term: Term, known: frozenset[str]) -> Term:
    """The term as a text with these marks spells it."""
    if term.marks & known:
        return term
    return replace(term, marks=term.marks | _alike(term, known))


def _alike(term: Term, known: frozenset[str]) -> frozenset[str]:
    ideas = [mark for mark in term.marks if mark[0] == "#"]
    found = {other for other in known for idea in ideas if abbreviates(other, idea)}
    for own in (*(mark for mark in term.marks if mark[0] != "#"), *term.word.split()):
        for other in known if len(own) > 3 else ():
            if other[0] == "#" or len(other) < 4:
                continue
            compound = len(other) > len(own) and (other.startswith(own) or other.endswith(own))
            alike = len(own) > 4 and abs(len(own) - len(other)) < 3
            if compound or (alike and fuzz.ratio(own, other) >= _ALIKE):
                found.add(other)
    return frozenset(found)


def looked_up(question: Question, sheet: Sheet) -> Answer | None:
    """The value of the kind asked for that fits best, if it fits and no other fits as well."""
    kinds, match = question.kinds, _Match.of(question, sheet)
    scored = [
        (points - 0.6 * (kinds.index(field.kind) if field.kind in kinds else 0), field)
        for field in match.candidates
        if (points := match.points(field)) is not None
    ]
    if not scored:
        return None
    points, chosen = max(scored, key=lambda pair: pair[0])
    if any(points - other < _TIE and not _same(field, chosen) for other, field in scored):
        return None
    return Answer(chosen.text, (chosen.line, *chosen.support))


@dataclass(frozen=True, slots=True)
class _Match:
    """One question against the fields of one source that are of the right kind."""

    terms: tuple[Term, ...]
    focus: frozenset[int]
    candidates: tuple[Field, ...]
    present: frozenset[str]
    """Marks of the whole source."""
    claimed: frozenset[str]
    """Marks near any of the candidates."""
    strict: frozenset[Kind]
    """The shape asked for, where words only stand in for it."""
    worded: bool
    """Whether a person or a place is asked for."""
    specific: bool
    """Whether what a label says is asked for."""
    labels: frozenset[str]
    """Marks of the labels of all candidates."""
    taken: frozenset[str]
    """Marks in the rows of values of other kinds."""
    lone: frozenset[Kind]
    """Kinds of which there is only one value."""

    @classmethod
    def of(cls, question: Question, sheet: Sheet) -> _Match:
        kinds = question.kinds
        terms = spelled(question.terms, sheet)
        focus = frozenset(term.at for term in question.focus)
        focused = any_marks(term for term in terms if term.at in focus)
        found = tuple(field for field in sheet.fields if _suits(field, kinds, focused))
        able = _STRICT | {Kind.NAME, Kind.PLACE} if kinds else frozenset()
        lone = _lone(found) & able
        worded = kinds[:1] in ((Kind.NAME,), (Kind.PLACE,))
        wanted = any_marks(terms)
        claimed = frozenset(
            mark for field in found for near in _near(field) for mark in near & wanted
        )
        others = (it for it in sheet.fields if kinds and it.kind in _STRICT - set(kinds))
        texts = (text for field in others for text in (field.label, field.around))
        taken = frozenset(mark for text in texts for mark in marks(text) & wanted)
        labels = frozenset(mark for field in found for mark in marks(field.label) & wanted)
        specific = any(names_label(mark) and mark not in KIND_IDEAS for mark in wanted)
        strict = frozenset(kinds[:1]) & (_STRICT | {Kind.CODE})
        return cls(
            terms, focus, found, sheet.marks, claimed, strict, worded, specific, labels, taken, lone
        )

    def points(self, field: Field) -> float | None:
        """None: something asked for is missing, or the field says it is something else."""
        label = marks(field.label)
        head, own = marks(field.head), marks(field.text)
        worths = [(term, self._worth(term, field, label, head)) for term in self.terms]
        points = sum(worth for _, worth in worths if worth is not None)
        asked = any_marks(self.terms)
        told = any(_tells(term, label | head | implied(field.text)) for term in self.terms)
        if field.kind in self.strict and _KIND_SAYS.get(field.kind, frozenset()) & label:
            told, points = True, points + 1.0
        missing = [term for term, worth in worths if worth is None and not term.soft]
        told = told or (not missing and _says_only(field.label, asked))
        shown = any(term.at in self.focus and term.marks & (own | head) for term in self.terms)
        hard = any(term.labels and _tells(term, label | head) for term in self.terms)
        hit = hard or shown or (Kind.CODE in self.strict and asked & (label | head))
        unasked = label - asked - GENERAL and field.kind not in self.lone
        soft = not told and all(term.soft for term in self.terms)
        vague = Kind.CODE in self.strict and soft and unasked
        if vague or (field.kind is Kind.TEXT and self.strict and not hit):
            return None
        near = label | head | own
        fits = told or any(
            (term.at in self.focus and term.marks & near) or not (term.soft or term in missing)
            for term in self.terms
        )
        worded = field.kind is Kind.TEXT and self.worded
        if not fits and field.kind not in self.lone and self.terms:
            return None
        celled = any(not term.soft and term.marks & label for term in self.terms)
        if not (celled if field.kind is Kind.ROW else told or not worded):
            return None
        strange = labelled(field.label) - asked
        other = bool(strange) and not (field.kind in self.lone and not self.specific)
        if not told and (other or (self.specific and labelled(field.head))):
            return None
        if any(
            term.at in self.focus
            and not (term.soft and field.kind in self.strict | _STRICT)
            and not term.marks & near
            for term in self.terms
        ):
            points -= 1.5
        lost = self._lost(missing, told, label, field)
        found = sum(worth is not None and not term.soft for term, worth in worths)
        if lost is None or len(missing) > max(found, 1):
            return None
        points -= lost + 0.5 * min(len(strange), 3) + 0.1 * min(len(label - asked), 6)
        spare = 2.5 if field.kind in self.lone else 0.0
        return points if points + spare > (_ENOUGH if missing else 0.0) else None

    def _worth(
        self, term: Term, field: Field, label: frozenset[str], head: frozenset[str]
    ) -> float | None:
        """Points for one word of the question by where it stands; None: nowhere near."""
        worth = 1.0 if term.soft else 3.0
        focused = term.at in self.focus
        own = bool(term.marks & marks(field.text))
        ranked = (
            (bool(term.marks & label), worth + 1.0),
            (bool(term.marks & head), worth + 0.9),
            (bool(term.marks & implied(field.text)), worth * self._implied(term)),
            (own and focused and field.kind is Kind.HEAD, worth + 1.5),
            (bool(term.marks & marks(field.around)) and not (term.soft and focused), worth * 0.8),
            (any(term.marks & marks(text) for text in field.prose), worth * 0.5),
            (bool(term.marks & marks(field.heading)), worth * 0.6),
        )
        seen = label | head | (marks(field.text) if focused else frozenset())
        literal = 0.5 * bool({stem(word) for word in term.word.split()} & seen)
        return next((points + literal for holds, points in ranked if holds), None)

    def _implied(self, term: Term) -> float:
        """How much of a term's worth a value alone is: less where words of a label say it."""
        return 0.5 if term.marks & self.labels else 0.9

    def _lost(
        self, missing: list[Term], told: bool, label: frozenset[str], field: Field
    ) -> float | None:
        """Points for words that are not near the field; None: without them it is no answer."""
        sure = not field.head and any(
            not term.soft and term.labels and term.marks & label for term in self.terms
        )
        lost = 0.0
        for term in missing:
            elsewhere = bool(term.marks & self.present)
            named_so = term.labels or term.proper or bool(term.marks & CALENDAR)
            # A time without a word is one of leaving, beginning or opening.
            if any(it in term.marks and no not in self.present for it, no in CONTRARY):
                lost += 0.5
            elif (named_so and not elsewhere and not self._again(term)) or not all(
                map(str.isalpha, term.word.split())
            ):
                return None
            elif elsewhere:
                # What belongs to another value does not belong to this one.
                if not sure and term.marks & self.claimed:
                    return None
                lost += 2.0 if term.marks & self.taken else 0.5
            elif not told or (not term.known and self._qualifies(term)):
                return None
            else:
                lost += 1.0 if term.known else 2.2
        return lost

    def _again(self, term: Term) -> bool:
        """Whether it only says again what kind of value is asked for."""
        return self.worded and bool(term.marks & _ASKING)

    def _qualifies(self, term: Term) -> bool:
        """Whether it stands before a word for a label, as the name of a site before password."""
        return any(other.labels and other.at == term.at + 1 for other in self.terms)


def _lone(found: Sequence[Field]) -> frozenset[Kind]:
    """Kinds of which there is one value; of days and times none where there are several days."""
    texts: dict[Kind, set[str]] = {}
    for field in found:
        texts.setdefault(field.kind, set()).add(field.text)
    lone = {kind for kind, shown in texts.items() if len(shown) == 1}
    days = [text for kind in _DATED for text in texts.get(kind, ())]
    whole = max(days, key=len, default="")
    several = any(day not in whole for day in days)
    return frozenset(lone - _DATED - {Kind.TIME} if several else lone)


def _suits(field: Field, kinds: Sequence[Kind], focused: frozenset[str]) -> bool:
    if field.kind is Kind.HEAD:
        # A head that only repeats the question says what stands below it.
        shown = [bool(focused & marks(word)) for word in words(field.text)]
        dated = bool(_DATED & set(kinds[:1])) and bool(CALENDAR & marks(field.text))
        told = kinds[:1] in ((), (Kind.TEXT,)) and any(shown) and not all(shown)
        return told or dated
    if field.kind is Kind.ROW:
        return kinds[:1] in ((Kind.NAME,), (Kind.PLACE,)) and _words_do(field.text, kinds)
    if field.kind is Kind.TEXT and kinds and not _words_do(field.text, kinds):
        return False
    return not kinds or field.kind in kinds


def _words_do(text: str, kinds: Sequence[Kind]) -> bool:
    """Whether a whole cell may stand for a value of these kinds."""
    shown = {value.kind for value in values(text)}
    if Kind.CODE in kinds[:1]:
        return text.isupper() or any(map(str.isdigit, text))
    if Kind.PLACE in kinds:
        return shown <= {*WORDED, Kind.NUMBER, Kind.CODE} and text[:1].isalnum()
    if Kind.NAME in kinds:
        spoken = [word for word in text.split() if word[0].isalpha()]
        capitals = 2 * sum(word[0].isupper() for word in spoken) > len(spoken)
        return capitals and shown <= {*WORDED, Kind.EMAIL} and len(spoken) < 6 and not named(text)
    return len(text) <= _LONG


def _tells(term: Term, near: frozenset[str]) -> bool:
    """Whether a word of the question stands near and says more than what kind of value it is."""
    return any(
        mark not in GENERAL and (mark[0] == "#" or not term.soft) for mark in term.marks & near
    )


def _says_only(label: str, asked: frozenset[str]) -> bool:
    """Whether a label says nothing but what is asked for, and more than what kind of value."""
    own = [word_marks(word) & asked for word in words(label) if word not in FILLERS]
    return all(own) and any(mark not in KIND_IDEAS and mark[0] == "#" for it in own for mark in it)


def _near(field: Field) -> Iterator[frozenset[str]]:
    """Marks of all words that stand around a value."""
    yield implied(field.text)
    texts = (field.label, field.head, field.around, field.heading, field.text, *field.prose)
    yield from map(marks, texts)


def _within(part: str, whole: str) -> bool:
    """Whether one text stands in another by itself, as 1 does not in 15."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def _same(one: Field, other: Field) -> bool:
    mine, yours = one.text.casefold(), other.text.casefold()
    return (
        _within(mine, yours)
        or _within(yours, mine)
        or (one.line == other.line and one.kind != other.kind)
    )
