"""Two answerers a user would have without Nearling, scored beside it on the same read lines."""

import re
from collections.abc import Sequence

from nearling.bench.canvas import Box
from nearling.bench.scoring import Outcome, plain

ReadLine = tuple[str, Box]


def everything(lines: Sequence[ReadLine]) -> Outcome:
    """Prints all that was read and cites every line, as a plain OCR program does."""
    return Outcome("\n".join(text for text, _ in lines), tuple(box for _, box in lines))


def best_line(question: str, lines: Sequence[ReadLine]) -> Outcome:
    """The whole line that shares most words with the question; refuses when none shares any.

    Of equals the upper one wins, as a search through the text would stop there first.
    """
    asked = _words(question)
    shared = [len(asked & _words(text)) for text, _ in lines]
    if not any(shared):
        return Outcome("")
    text, box = lines[shared.index(max(shared))]
    return Outcome(text, (box,))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain(text)))
