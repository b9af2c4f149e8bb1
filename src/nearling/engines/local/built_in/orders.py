"""Leaves out what a source orders its reader to say: a value is quoted from what it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
_OPEN = re.compile(r"[^.!?:;\"”’')\]]$")


def unswayed(kind: Kind) -> Kind:
    """The same kind of question, asked of sources without their orders."""

    def answered(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
        if not understood(prompt.question).is_asked("all of it"):
            prompt = replace(prompt, sources=tuple(map(_without_orders, prompt.sources)))
        return kind(prompt, cancellation)

    return answered


def _without_orders(source: Source) -> Source:
    """Its lines keep their places; from an order on they are empty."""
    lines = tuple(_told(source.reading.lines))
    return replace(source, reading=replace(source.reading, lines=lines))


def _told(lines: Sequence[Line]) -> Iterator[Line]:
    """Each line up to its first order, and none of the lines in which that goes on."""
    ordered = False
    for line, following in zip(lines, (*lines, None)[1:], strict=True):
        wrapped = following is not None and following.block == line.block
        below = following.text if following is not None and wrapped else ""
        goes_on = below[:1].islower() and _OPEN.search(line.text) is not None
        starts = [0] if ordered else _orders(line.text, below if goes_on else "")
        ordered = goes_on and bool(starts)
        yield replace(line, text=line.text[: starts[0]].rstrip()) if starts else line


def _orders(text: str, below: str) -> list[int]:
    """Where its sentences that order something begin; the last one may end in the line below."""
    sentences = [(each.start(), each[0]) for each in _SENTENCE.finditer(text)]
    if sentences:
        sentences[-1] = sentences[-1][0], f"{sentences[-1][1]} {below}"
    return [at for at, said in sentences if _ORDERS.mentioned("orders", folded(said))]
