"""A decoder that is a function of the tokens alone: what it says can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nearling.core.cancellation import Cancellation

Logits = NDArray[np.float32]
Rule = Callable[[Sequence[int]], Logits]
"""The logits of the token that comes after these."""


def drawn(vocabulary: int) -> Rule:
    """Different after every three tokens, and fond of saying again what it has said before."""

    def after(ids: Sequence[int]) -> Logits:
        seed = [len(ids) % 3, *ids[-3:]]
        logits = np.random.default_rng(seed).normal(size=vocabulary).astype(np.float32)
        before = [n for n in range(1, len(ids) - 1) if tuple(ids[n - 1 : n + 1]) == tuple(ids[-2:])]
        if before:
            logits[ids[before[-1] + 1]] += 6
        return logits

    return after


def saying(answer: Sequence[int], prompt: int, vocabulary: int) -> Rule:
    """Says `answer` after `prompt` tokens, and its last one from then on."""

    def after(ids: Sequence[int]) -> Logits:
        logits = np.zeros(vocabulary, np.float32)
        logits[answer[min(max(len(ids) - prompt, 0), len(answer) - 1)]] = 20
        return logits

    return after


class ScriptedDecoder:
    """Fulfils Decoding; `fed` is what it was given, call by call."""

    provider = "CPUExecutionProvider"
    context_length = 100_000

    def __init__(self, rule: Rule, *, exact: bool = True) -> None:
        self._rule = rule
        self._ids: list[int] = []
        self.exact = exact
        self.fed: list[tuple[int, ...]] = []
        self.before: Callable[[], None] = lambda: None
        """Happens in the middle of each call: may cancel it, or fail."""

    @property
    def length(self) -> int:
        return len(self._ids)

    def forward(
        self, ids: Sequence[int], keep: int = 1, cancellation: Cancellation | None = None
    ) -> Logits:
        assert 1 <= keep <= len(ids)
        self.fed.append(tuple(ids))
        self.before()
        if cancellation:
            cancellation.check()
        self._ids += ids
        ends = range(len(self._ids) - keep + 1, len(self._ids) + 1)
        return np.array([self._rule(self._ids[:end]) for end in ends])

    def rewind(self, length: int) -> None:
        assert 0 <= length <= len(self._ids)
        del self._ids[length:]
