"""Cuts what is being written into sentences, as soon as each is whole; for who hears it."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…:]+[\"'“”’»)\]*_`]*\s+(?=\S)|\n+")
"""The end of a sentence, seen by what follows it: more may come to a full stop at the very end."""
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:\d+|[A-Za-zÄÖÜ]|e\.g|i\.e|z\. ?B|d\. ?h|u\. ?a|Dr|Mr|Mrs|Ms|St|vs|etc|No|Nr"
    r"|ca|bzw|usw|Abs|Art)\.$"
)
"""A full stop that ends a number or a shortened word, not a sentence."""
_AROUND = re.compile(r"[*`~]+(?=\S)|(?<=\S)[*`~]+|(?<!\w)_+|_+(?!\w)")
_BETWEEN = re.compile(r"^\s*(?:[-+*]|#+|>+)\s+|\||-{3,}")


def whole_sentences(text: str, start: int, *, finished: bool) -> tuple[tuple[str, ...], int]:
    """The sentences of `text` that begin at `start` and are whole, and where the next begins.

    What stands at the end counts as whole once the text is finished. Looks at nothing before
    `start`: an answer that streams in is gone through once.
    """
    found: list[str] = []
    begin = start
    for end in _END.finditer(text, start):
        piece = text[begin : end.end()].strip()
        if "\n" in end.group() or not _SHORTENED.search(piece):
            found.append(piece)
            begin = end.end()
    if finished:
        found.append(text[begin:].strip())
        begin = len(text)
    spoken = (said(piece) for piece in found)
    return tuple(piece for piece in spoken if piece), begin


def said(markdown: str) -> str:
    """Without the signs of Markdown, which are for the eye."""
    return " ".join(_AROUND.sub("", _BETWEEN.sub(" ", markdown)).split())
