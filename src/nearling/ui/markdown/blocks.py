"""Markdown as it streams in: a list of blocks of which only the last one can still change.

No HTML, no picture and no reference is taken from an answer, so nothing in it can make the
window load anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CODE = ("fence", "code_block")


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
        self._tail += text
        tokens = _parser().parse(self._tail)
        starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
        if not starts:
            self.open = None
            return
        ends = [*starts[1:], len(tokens)]
        pieces = [tokens[start:end] for start, end in zip(starts, ends, strict=True)]
        self.finished += [_block(piece) for piece in pieces[:-1]]
        self.open = _block(pieces[-1])
        if len(pieces) > 1:
            first_line = (pieces[-1][0].map or [0])[0]
            self._tail = "".join(self._tail.splitlines(keepends=True)[first_line:])

    @property
    def all(self) -> list[Block]:
        return [*self.finished, *([] if self.open is None else [self.open])]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # A reference would hide text, an indented line of a quotation is no code.
    return parser.disable(["image", "reference", "html_block", "html_inline"])


def _block(tokens: Sequence[Token]) -> Block:
    first = tokens[0]
    if first.type in _CODE:
        words = first.info.split()
        return Block(code=first.content.rstrip("\n"), language=words[0][:30] if words else "")
    for token in tokens:
        if token.type == "table_open":
            token.attrs |= {"border": "1", "cellspacing": "0", "cellpadding": "6"}
    parser = _parser()
    return Block(html=parser.renderer.render(tokens, parser.options, {}).strip())
