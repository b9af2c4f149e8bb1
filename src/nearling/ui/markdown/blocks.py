"""Markdown as it streams in: a list of blocks of which only the last one can still change.

No HTML, no picture and no reference is taken from an answer, so nothing in it can make the
window load anything. No block grows without end: one that is long is cut where it hurts least, so
that what an update costs does not depend on how long the answer has become.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CODE = ("fence", "code_block")
_LONGEST = 3000
"""Characters of a block that can still change; parsing and showing that many takes some ms."""
_SEAM = re.compile(r"\s(?=[^\W\d])")
"""Before a word: what follows it cannot be taken for the beginning of a list or a title."""


@dataclass(frozen=True, slots=True)
class Block:
    """Exactly one of `html` and `code` is filled."""

    html: str = ""
    code: str = ""
    language: str = ""


class Blocks:
    """Append text; `finished` blocks stay as they are, `open` is what may still change."""

    def __init__(self) -> None:
        self.finished: list[Block] = []
        self.open: Block | None = None
        self._tail = ""

    def append(self, text: str) -> None:
        for at in range(0, len(text), _LONGEST):
            self._tail += text[at : at + _LONGEST]
            self._parse()

    def _parse(self) -> None:
        if (code := _unended_code(self._tail)) is not None:
            self.open = code
            return
        pieces = _pieces(self._tail)
        if not pieces:  # how far the next line is indented matters, lines without a word do not
            self.open, self._tail = None, self._tail[self._tail.rfind("\n") + 1 :][-_LONGEST:]
            return
        self.finished += [_block(piece) for piece in pieces[:-1]]
        self.open = _block(pieces[-1])
        if len(pieces) > 1:
            self._tail = _from_line(self._tail, _line(pieces[-1][0]))
        table = pieces[-1][0].type == "table_open"  # it takes twice as long as other text
        if len(self._tail) > (_LONGEST // 2 if table else _LONGEST):
            head, rest = _cut(self._tail)
            if head:
                self._tail = rest
                self.finished += [_block(piece) for piece in _pieces(head)]
                self._parse()

    @property
    def all(self) -> list[Block]:
        return [*self.finished, *([] if self.open is None else [self.open])]


def _pieces(text: str) -> list[list[Token]]:
    """The tokens of `text`, one list for each of its blocks."""
    tokens = _parser().parse(text)
    starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    return [tokens[start:end] for start, end in pairwise([*starts, len(tokens)])]


def _unended_code(text: str) -> Block | None:
    """Code whose end is not in sight is not looked through again with every token."""
    head, newline, code = text.partition("\n")
    mark = head[:3]
    if mark not in ("```", "~~~") or not newline or mark in code or "\r" in text or "\0" in text:
        return None
    information = head.lstrip(mark[0])
    if mark == "```" and "`" in information:
        return None
    return _code(code, information)


def _cut(text: str) -> tuple[str, str]:
    """One long block as two: before its last row, item or line of code, else before a late word.

    What tables and code begin with is repeated. Looks may suffer; no word is lost.
    """
    tokens = _pieces(text)[0]
    first = tokens[0]
    if first.type == "fence" and _is_closed(first):
        return (text, "") if text.endswith("\n") else ("", text)
    heading, lines = _seams(tokens)
    if len(lines) > 1:
        rest = _from_line(text, lines[-1])
        return text[: -len(rest)], text[
            : -len(_from_line(text, heading))
        ] + rest if heading else rest
    words = [seam.start() for seam in _SEAM.finditer(text, _LONGEST // 2)]
    at = words[-1] if words else len(text)
    return text[:at], text[at:].lstrip()


def _seams(tokens: Sequence[Token]) -> tuple[int, list[int]]:
    """How many lines a second half has to repeat, and the lines at which it could begin."""
    match tokens[0].type:
        case "fence":
            return 1, list(range(1, (tokens[0].map or [0, 0])[1]))
        case "code_block":
            return 0, list(range((tokens[0].map or [0, 0])[1]))
        case "table_open":
            rows = [_line(token) for token in tokens if token.type == "tr_open"]
            return rows[0] + 2, rows[1:]
        case _:
            items = ("list_item_open", 1)
            return 0, [_line(token) for token in tokens if (token.type, token.level) == items]


def _is_closed(fence: Token) -> bool:
    begin, end = fence.map or [0, 0]
    unended = fence.content[-1:] not in ("", "\n")
    return end - begin > 1 + fence.content.count("\n") + unended


def _line(token: Token) -> int:
    return (token.map or [0])[0]


def _from_line(text: str, line: int) -> str:
    return "".join(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)[line:])


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # A reference would hide text, an indented line of a quotation is no code.
    return parser.disable(["image", "reference", "html_block", "html_inline"])


def _block(tokens: Sequence[Token]) -> Block:
    first = tokens[0]
    if first.type in _CODE:
        return _code(first.content, first.info)
    for token in tokens:
        if token.type == "table_open":
            token.attrs |= {"border": "1", "cellspacing": "0", "cellpadding": "6"}
    parser = _parser()
    return Block(html=parser.renderer.render(tokens, parser.options, {}).strip())


def _code(code: str, information: str) -> Block:
    words = information.split()
    return Block(code=code.rstrip("\n"), language=words[0][:30] if words else "")
