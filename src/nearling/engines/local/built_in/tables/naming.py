"""Which columns a question names, in the words of their heads or in others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.quoting.words import (
    FILLERS,
    any_marks,
    folded,
    marks,
    stem,
    terms,
    word_marks,
    words,
)
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.grid import Column, Grid
from nearling.engines.local.built_in.tables.said import SAID

_HINTS = named_shapes(SAID["hints"])


class Unsure(Exception):
    """This is asked, and there is no sure answer; says why."""


class Strange(Unsure):
    """The table is not about this; another one may be."""


class NoRow(Unsure):
    """No row is what the question says; a number that stands elsewhere is no answer to it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A column that the question names."""

    column: Column
    at: frozenset[int]
    """The tokens that name it."""
    strength: int
    """2: by the words of its head, 1: by others for all of them, 0: by a part of them."""


def named_columns(asked: Asked, grid: Grid, used: frozenset[int]) -> list[Named]:
    """The columns that the question names by tokens that are still free."""
    spoken = [
        (term.marks, frozenset(range(term.at, term.at + len(term.word.split()))))
        for term in terms(re.sub(r"(?<=\w{3})ies\b", "y", asked.plain))
    ]
    stems = [root(word) for word in asked.tokens]
    found = []
    for column in grid.columns:
        own = [w for w in words(re.sub(r"[(\[].*", "", column.head)) if w not in FILLERS]
        places = frozenset(
            n for n, it in enumerate(stems) if it in map(root, own) and n not in used
        )
        if own and {stems[n] for n in places} == set(map(root, own)):
            found.append(Named(column, places, 2))
            continue
        near = [hit for hit in spoken if hit[0] & marks(column.head) and not hit[1] & used]
        if near:
            meant = frozenset[str]().union(*(held for held, _at in near))
            whole = all(word_marks(word) & meant for word in own)
            at = frozenset[int]().union(*(at for _held, at in near))
            found.append(Named(column, at, int(whole)))
    return found


def root(word: str) -> str:
    """The stem, of a plural in -ies too."""
    return stem(re.sub(r"(?<=\w{2})ies$", "y", word))


def hinted(asked: Asked, able: Sequence[Column]) -> list[Column]:
    """Columns that the question means by a word such as older or earns."""
    ideas = [idea for idea, shape in _HINTS if re.search(shape, asked.plain)]
    return [column for column in able for idea in ideas if has_idea(column, idea)]


def has_idea(column: Column, idea: str) -> bool:
    return f"#{idea}" in marks(column.head)


def several(columns: Sequence[Column]) -> str:
    """Which columns may be meant."""
    names = ", ".join(dict.fromkeys(column.name for column in columns))
    return _("More than one column could be meant: {names}.").format(names=names)


def unread(text: str, column: Column) -> str:
    return _("The cell “{cell}” in {column} cannot be read as a number for sure.").format(
        cell=text, column=column.name
    )


def known_marks(grid: Grid) -> frozenset[str]:
    """What is written around the tables: a title says what all of a table is about."""
    tables = grid.source.reading.tables
    cells = {cell.text for table in tables for row in table.rows for cell in row}
    lines = (line.text for line in grid.source.reading.lines if line.text not in cells)
    return any_marks(term for line in lines for term in terms(folded(line)))
