"""From where an answer stands to what else stands in its row and its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nearling.core.conversation import Citation
from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.fields import Field, Sheet, sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.matching import spelled
from nearling.engines.local.built_in.quoting.values import WORDED, Kind, values
from nearling.engines.local.built_in.quoting.words import Term, marks, stem
from nearling.engines.local.built_in.reply import Reply


@dataclass(frozen=True)
class Cell:
    """Where an answer stands; `text` is the answer, which may be a part of its line."""

    source: Source
    sheet: Sheet
    line: int
    text: str

    @cached_property
    def own(self) -> tuple[Field, ...]:
        """What is known of the answer itself."""
        here = [field for field in self.sheet.fields if field.line == self.line]
        return tuple(field for field in here if field.text == self.text) or tuple(here)

    @cached_property
    def head(self) -> str:
        return next((field.head for field in self.own if field.head), "")

    @cached_property
    def row(self) -> tuple[int, ...]:
        """The lines of its row."""
        rows = ([spot.index for spot in row] for row in self.sheet.layout.rows)
        return tuple(next((row for row in rows if self.line in row), ()))

    @cached_property
    def near(self) -> frozenset[str]:
        """Marks of all that stands around it."""
        lines = self.source.reading.lines
        found = [marks(lines[index].text) for index in self.row or (self.line,)]
        for field in self.own:
            # On a page a sentence runs over lines; in a picture the next line is another matter.
            prose = field.prose if self.source.page is not None else ()
            found += [marks(field.head), marks(field.label), *map(marks, prose)]
        return frozenset().union(*found)

    def across(self, asked: Sequence[Term]) -> list[Field]:
        """What stands in its row, in columns whose heads name all that is `asked`."""
        fields = [f for f in self.sheet.fields if f.line in self.row and f.line != self.line]
        able = [f for f in fields if f.kind is Kind.TEXT and f.head]
        return _named(able, self._spelled(asked), lambda field: field.head)

    def along(self, asked: Sequence[Term]) -> list[Field]:
        """What stands in its column or list, in rows that name all that is `asked`."""
        wanted = self._spelled(asked)
        typed = kinds_of(self.text) or {Kind.TEXT}
        whole = Kind.TEXT in typed
        able = [
            field
            for field in self.sheet.fields
            if field.line == self.line or field.line not in self.row
            if field.kind in typed and field.text != self.text
            if field.head == self.head or (not whole and not (field.head and self.head))
        ]
        by_label = _named(able, wanted, lambda field: field.label)
        apart = [field for field in able if field.line != self.line]
        return by_label or _named(apart, wanted, lambda field: f"{field.label} {field.around}")

    def reply(self, field: Field) -> Reply:
        """That cell, whole if this is."""
        lines = dict.fromkeys((field.line, *field.support))
        texts = self.source.reading.lines
        whole = field.head and texts[self.line].text.strip() == self.text
        return Reply(
            texts[field.line].text.strip() if whole else field.text,
            Means.QUOTED,
            tuple(citation(self.source, it) for it in lines),
        )

    def _spelled(self, asked: Sequence[Term]) -> tuple[Term, ...]:
        return spelled(asked, self.sheet)


def cell_of(text: str, cited: Citation, sources: Iterable[Source]) -> Cell | None:
    """Where `text` stands, as it was cited."""
    for source in sources:
        if source.reading.digest == cited.digest and source.page == cited.page:
            lines = source.reading.lines
            at = [n for n, it in enumerate(lines) if it.text == cited.text and it.box == cited.box]
            if at:
                return Cell(source, sheet_of(layout(source.reading)), at[0], text)
    return None


def cell_with(text: str, sources: Iterable[Source]) -> Cell | None:
    """The only line that is or ends with `text`; None where there are several."""
    found = [
        (source, index)
        for source in sources
        for index, line in enumerate(source.reading.lines)
        if line.text.strip() == text
    ]
    if len(found) != 1:
        return None
    source, index = found[0]
    return Cell(source, sheet_of(layout(source.reading)), index, text)


def kinds_of(text: str) -> set[Kind]:
    """The kinds of value that an answer is; empty for words. A sum may be printed bare."""
    found = {value.kind for value in values(text) if value.kind not in WORDED}
    return found | {Kind.MONEY, Kind.NUMBER} if found & {Kind.MONEY, Kind.NUMBER} else found


def _named(
    fields: Iterable[Field], asked: Sequence[Term], words_of: Callable[[Field], str]
) -> list[Field]:
    """Those whose words name all that is `asked`, to the letter if some do; one for each text."""
    hits = [it for it in fields if asked and all(t.marks & marks(words_of(it)) for t in asked)]
    literal = [it for it in hits if all(stem(t.word) in marks(words_of(it)) for t in asked)]
    return list({field.text: field for field in literal or hits}.values())
