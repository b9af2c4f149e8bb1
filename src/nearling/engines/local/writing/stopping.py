"""Ends an answer before words it may not say, however they are cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable


class Stops:
    """Keeps back what may turn out to be the beginning of a stop word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(filter(None, words))
        self._kept = ""
        self.reached = False

    def add(self, text: str) -> str:
        """What may be shown now."""
        text = self._kept + text
        found = [(at + len(word), at) for word in self._words if (at := text.find(word)) >= 0]
        if found:
            # The first one to be complete: the same, whatever pieces the text came in.
            self.reached, self._kept = True, ""
            return text[: min(found)[1]]
        kept = max((_begun(word, text) for word in self._words), default=0)
        self._kept = text[len(text) - kept :]
        return text[: len(text) - kept]

    def rest(self) -> str:
        """What was kept back, now that nothing more comes."""
        kept, self._kept = self._kept, ""
        return kept


def _begun(word: str, text: str) -> int:
    """How much of `word`, not all, the text ends with."""
    longest = min(len(word) - 1, len(text))
    return next((n for n in range(longest, 0, -1) if text.endswith(word[:n])), 0)
