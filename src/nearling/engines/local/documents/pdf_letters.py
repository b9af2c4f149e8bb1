"""Puts the letters that a PDF places one by one back into lines, in pixels of the page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import byref, c_int
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from nearling.engines.local.joining import Found
from nearling.engines.local.text_strips import Floats

Whole = NDArray[np.int_]
Flags = NDArray[np.bool_]

_APART = 0.8
"""Heights of a letter; more free space between two of them parts columns or cells."""
_BACK = 0.5
"""Heights of a letter by which the next one may begin before it, as accents do."""
_SHIFTED = 0.5
"""Heights of a letter by which the next one may stand higher or lower, as small figures do."""
_WORD = 0.17
"""Heights of a letter; from there on free space parts words, also where no space is written."""
_STRETCHED, _EVEN = 1.3, 1.4
"""Heights up to which words of a justified line may be apart, and times its usual space."""
_WORDS = 5
"""So many spaces tell what is usual in a line."""
_BULLETS = "•◦▪▫■□●○‣–—*·"
_HANGING = 3.0
"""Heights of a letter by which what is listed may be apart from its bullet."""
_SPACES = (0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000)
_BREAKS = (0x0A, 0x0D)
_HYPHENS = (0x02, 0xFFFE)
"""What PDFium tells instead of a hyphen at the end of a line."""
_ILLEGIBLE = 0.3
"""Share of letters of no known meaning above which a page is better read as a picture."""
_FINE = 1_000.0
"""Parts of a pixel: PDFium tells places on a page in whole numbers."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """All letters of a page in the order in which they are written; places in pixels."""

    texts: list[str]
    """Each with a space before it where one belongs."""
    angles: Whole
    """Towards which they are written, in quarters of a turn clockwise."""
    spans: Floats
    """A row for each: start and end along that direction, top and bottom across it."""
    broken: Flags
    """Whether a line ends before it."""

    def runs(self) -> Iterator[Found]:
        edges = [*np.flatnonzero(self.broken).tolist(), len(self.texts)]
        for start, end in pairwise(edges):
            text = "".join(self.texts[start:end]).strip()
            spans = self.spans[start:end]
            (left, top), (right, bottom) = (
                spans[:, [0, 2]].min(axis=0),
                spans[:, [1, 3]].max(axis=0),
            )
            along = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
            yield Found(text, 1.0, _turned(along, int(self.angles[start])))


def found_lines(page: pypdfium2.PdfPage, width: int, height: int) -> tuple[int, list[Found]]:
    """How many letters the page has, 0 if they cannot be understood, and its lines."""
    text_page = page.get_textpage()
    try:
        letters = _letters(text_page, _places(page, width, height))
    finally:
        text_page.close()
    if sum(map(_is_meaningless, letters.texts)) > _ILLEGIBLE * len(letters.texts):
        return 0, []
    return len(letters.texts), [run for run in letters.runs() if _is_inside(run, width, height)]


def _is_meaningless(letter: str) -> bool:
    """Unknown, or of a font's private use."""
    return letter[-1] == "\N{REPLACEMENT CHARACTER}" or "\ue000" <= letter[-1] <= "\uf8ff"


_Matrix = tuple[float, float, float, float, float, float]


def _places(page: pypdfium2.PdfPage, width: int, height: int) -> _Matrix:
    """What takes a place on the page, in points and turned as it may be, to its pixel."""
    fine = round(width * _FINE), round(height * _FINE)

    def pixel(x: float, y: float) -> tuple[float, float]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *fine, 0, x, y, byref(across), byref(down))
        return across.value / _FINE, down.value / _FINE

    (x0, y0), (x1, y1), (x2, y2) = pixel(0, 0), pixel(100, 0), pixel(0, 100)
    return (x1 - x0) / 100, (y1 - y0) / 100, (x2 - x0) / 100, (y2 - y0) / 100, x0, y0


def _letters(text_page: pypdfium2.PdfTextPage, matrix: _Matrix) -> _Letters:
    handle, count = text_page.raw, text_page.count_chars()
    codes = _codes(text_page, count)
    spaces, breaks = np.isin(codes, _SPACES), np.isin(codes, _BREAKS)
    rects = (raw.FS_RECTF * max(1, count))()
    seen = np.flatnonzero(~spaces & ~breaks)
    for index in seen.tolist():
        raw.FPDFText_GetLooseCharBox(handle, index, byref(rects[index]))
    boxes = np.frombuffer(rects, np.float32).reshape(-1, 4).astype(float)
    # Left, top, right and bottom of a letter, or of nothing where none could be told.
    whole = (
        np.isfinite(boxes).all(axis=1) & (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 1] > boxes[:, 3])
    )
    seen = seen[whole[seen]]
    between = np.searchsorted(np.flatnonzero(breaks), seen)
    words = np.searchsorted(np.flatnonzero(spaces), seen) + between
    angles = _angles(handle, seen, np.diff(words, prepend=-1) != 0, matrix)
    spans = _spans(boxes[seen], angles, matrix)
    steps = _Steps.of(spans)
    ended = (
        (np.diff(angles, prepend=-1) != 0)
        | (steps.back < -_BACK)
        | (steps.shift > _SHIFTED)
        | (np.diff(between, prepend=-1) != 0)
    )
    apart = (np.diff(words, prepend=-1) != 0) | (steps.gap > _WORD)
    broken = ended | ((steps.gap > _APART) & ~_stretched(steps.gap, ended))
    for it in np.flatnonzero(broken[:-1] & broken[1:]).tolist():
        if (
            chr(codes[seen[it]]) in _BULLETS
            and steps.leads(it + 1)
            and angles[it] == angles[it + 1]
        ):
            broken[it + 1] = False
    texts = [
        f" {_letter(code)}" if space else _letter(code)
        for code, space in zip(codes[seen].tolist(), apart.tolist(), strict=True)
    ]
    return _Letters(texts, angles, spans, broken)


def _codes(text_page: pypdfium2.PdfTextPage, count: int) -> Whole:
    """At once where each letter is told as one, which spares most of the time."""
    told = text_page.get_text_range() if count else ""
    if len(told) == count and "\N{REPLACEMENT CHARACTER}" not in told:
        return np.frombuffer(told.encode("utf-32-le", "surrogatepass"), np.uint32).astype(int)
    handle = text_page.raw
    return np.fromiter((raw.FPDFText_GetUnicode(handle, it) for it in range(count)), int, count)


def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    known = 0x20 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF
    return chr(code) if known else "\N{REPLACEMENT CHARACTER}"


def _angles(handle: object, seen: Whole, first: Flags, matrix: _Matrix) -> Whole:
    """In quarters of a turn clockwise; letters of one word share it."""
    turn = round(math.atan2(matrix[1], matrix[0]) / (math.pi / 2))
    told = [
        (round(raw.FPDFText_GetCharAngle(handle, it) / (math.pi / 2)) + turn) % 4
        for it in seen[first].tolist()
    ]
    return np.asarray(np.array(told, int)[np.cumsum(first) - 1])


def _spans(boxes: Floats, angles: Whole, matrix: _Matrix) -> Floats:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = boxes.T
    xs, ys = (
        np.stack((a * x0 + c * y0, a * x1 + c * y1)) + e,
        np.stack((b * x0 + d * y0, b * x1 + d * y1)) + f,
    )
    left, right, top, bottom = xs.min(axis=0), xs.max(axis=0), ys.min(axis=0), ys.max(axis=0)
    ways = (
        (left, right, top, bottom),
        (top, bottom, -right, -left),
        (-right, -left, -bottom, -top),
        (-bottom, -top, left, right),
    )
    return np.stack([np.choose(angles, part) for part in zip(*ways, strict=True)], axis=1)


@dataclass(frozen=True, slots=True)
class _Steps:
    """From each letter's neighbour before to it, in heights of the taller of them."""

    gap: Floats
    """Free space."""
    back: Floats
    """How far behind the other's beginning it begins: both letters of a ligature begin at one."""
    shift: Floats
    """How much higher or lower it stands."""

    @classmethod
    def of(cls, spans: Floats) -> _Steps:
        start, end, top, bottom = spans.T
        before = np.maximum(np.arange(len(start)) - 1, 0)
        height = np.maximum(bottom - top, (bottom - top)[before])
        middle = (top + bottom) / 2
        return cls(
            (start - end[before]) / height,
            (start - start[before]) / height,
            np.abs(middle - middle[before]) / height,
        )

    def leads(self, letter: int) -> bool:
        """Whether a letter may be the first of what is listed behind a bullet."""
        near = 0 <= self.gap[letter] < _HANGING
        return bool(near and self.shift[letter] < _SHIFTED)


def _stretched(gaps: Floats, ended: Flags) -> Flags:
    """Spaces that are wide because all are in their line, which fills its column."""
    wide = (gaps > _APART) & (gaps < _STRETCHED) & ~ended
    lines = np.cumsum(ended)
    for line in np.unique(lines[wide]).tolist():
        spaces = gaps[(lines == line) & (gaps > _WORD) & ~ended]
        usual = float(np.median(spaces))
        if len(spaces) < _WORDS or float(spaces.max()) > _EVEN * usual:
            wide &= lines != line
    return wide


def _turned(points: Floats, angle: int) -> Floats:
    """From along and across the direction of writing back to right and down on the page."""
    x, y = points[:, 0], points[:, 1]
    return np.stack(((x, y), (-y, x), (-x, -y), (y, -x))[angle], axis=1)


def _is_inside(run: Found, width: int, height: int) -> bool:
    left, top = run.corners.min(axis=0)
    right, bottom = run.corners.max(axis=0)
    return bool(right > 0 and bottom > 0 and left < width and top < height)
