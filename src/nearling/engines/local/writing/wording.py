"""A conversation as the tokens that its model expects; what people and sources say stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

from nearling.core.chat import ChatMessage
from nearling.engines.local.writing.template import Template
from nearling.engines.local.writing.tokens import Tokens


class Wording:
    """The template and the tokenizer of one folder. Raises UnusableModel."""

    def __init__(self, folder: Path) -> None:
        self._template = Template(folder)
        self.tokens = Tokens(folder, self._template.source)

    def ids(self, messages: Sequence[ChatMessage]) -> list[int]:
        """Letter for letter what the template makes of it, where nobody writes marks."""
        word = f"\ue000{token_hex(8)}"
        marks: list[str] = []
        told = [
            ChatMessage(each.role, self._hidden(each.content, word, marks)) for each in messages
        ]
        pieces = re.split(f"{word}:(\\d+);", self._template.render(told))
        ids: list[int] = []
        for place, piece in enumerate(pieces):
            # Every second one is the number of a mark that somebody wrote.
            ids += self.tokens.plain(marks[int(piece)]) if place % 2 else self.tokens.encode(piece)
        return ids

    def _hidden(self, text: str, word: str, marks: list[str]) -> str:
        """`text` with a word that nobody can guess in place of each mark."""
        pieces, end = [], 0
        for start, behind in self.tokens.marks(text):
            pieces.append(f"{text[end:start]}{word}:{len(marks)};")
            marks.append(text[start:behind])
            end = behind
        return "".join([*pieces, text[end:]])
