"""What stands at a label: in its line, to the right of it, or below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nearling.engines.local.built_in.extraction.known import Known, label_shape, mark
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import Kind, Value, values

_CODE = re.compile(
    r"(?=\S*\d|[A-Z]{6}$|[A-Z]{1,3}\s\d)(?:[A-Z]{1,3}\s(?=\d))?"
    r"[A-Za-z0-9](?:[\w./*-]*\w)?(?:\s\d[\w/-]*)*"
)
INCLUDED, _ITEMS = mark("included"), mark("items")
_JUNK = re.compile(
    r"^[\s:.#=-]*(?:(?:no|nr|id|number|nummer|ref|reference|code)\b)?[\s:.#=-]*", re.IGNORECASE
)
_MONTH = re.compile(r"[^\W\d]+\.? \d{4}|\d\d[./]\d{4}|(?:KW|\w* ?[Ww]\w*)\s?\d{1,2}")
"""Or a week: no day."""
_TO = re.compile(r"\s*(?:-|–|bis|to|until)\s*")
_VALUED, _LABELLED = re.compile(r"\d"), re.compile(r"[^\W\d]\s?:")
_YEAR, _NO = re.compile(r"20[0-3]\d"), re.compile(r"(?:no|nr|num|number|nummer|id|#)\W*$", re.I)
"""A year is a number only where it is called one."""
_TAKEN = (Kind.DATE, Kind.TIME, Kind.MONEY, Kind.PHONE, Kind.EMAIL, Kind.URL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that may be meant, and how sure its label makes it: 0 is the surest."""

    text: str
    line: int
    rank: float


def labelled(layout: Layout, field: Known, asked: str) -> Iterator[Candidate]:
    """Every value of the field's kind that stands at one of its labels.

    A label in the very words that were `asked` is surer than any other.
    """
    spelled = r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", asked.strip())))
    labels = (spelled if field.kinds else r"(?!)", *field.labels)
    never = re.compile(field.never, re.IGNORECASE)
    for spot in layout.spots:
        for rank, label in enumerate(labels, -1):
            # "Total incl. VAT" is a total and no tax.
            text = INCLUDED.sub(_blank, spot.text)
            found = label_shape(label).search(text)
            if found is None:
                continue
            # The words around it, without the value behind them.
            before = text[: found.start()]
            # Numbers of several kinds may stand in one line.
            before = before if field.kinds else re.split(r"\d", before)[-1]
            words = before + found[0] + re.split(r"[\d:€$£]", text[found.end() :])[0]
            if not never.search(words):
                yield from _at(layout, spot, found.end(), field, rank)
            break


def _blank(included: re.Match[str]) -> str:
    """Spaces for what is included in something; "incl. tax" alone names a tax."""
    begins = not included.string[: included.start()].strip(" (*")
    return included[0] if begins else " " * len(included[0])


def _at(layout: Layout, spot: Spot, end: int, field: Known, rank: int) -> Iterator[Candidate]:
    number = layout.row_of(spot)
    rest = spot.text[end:]
    own = suited(rest, field.kinds)
    if own and not field.kinds and _YEAR.fullmatch(own[0].text) and not _NO.search(spot.text[:end]):
        return
    if Kind.DATE in field.kinds and not own:
        # "... is due" may follow its date.
        own = suited(spot.text, field.kinds)[:1]
    if own:
        yield Candidate(own[-1 if Kind.MONEY in field.kinds else 0].text, spot.index, rank)
        return
    row = layout.rows[number]
    right = [other for other in row if other.left > spot.left]
    beside = [(value, other) for other in right for value in _filling(other.text, field.kinds)]
    if beside:
        value, other = beside[-1] if Kind.MONEY in field.kinds else beside[0]
        yield Candidate(value.text, other.index, rank)
        return
    items = any(_ITEMS.search(other.text) for other in row if other is not spot)
    under = layout.below(number, spot, 1.8)
    if under is not None and not items and not re.search(r"\w{3}", rest):
        below = _filling(under.text, field.kinds)
        if below and not _goes_on(layout, under, field):
            yield Candidate(below[0].text, under.index, rank + 0.4)


def _goes_on(layout: Layout, spot: Spot, field: Known) -> bool:
    """Whether it is a column with a value in each row, and so nobody's."""
    under = layout.below(layout.row_of(spot), spot, 1.8)
    return under is not None and bool(_filling(under.text, field.kinds))


def reached(layout: Layout, number: int, place: int) -> list[Spot]:
    """The cells that one may label, nearest first; only below where it heads a column."""
    row = layout.rows[number]
    right = row[place + 1 : place + 2]
    heads = len(row) > 2 and not any(it.text.endswith(":") or _VALUED.search(it.text) for it in row)
    under = layout.below(number, row[place], 1.8)
    below = [] if under is None else [under]
    return below if heads or (right and _LABELLED.search(right[0].text)) else [*right, *below]


def _filling(text: str, kinds: tuple[Kind, ...]) -> list[Value]:
    """The values of a cell; a code is the whole of it: "2100 Bayfront Blvd" is none."""
    found = suited(text, kinds)
    whole = len(text.rstrip(" .,;"))
    return [it for it in found if kinds or (it.end == whole and any(map(str.isdigit, it.text)))]


def suited(text: str, kinds: tuple[Kind, ...]) -> list[Value]:
    """The values of a text that are of these kinds; of no kind: its codes and numbers."""
    known = values(text)
    if kinds:
        days = [it for it in known if it.kind is Kind.DATE]
        spans = [
            it
            for one, other in pairwise(days)
            if _TO.fullmatch(text[one.end : other.start])
            for it in (one, other)
        ]
        no_day = spans + [it for it in days if _MONTH.fullmatch(it.text)]
        return [value for value in known if value.kind in kinds and value not in no_day]
    for value in known:
        # A number with hyphens may look like a phone's.
        if value.kind in _TAKEN and (value.kind is not Kind.PHONE or " " in value.text):
            text = text[: value.start] + "\x00" * (value.end - value.start) + text[value.end :]
    start = _JUNK.match(text)
    head = start.end() if start is not None else 0
    code = _CODE.match(text[head:])
    if code is None or not any(map(str.isalnum, code[0])):
        return []
    return [Value(Kind.CODE, code[0], head, head + code.end())]
