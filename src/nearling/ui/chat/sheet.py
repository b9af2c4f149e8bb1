"""Where each block of an answer stands: as high as it was measured, else as its text is long.

A long answer is read piece by piece, for as long as the window can spare; it knows no widget.
"""

from __future__ import annotations

from nearling.ui.chat.extents import Extents
from nearling.ui.chat.mark import Mark
from nearling.ui.markdown.blocks import Block, Blocks

_GAP = 8
"""Pixels between two blocks."""
_AT_ONCE = 1000
"""Characters; to read that many takes few milliseconds."""
_LETTERS_A_LINE, _LINE, _CODE_LINE, _CODE_HEAD = 95, 22, 17, 46


class Sheet:
    def __init__(self) -> None:
        self.text = ""
        self._read = 0
        self._blocks = Blocks()
        self._extents = Extents()

    def __len__(self) -> int:
        return len(self._extents)

    def __getitem__(self, at: int) -> Block:
        finished, open_ = self._blocks.finished, self._blocks.open
        return open_ if at == len(finished) and open_ is not None else finished[at]

    # Reading

    def extend(self, text: str) -> None:
        """`text` is the whole; it begins with what was there before."""
        self.text = text

    @property
    def unread(self) -> bool:
        return self._read < len(self.text)

    @property
    def finished(self) -> int:
        """Blocks that stay as they are, whatever is added."""
        return len(self._blocks.finished)

    def read_on(self) -> None:
        """The next piece of the text; how high its blocks are is guessed."""
        settled = self.finished
        piece = self.text[self._read : self._read + _AT_ONCE]
        self._blocks.append(piece)
        self._read += len(piece)
        count = self.finished + (self._blocks.open is not None)
        while len(self._extents) > settled:
            self._extents.pop()
        for at in range(settled, count):
            self._extents.append(_likely_height(self[at]) + _GAP)

    # Heights

    def measured(self, at: int, height: int) -> None:
        self._extents[at] = height + _GAP

    def top(self, at: int) -> int:
        return self._extents.top(at)

    def height_of(self, at: int) -> int:
        return self._extents[at] - _GAP

    @property
    def read_height(self) -> int:
        """Where that begins which is not read yet."""
        return self._extents.total

    @property
    def height(self) -> int:
        read = self._extents.total
        if not self.unread:
            return max(0, read - _GAP)
        letter = read / self._read if self._read else _LINE / _LETTERS_A_LINE
        return read + round(letter * (len(self.text) - self._read))

    def between(self, top: int, bottom: int) -> range:
        """The blocks that reach between the two heights."""
        if not len(self) or bottom <= 0 or top >= self._extents.total:
            return range(0)
        return range(self._extents.row_at(max(0, top)), self._extents.row_at(bottom - 1) + 1)

    def mark(self, y: int) -> Mark:
        if y >= self._extents.total:
            return Mark(y - self.height, from_end=True)
        at = self._extents.row_at(y)
        return Mark(y - self._extents.top(at), at)

    def place(self, mark: Mark) -> int:
        if mark.block is None:
            return self.height + mark.offset
        if mark.block >= len(self):  # it is another text by now
            return self.height
        return self._extents.top(mark.block) + min(mark.offset, self._extents[mark.block])


def _likely_height(block: Block) -> int:
    if block.code:
        return _CODE_HEAD + _CODE_LINE * (1 + block.code.count("\n"))
    rows = 1 + block.html.count("\n") - block.html.count("<td")
    return _LINE * max(rows, 1 + len(block.html) // _LETTERS_A_LINE)
