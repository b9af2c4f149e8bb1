"""The likely pages of one document: their passages, and how rare a word is among them."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.matching import like
from nearling.engines.local.built_in.quoting.passages import passages
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import Kind, values
from nearling.engines.local.built_in.quoting.words import Term, marks


class Pages:
    """Pages of one document as passages with their marks."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.each = [(source, it) for source in sources for it in passages(source.reading)]
        self.marks = [marks(it.whole) for _, it in self.each]
        headings = {it.heading for _, it in self.each}
        self.known = frozenset[str]().union(*self.marks, *map(marks, headings))
        self.names = frozenset(
            word
            for _, it in self.each
            for value in values(it.text)
            if value.kind is Kind.NAME
            for word in value.text.split()
        )
        """Words of the full names of people and firms."""

    def rarity(self, term: Term) -> float:
        """Inverse document frequency, a passage being a document."""
        held = sum(bool(term.marks & each) for each in self.marks)
        return log(1 + len(self.marks) / (held + 0.5))

    def spelled(self, question: Question) -> list[Term]:
        """The words of the question as these pages spell them."""
        return [like(term, self.known) for term in (*question.terms, *question.errands)]
