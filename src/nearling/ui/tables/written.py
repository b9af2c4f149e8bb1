"""The tables in an answer's Markdown, as tables; and such an answer letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nearling.core.geometry import Box
from nearling.core.reading import Cell, Table

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_SOME_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STYLED = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_FENCES = ("```", "~~~")
_NOWHERE = Box(0, 0, 0, 0)


def tables_of(text: str, *, styled: bool) -> tuple[Table, ...]:
    """`styled`: marks of bold, slanted and code are no part of what a cell says."""
    return tuple(
        Table(_NOWHERE, tuple(tuple(_cell(cell, styled) for cell in row) for row in rows), True)
        for rows in (part for part in _parts(text) if isinstance(part, list))
    )


def has_table(text: str) -> bool:
    return any(isinstance(part, list) for part in _parts(text))


def plainly(text: str) -> str:
    """Markdown that shows `text` letter for letter, but for its tables, which are shown as such."""
    shown: list[str] = []
    for part in _parts(text):
        if isinstance(part, str):
            shown += map(_kept_line, part.split("\n"))
        else:
            rows = ["| " + " | ".join(_kept(cell) for cell in row) + " |" for row in part]
            rows[1:1] = ["|" + " --- |" * len(part[0])]
            shown += ["", *rows, ""]
    return "\n".join(shown).replace("\\\n\n", "\n\n").removesuffix("\\")


def _kept_line(line: str) -> str:
    """It ends where it ends; blanks before it would make code of it."""
    return _SPECIAL.sub(r"\\\1", line).strip() + "\\" if line.strip() else ""


def _parts(text: str) -> Iterator[str | list[list[str]]]:
    """Each line, or all of them at once, or the cells of a whole table as they are written."""
    if _SOME_RULE.search(text) is None:  # most texts are done with that
        yield text
        return
    lines, at, fenced = text.split("\n"), 0, False
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(_FENCES):
            fenced = not fenced
        if not fenced and at + 1 < len(lines) and _begins(line, lines[at + 1]):
            head, end = _cells(line), at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            body = (_cells(each) for each in lines[at + 2 : end])
            yield [head, *((row + [""] * len(head))[: len(head)] for row in body)]
            at = end
        else:
            yield line
            at += 1


def _begins(head: str, rule: str) -> bool:
    fits = "|" in head and "|" in rule and _RULE.fullmatch(rule) is not None
    return fits and len(_cells(head)) == len(_cells(rule))


def _cells(line: str) -> list[str]:
    inside = line.strip()
    inside = inside.removeprefix("|")
    pieces, since = [], 0
    for bar in _CELL.finditer(inside):
        pieces.append(inside[since : bar.end() - 1].strip())
        since = bar.end()
    rest = inside[since:].strip()
    return [*pieces, rest] if rest or not pieces else pieces


def _cell(written: str, styled: bool) -> Cell:
    told = written.replace("\\<br>", "\0").replace("<br>", "\n").replace("\0", "\\<br>")
    told = _STYLED.sub(r"\2", told) if styled else told
    return Cell(_ESCAPED.sub(r"\1", told), None, ())


def _kept(written: str) -> str:
    return " ".join(
        _SPECIAL.sub(r"\\\1", line) for line in _cell(written, styled=False).text.split("\n")
    )
