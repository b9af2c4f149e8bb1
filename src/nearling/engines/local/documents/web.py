"""HTML: headings, paragraphs, lists and tables as a browser without styles would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from nearling.engines.local.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Section,
    Verbatim,
    rows_of,
)
from nearling.engines.local.documents.decoded import decoded
from nearling.engines.local.documents.limits import MOST_CELLS
from nearling.engines.local.documents.markup import Element, name_of
from nearling.engines.local.documents.plain import in_parts

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_UNSEEN = frozenset(
    ("head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr"),
    )
)
_WIDEST_SPAN = 100


def sections(data: bytes) -> Sequence[Section]:
    text = _text_of(data)
    if text is None:
        return []
    root = parsed(text)
    title = root.find(".//title") if root is not None else None
    called = " ".join(title.text.split()) if title is not None and title.text else ""
    parts = in_parts(list(blocks(root)))
    return [Section(part.blocks, called) for part in parts]


def parsed(text: str) -> Element | None:
    """None where nothing is written; whatever is broken is mended as browsers do it."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    # Letters that XML does not know would end the text where they stand.
    content = re.sub(r"[\0-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    if not content.strip():
        return None
    return etree.fromstring(content.encode(), parser)


def _text_of(data: bytes) -> str | None:
    named = _CHARSET.search(data[:4096])
    if named is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page that errs about itself is read like one that says nothing
    return decoded(data)


def blocks(root: Element | None) -> Iterator[Block]:
    if root is None:
        return
    page = _Page()
    page.walk(root)
    page.end()
    yield from page.blocks


@dataclass(slots=True)
class _Page:
    blocks: list[Block] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _prefix: str = ""

    def say(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def end(self, heading: bool = False) -> None:
        """A line ends here."""
        if text := " ".join("".join(self._words).split()):
            text = f"{self._prefix}{text}"
            self._prefix = ""
            self.blocks.append(Heading(text) if heading else Paragraph(text))
        self._words.clear()

    def walk(self, element: Element) -> None:
        name = name_of(element)
        if name and name not in _UNSEEN and element.get("hidden") is None:
            self._open(element, name)

    def _open(self, element: Element, name: str) -> None:
        if name == "br":
            self.end()
        elif name == "pre":
            self.end()
            text = "".join(element.itertext()).strip("\n")
            self.blocks += [Verbatim(tuple(text.split("\n")))] if text.strip() else []
        elif name == "table" and element.find(".//table") is None:
            self.end()
            self._table(element)
        elif name in _INLINE:
            self._inside(element)
        else:
            self.end()
            if name == "li":
                self._prefix = _number(element)
            self._inside(element)
            self.end(heading=name in _HEADINGS)

    def _inside(self, element: Element) -> None:
        self.say(element.text)
        for each in element:
            self.walk(each)
            self.say(each.tail)

    def _table(self, table: Element) -> None:
        caption = table.find(".//caption")
        if caption is not None:
            self._inside(caption)
            self.end()
        rows = list(table.iter("tr"))
        cells = _spread(rows)
        if max(map(len, cells), default=0) < 2 or len(cells) < 2:
            for text in filter(None, chain.from_iterable(cells)):
                self.blocks.append(Paragraph(text))
            return
        named = all(name_of(it) == "th" for it in _cells(rows[0]))
        headed = named or rows[0].getparent().tag == "thead"
        self.blocks.append(rows_of(cells, True if headed else None))


def _number(item: Element) -> str:
    """What a browser writes before an item of a numbered list."""
    listed = item.getparent()
    if listed is None or name_of(listed) != "ol":
        return ""
    start = listed.get("start", "1")
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}. "


def _cells(row: Element) -> list[Element]:
    return [it for it in row if name_of(it) in ("td", "th")]


def _spread(rows: Sequence[Element]) -> list[list[str]]:
    """The texts of rows of cells, empty where a cell reaches over others."""
    spread: list[list[str]] = []
    reaching: dict[int, int] = {}
    count = 0
    for row in rows:
        texts: list[str] = []
        further: dict[int, int] = {}
        for cell in _cells(row):
            while reaching.get(len(texts), 0):
                texts.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            further |= {len(texts) + it: high - 1 for it in range(wide) if high > 1}
            texts += [" ".join(" ".join(_told(cell)).split()), *[""] * (wide - 1)]
        reaching = {at: left - 1 for at, left in reaching.items() if left > 1} | further
        count += len(texts)
        if count > MOST_CELLS:
            break
        spread += [texts] if any(texts) else []
    return spread


def _told(cell: Element) -> Iterator[str]:
    for each in cell.iter():
        if name_of(each) not in _UNSEEN and not any(
            name_of(it) in _UNSEEN for it in each.iterancestors()
        ):
            yield each.text or ""
        if each is not cell:
            yield each.tail or ""


def _span(cell: Element, name: str) -> int:
    told = cell.get(name, "1")
    return min(int(told), _WIDEST_SPAN) if re.fullmatch(r"[1-9]\d{0,3}", told) else 1
