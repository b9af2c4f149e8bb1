"""What two hearings of the same growing utterance agree on, word by word.

LocalAgreement-2 of Macháček, Dabre and Bojar, "Turning Whisper into Real-Time Transcription
System" (2023): a word counts once two hearings in a row begin with the same words up to it.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(
    r"\s*(?:[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff]+)"
)
"""Chinese and Japanese write no spaces: there a character is a word."""


class Agreement:
    """Of one utterance."""

    def __init__(self) -> None:
        self._agreed: list[str] = []
        self._before: list[str] = []

    def hear(self, text: str) -> None:
        words = _WORD.findall(text)
        common = 0
        for one, other in zip(self._before, words, strict=False):
            if _bare(one) != _bare(other):
                break
            common += 1
        # Where a longer agreement begins otherwise, it is the one to believe.
        if common >= len(self._agreed):
            self._agreed = words[:common]
        self._before = words

    @property
    def agreed(self) -> str:
        return "".join(self._agreed).strip()

    @property
    def open(self) -> str:
        """What the last hearing says after the agreed words."""
        return "".join(self._before[len(self._agreed) :]).strip()


def _bare(word: str) -> str:
    """A word may get its full stop or lose its capital when more is heard."""
    return "".join(each for each in word.casefold() if unicodedata.category(each)[0] in "LNM")
