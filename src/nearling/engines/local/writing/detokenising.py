"""Tokens as text while they come; half a character waits for its other half."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_HALF = "\ufffd"


class Detokeniser:
    """One answer's; `decode` is its tokenizer's.

    A token's text may depend on the one before it (a space, the bytes of one character), so the
    last piece that was given away is always decoded along.
    """

    def __init__(self, decode: Callable[[Sequence[int]], str]) -> None:
        self._decode = decode
        self._given: list[int] = []
        self._waiting: list[int] = []

    def add(self, id: int) -> str:
        """The text that is sure now."""
        self._waiting.append(id)
        text = self._new()
        if not text or text.endswith(_HALF):
            return ""
        self._given, self._waiting = self._waiting, []
        return text

    def rest(self) -> str:
        """What still waits when nothing more comes, without a character that is not whole."""
        text = self._new().rstrip(_HALF)
        self._waiting = []
        return text

    def _new(self) -> str:
        return self._decode(self._given + self._waiting)[len(self._decode(self._given)) :]
