"""Which columns a question names: in the words of their heads, in others, or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nearling.core.language import gettext as _
from nearling.engines.local.built_in.amounts import amounts, is_unit
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.quoting.words import (
    EASY,
    FILLERS,
    any_marks,
    folded,
    marks,
    named,
    stem,
    terms,
    word_marks,
    words,
)
from nearling.engines.local.built_in.tables.asked import Asked, Does
from nearling.engines.local.built_in.tables.grid import Column, Grid, Role
from nearling.engines.local.built_in.tables.said import FORMS, SAID, listed, plainly

_HINTS = named_shapes(SAID["hints"])
_PEOPLE, GENERIC, _MEASURES = listed("people"), listed("generic"), listed("measures")
_LIMITING, _COMPARING = listed("limiting"), listed("comparing")
_TAILS = listed("tails")
_DETERMINERS, _PREPOSITIONS = listed("determiners"), listed("prepositions")
_MONEY = ("total", "amount", "price", "salary", "balance", "rent", "income", "net", "gross")
"""Ideas that name a column of money also where no currency stands in it."""
_ENDING = re.compile(r"(?<=^\w{2}[^\Ws])s$|(?<=\w{3}e[rl])t$")
_PARTICIPLE = re.compile(r"(ein|aus|an|ab|auf|zu|bei|mit|vor|nach|um)?ge(?=\w{4})")


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


def named_columns(asked: Asked, grid: Grid, used: frozenset[int] = frozenset()) -> list[Named]:
    """The columns that the question names by tokens that are still free."""
    spoken = [
        (term.marks, frozenset(range(term.at, term.at + len(term.word.split()))))
        for term in terms(re.sub(r"(?<=\w{3})ies\b", "y", asked.plain))
    ]
    stems = [root(word) for word in asked.tokens]
    titles = [*_titles(grid), *_TAILS]
    asking = asked.saying("asking who")
    found = []
    for column in grid.columns:
        head = plainly(re.sub(r"[(\[].*", "", column.head))
        own = [w for w in words(head) if w not in FILLERS and not is_unit(w)] or words(head)
        roots = set(map(root, own))
        places = frozenset(n for n, it in enumerate(stems) if it in roots and n not in used)
        if own and {stems[n] for n in places} == roots:
            found.append(Named(column, places, 2))
            continue
        free = used if column.role is not Role.NUMBER else used | asking
        near = [hit for hit in spoken if hit[0] & marks(column.head) and not hit[1] & free]
        near = near or [(frozenset[str](), places)] * bool(places)
        if near:
            meant = frozenset[str]().union(*(held for held, _at in near))
            whole = bool(meant & named(head)) and all(word_marks(word) & meant for word in own)
            at = frozenset[int]().union(*(at for _held, at in near))
            found.append(Named(column, at, int(whole)))
            continue
        formed = {
            n
            for n, it in enumerate(asked.tokens)
            for w in own
            if _is_formed(it, w) or _of_title(it, w, titles)
        }
        if formed - used and len(own) == 1:
            found.append(Named(column, frozenset(formed), 1))
    return found


def root(word: str) -> str:
    """The stem, of short plurals, irregular verbs and what somebody does in German too."""
    done = re.fullmatch(r"ge(\w{3,})t", word)
    bare = done[1] if done else re.sub(r"(?<=\w{2})ies$", "y", word)
    return FORMS.get(word) or stem(_ENDING.sub("", bare))


def _of_title(word: str, head: str, titles: Sequence[str]) -> bool:
    """Whether a compound is of a head and of what the file is about: Resturlaub in Urlaubsplan."""
    parted = word.removeprefix(head) if word.startswith(head) else word.removesuffix(head)
    rests = (parted, parted.strip("s")) if parted != word and len(parted) > 3 < len(head) else ()
    return any(it.startswith(rest) for it in titles for rest in rests)


def _is_formed(word: str, other: str) -> bool:
    """Whether one is a participle and the other of the same verb: eingetreten and Eintritt."""
    if not (_PARTICIPLE.match(word) or _PARTICIPLE.match(other)):
        return False
    one, two = (re.sub("[aeiouy]", "", _PARTICIPLE.sub(r"\1", it)) for it in (word, other))
    one, two = (re.sub(r"(.)\1+", r"\1", it)[:4] for it in (one, two))
    return one == two and len(one) == 4


def hinted(asked: Asked, able: Sequence[Column], *, firmly: bool = False) -> list[Column]:
    """Columns that the question means by a word such as older, left or earns."""
    found = [] if firmly else in_units(asked, able)
    for names, firm in _hints(asked):
        held = [(name, it) for name in names for it in able if has_idea(it, name)]
        near = [it for name, it in held if name == held[0][0] and (firm or not firmly)]
        whole = [it for it in near if f"#{held[0][0]}" in named(it.head)]
        found += [column for column in whole or near if column not in found]
    return found


def in_units(asked: Asked, able: Sequence[Column]) -> list[Column]:
    """The columns whose unit the question says."""
    told = {word for line in SAID["unit words"] for word in _meant(asked, line)}
    return [c for c in able if any(it is not None and it.unit in told for it in c.amounts)]


def _meant(asked: Asked, line: str) -> list[str]:
    """The unit that begins a line, if the question says it in a word of the line."""
    unit, *spoken = line.split()
    return [unit] if {*spoken} & {*asked.tokens} else []


def lacks_meant(asked: Asked, able: Sequence[Column]) -> bool:
    """Whether none of these columns of numbers is what a word such as heaviest must mean."""
    numbers = [column for column in able if column.role is Role.NUMBER]
    return bool(numbers) and any(
        firm and not any(has_idea(it, name) for it in numbers for name in names)
        for names, firm in _hints(asked)
    )


def _hints(asked: Asked) -> list[tuple[list[str], bool]]:
    """The ideas that are hinted at, and whether nothing else can be meant."""
    return [
        (told.strip("!").split(), told.startswith("!"))
        for told, shape in _HINTS
        if re.search(shape, asked.plain) or (asked.asks("gone") and "stocklevel" in told)
    ]


def narrowed(able: Sequence[Column], *preferred: Sequence[Column]) -> list[Column]:
    """Those of the first preference that fits, of these those of the second, and so on."""
    left = list(able)
    for columns in preferred:
        left = [column for column in left if column in columns] or left
    return left


def counts(column: Column) -> bool:
    """Whether its numbers may say how many there are, and measure nothing."""
    whole = all(it is None or it.value == it.value.to_integral_value() for it in column.amounts)
    unit = any(it is not None and it.unit for it in column.amounts)
    return whole and not unit and not any(has_idea(column, name) for name in _MEASURES)


def of_money(asked: Asked, able: Sequence[Column]) -> list[Column]:
    """The columns of money; of prices and what they come to, those that are asked for."""
    held = [c for c in able if c.is_money or any(has_idea(c, idea) for idea in _MONEY)]
    prices = [column for column in held if has_idea(column, "price")]
    others = [column for column in held if column not in prices]
    return (prices if asked.asks("each") and asked.does is not Does.SUM else others) or held


def has_idea(column: Column, idea: str) -> bool:
    """Whether its head names an idea; of a compound, by its end."""
    spoken = words(column.head)
    found = marks(column.head) if len(spoken) > 1 and FILLERS & {*spoken} else named(column.head)
    for word in spoken:
        ends = (named(word[cut:]) for cut in range(len(word) - 3))
        found |= next(filter(None, ends), frozenset())
    foreign = idea == "quantity" and any(
        word_marks(word) == {stem(word)} for word in spoken if word not in FILLERS
    )
    return not foreign and (f"#{idea}" in found or idea in spoken)


def only(columns: Iterable[Column]) -> Column:
    """The one that can be meant. Raises Unsure."""
    found = list(dict.fromkeys(columns))
    if len(found) == 1:
        return found[0]
    names = ", ".join(column.name for column in found)
    raise Unsure(_("More than one column could be meant: {names}.").format(names=names))


def key_column(grid: Grid) -> Column | None:
    """The column that names the rows, each by another name if there is one of that kind."""
    able = [column for column in grid.columns if column.role in (Role.TEXT, Role.CODE)]
    worded = [column for column in able if column.role is Role.TEXT]
    apart = [column for column in worded if not column.repeats]
    return next(iter((*apart, *worded, *able)), None)


def naming_column(asked: Asked, grid: Grid, stated: Sequence[Column]) -> Column | None:
    """The column whose cells are the answer: the one that is asked for, else the one of names."""
    able = [c for c in grid.columns if c not in stated and c.role not in (Role.NUMBER, Role.CLOCK)]
    hits = [hit for hit in named_columns(asked, grid) if hit.column in able]
    told = [it.column for it in hits if it.strength > (it.column.role is not Role.TEXT)]
    key = key_column(grid)
    people = people_columns(able) if asked.asks("who") else []
    return next(iter((*told, *people, *([key] if key in able else able))), None)


def people_columns(able: Sequence[Column]) -> list[Column]:
    return [c for c in able if c.role is Role.TEXT and any(has_idea(c, idea) for idea in _PEOPLE)]


def unaccounted(asked: Asked, grid: Grid, used: frozenset[int], subject: frozenset[int]) -> str:
    """A word of the question that may leave rows out and is not understood; empty if none."""
    named = {n for hit in named_columns(asked, grid, used) for n in hit.at}
    numbers = [column for column in grid.columns if column.role is Role.NUMBER]
    said = (
        found
        for told, shape in _HINTS
        if any(has_idea(it, name) for it in numbers for name in told.strip("!").split())
        for found in re.finditer(shape, asked.plain)
    )
    firm = {n for hit in named_columns(asked, grid, used) for n in hit.at if hit.strength == 2}
    taken = used | named | asked.used
    taken = taken.union(*(asked.within(*found.span()) for found in said))
    for number, word in enumerate(asked.tokens):
        bare = number not in taken and (word in _COMPARING or word[0].isdigit())
        if bare or (word in _LIMITING and number not in taken - (named - firm)):
            return word
    lettered = re.search(r"\b(?:column|spalte) ([a-z])\b", asked.plain)
    if lettered is not None:
        return lettered[0]
    around, titles = known_around(grid), _titles(grid)
    for term in terms(asked.plain):
        at = range(term.at, term.at + len(term.word.split()))
        if all(asked.tokens[n] in GENERIC | FILLERS or n in taken | subject for n in at):
            continue
        light = term.labels or term.word in EASY
        soft = term.soft and light and not _narrows(asked, term.at)
        titled = len(term.word) > 3 and any(
            it.startswith(term.word) or it.endswith(term.word) for it in titles
        )
        if not (soft or titled or _is_unit(term.word, grid) or term.marks & around):
            return term.word
    return ""


def _titles(grid: Grid) -> list[str]:
    """The words that call the file or the page."""
    return re.findall(r"[^\W_]+", folded(f"{grid.source.name} {grid.source.place}"))


def known_around(grid: Grid) -> frozenset[str]:
    """What is written around the tables: a title says what all of a table is about."""
    tables = grid.source.reading.tables
    cells = {cell.text for table in tables for row in table.rows for cell in row}
    lines = (line.text for line in grid.source.reading.lines if line.text not in cells)
    return any_marks(
        term for line in (" ".join(_titles(grid)), *lines) for term in terms(folded(line))
    )


def _is_unit(word: str, grid: Grid) -> bool:
    """Whether a word is the unit of one of the columns, such as euros."""
    (unit,) = (amount.unit if amount is not None else "" for amount in amounts((f"1 {word}",))[0])
    held = {it.unit for column in grid.columns for it in column.amounts if it is not None}
    return unit != "" and unit in held


def _narrows(asked: Asked, at: int) -> bool:
    """Whether a word stands where a noun does that says what is meant: on books, of the rents."""
    before = at - 1
    while before >= 0 and asked.tokens[before] in _DETERMINERS:
        before -= 1
    return before >= 0 and asked.tokens[before] in _PREPOSITIONS
