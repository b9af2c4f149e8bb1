"""The sentences of what was read, with the lines they stand on; no tables, no page headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from nearling.core.prompt import Source
from nearling.core.reading import Line

_END = re.compile(r"[.!?…]+[\"”“»«’')\]]*(?=\s|$)")
_NEXT = re.compile(r"\s+[\"“„«‘'(\[]*[^\W_a-zäöüß]")  # noqa: RUF001
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“„])(?:[^\W\d_]|mr|mrs|ms|dr|prof|st|vs|etc|no|nos|fig|vol|ed|inc|ltd|jr|sr|"
    r"approx|e\.g|i\.e|cf|al|pp?|ca|bzw|usw|nr|str|abs|art|bd|evtl|ggf|inkl|zzgl|tel|vgl|z\. ?b|"
    r"d\. ?h|u\. ?a|jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|hr|fr|gmbh|co|std|min|"
    r"max|mio|mrd|fa)\.$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_LISTED = re.compile(r"(?:[•▪‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)?\s*\d{1,4}(?:\s*(?:of|von|/)\s*\d{1,4})?)\W*", re.IGNORECASE
)
_SHORTEST, _LONGEST = 4, 70
"""Words: less is a heading or a label, more is no sentence that could stand in a summary."""
_EDGE = 2
"""Lines at the top and bottom of a page that may be its header or footer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    source: Source
    lines: tuple[Line, ...]


def sentences(sources: Sequence[Source]) -> tuple[Sentence, ...]:
    """In reading order; headings and labels are none."""
    repeated = _repeated(sources)
    found: list[Sentence] = []
    for source in sources:
        tables = {
            line
            for table in source.reading.tables
            for row in table.rows
            for cell in row
            for line in cell.lines
        }
        lines = [
            line
            for at, line in enumerate(source.reading.lines)
            if at not in tables
            and not _PAGE_NUMBER.fullmatch(line.text)
            and _levelled(line.text) not in repeated
        ]
        for paragraph in _paragraphs(lines):
            found.extend(_cut(paragraph, source))
    return tuple(found)


def _repeated(sources: Sequence[Source]) -> frozenset[str]:
    """What stands at the edge of several pages, whatever number is in it."""
    edges = Counter(
        text
        for source in sources
        for text in {
            _levelled(line.text)
            for line in (*source.reading.lines[:_EDGE], *source.reading.lines[-_EDGE:])
        }
    )
    return frozenset(text for text, times in edges.items() if times > 1)


def _levelled(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one block; a block that ends in mid-sentence goes on in the next one."""
    found: list[list[Line]] = []
    for _block, group in groupby(lines, key=lambda line: line.block):
        block = list(group)
        begun = found[-1] if found else []
        open_end = bool(begun) and not _END.search(begun[-1].text[-3:])
        if open_end and len(begun) > 1 and block[0].text[:1].islower():
            begun.extend(block)
            continue
        found.append([])
        for line in block:
            if found[-1] and (_LISTED.match(line.text) or _is_heading(found[-1], line)):
                found.append([])
            found[-1].append(line)
    return found


def _is_heading(begun: Sequence[Line], following: Line) -> bool:
    """Whether one line that does not end stands before one that begins anew and is far longer."""
    text = begun[0].text
    return (
        len(begun) == 1
        and not _END.search(text[-3:])
        and not text.rstrip().endswith((",", ";", "-"))
        and not following.text[:1].islower()
        and (len(text.split()) <= 8 and 2 * len(text) < len(following.text))
    )


def _cut(lines: Sequence[Line], source: Source) -> list[Sentence]:
    """A paragraph's sentences; the last of a list item needs no full stop."""
    text, starts = "", []
    for line in lines:
        piece = " ".join(line.text.split())
        if re.search(r"[^\W\d_]-$", text) and piece[:1].islower():
            text = text[:-1]
        elif text:
            text += " "
        starts.append(len(text))
        text += piece
    listed = _LISTED.match(text) is not None
    found, begun = [], 0
    for end in (*ends(text), len(text)):
        sentence = text[begun:end].strip()
        whole = _END.search(sentence[-4:]) is not None
        words = len(sentence.split())
        if (whole or (listed and end == len(text))) and _SHORTEST <= words <= _LONGEST:
            stop = max(begun, end - 1)
            first = max(at for at, start in enumerate(starts) if start <= begun + (begun > 0))
            last = max(at for at, start in enumerate(starts) if start <= stop)
            if sum(letter.isalpha() for letter in sentence) > len(sentence) / 3:
                found.append(Sentence(sentence, source, tuple(lines[first : last + 1])))
        begun = end
    return found


def ends(text: str) -> list[int]:
    """Where a sentence ends and another one begins."""
    return [
        mark.end()
        for mark in _END.finditer(text)
        if _NEXT.match(text, mark.end())
        and not (
            mark[0].startswith(".")
            and (
                _ABBREVIATED.search(text, 0, mark.start() + 1)
                or _ORDINAL.search(text, 0, mark.start() + 1)
            )
        )
    ]
