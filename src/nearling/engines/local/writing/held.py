"""Knows whose keys and values a decoder holds, so that what was computed is not computed again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import eq
from typing import Protocol

from nearling.core.cancellation import Cancellation
from nearling.engines.local.writing.sampling import Logits

CHUNK = 128
"""Tokens of a prompt that are taken in at once: the fastest measured, and soon given up."""


class Decoding(Protocol):
    """What is needed of a decoder; the tests have one that is a function of the tokens."""

    @property
    def length(self) -> int:
        """Positions whose keys and values are held; right also after a call was given up."""
        ...

    @property
    def context_length(self) -> int: ...

    @property
    def exact(self) -> bool:
        """Whether tokens taken at once give what they give one by one."""
        ...

    @property
    def provider(self) -> str: ...

    def forward(
        self, ids: Sequence[int], keep: int = 1, cancellation: Cancellation | None = None
    ) -> Logits: ...

    def rewind(self, length: int) -> None: ...


class Held:
    """A decoder with the tokens that were fed to it; whatever happens, the two agree."""

    def __init__(self, decoder: Decoding) -> None:
        self._decoder = decoder
        self._ids: list[int] = []
        self._chunked = 0
        """Of these, so many at the beginning were fed in whole chunks."""

    def begin(self, ids: Sequence[int], *, reuse: bool) -> int:
        """Keeps what begins as `ids` does, and says how much that is; never all of it.

        The last token is fed anew in any case, because its logits are needed.
        """
        same = sum(1 for _ in takewhile(bool, map(eq, self._ids, ids))) if reuse else 0
        same = min(same, len(ids) - 1)
        if not self._decoder.exact:
            # Only what would be fed in the same pieces again comes out the same.
            same = min(same, self._chunked) // CHUNK * CHUNK
        self.keep(same)
        return same

    def keep(self, length: int) -> None:
        """Forgets all but the first `length` tokens."""
        if length < self._decoder.length:
            self._decoder.rewind(length)
        del self._ids[length:]
        self._chunked = min(self._chunked, length)

    def feed(self, ids: Sequence[int], keep: int, cancellation: Cancellation) -> Logits:
        """The logits of the last `keep` of them; raises what the decoder raises."""
        start = len(self._ids)
        self._ids += ids
        try:
            logits = self._decoder.forward(ids, keep, cancellation)
        except BaseException:
            # Given up on request it is as it was; after anything else nothing of it is trusted.
            self.keep(self._decoder.length if cancellation.cancelled else 0)
            raise
        if start == self._chunked and len(ids) == CHUNK:
            self._chunked += CHUNK
        return logits
