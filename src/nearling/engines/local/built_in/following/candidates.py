"""Every value of the sources, with the words at it, in its row or sentence, and above that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.following.leaning import SHAPES
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.fields import sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.passages import Passage, passages
from nearling.engines.local.built_in.quoting.values import (
    WORDED,
    Kind,
    implied,
    spelled_out,
    values,
    with_moments,
)
from nearling.engines.local.built_in.quoting.words import Term, marks, stem
from nearling.engines.local.built_in.reply import Reply

WORTHS = (1.0, 0.8, 0.4)
"""What a word is worth at the value, in its row or sentence, and in what stands above that."""
_ANOTHER = 0.85
"""What another word for the same thing is worth: a Thursday is among Wednesday to Sunday."""
_ON = SHAPES["goes on"]
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+")


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
        for near, worth in zip(self.around, WORTHS, strict=True):
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
        if field.kind not in (Kind.HEAD, Kind.ROW):
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
