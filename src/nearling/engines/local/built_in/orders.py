"""Leaves out what a source orders its reader to say: a value is quoted from what it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Line
from nearling.engines.local.built_in.quoting.question import understood
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Kind, Reply
from nearling.engines.local.built_in.shapes import Shapes

_ORDERS = Shapes(Path(__file__).with_name("orders.txt"))
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”’')\]]*(?=\s)|$)")
_FULL = 60
"""Letters of a line that may be wrapped before a capital."""
_ENDED = re.compile(r"[.!?:;][\"”’')\]]*$")


def unswayed(kind: Kind) -> Kind:
    """The same kind of question, asked of sources without their orders."""

    def answered(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
        if not understood(prompt.question).is_asked("all of it"):
            sources = tuple(map(_without_orders, prompt.sources))
            prompt = replace(prompt, sources=sources)
        return kind(prompt, cancellation)

    return answered


def _without_orders(source: Source) -> Source:
    """Its lines keep their places; from an order on they are empty."""
    lines = source.reading.lines
    texts = list(_told(lines))
    if all(line.text == text for line, text in zip(lines, texts, strict=True)):
        return source
    left = tuple(
        line if line.text == text else replace(line, text=text)
        for line, text in zip(lines, texts, strict=True)
    )
    return replace(source, reading=replace(source.reading, lines=left))


def _told(lines: Sequence[Line]) -> Iterator[str]:
    """Each line up to its first order, and from where the sentence ends that began as one."""
    ordered = False
    for line, following in zip_longest(lines, lines[1:]):
        text = line.text
        below = following.text if following is not None and _goes_on(line, following) else ""
        if ordered:
            sentence = _SENTENCE.match(text)
            end = sentence.end() if sentence is not None else 0
            ordered = bool(below) and end == len(text) and not _ENDED.search(text)
            yield text[end:].strip()
        else:
            start = next(_orders(text, below), None)
            ordered = bool(below) and start is not None and not _ENDED.search(text)
            yield text if start is None else text[:start].rstrip()


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a sentence may go on in the line below."""
    wrapped = following.text[:1].islower() or len(line.text) >= _FULL
    return wrapped and line.block == following.block


def _orders(text: str, below: str) -> Iterator[int]:
    """Where its sentences that order something begin; the last one may end in the line below."""
    for sentence in _SENTENCE.finditer(text):
        open_ended = sentence.end() == len(text) and not _ENDED.search(text)
        whole = f"{sentence[0]} {below}" if open_ended else sentence[0]
        if _ORDERS.mentioned("orders", folded(whole)):
            yield sentence.start()
