"""The stages of reading a picture: decode, measure, find codes and text, turn, read, lay out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nearling.core.cancellation import Cancellation
from nearling.core.media import Capture
from nearling.core.reading import Code, Line, Look, Table
from nearling.engines.local.codes import find_codes
from nearling.engines.local.joining import Found
from nearling.engines.local.letter_reach import outline
from nearling.engines.local.look import look_at
from nearling.engines.local.misreadings import corrected
from nearling.engines.local.ocr_models import open_models
from nearling.engines.local.orientation import probes, turn_of
from nearling.engines.local.page import Page
from nearling.engines.local.picture_decoding import Pixels, decode
from nearling.engines.local.text_detection import TextDetector
from nearling.engines.local.text_recognition import Recognised, TextRecogniser
from nearling.engines.local.text_strips import Strip, is_tall, straightened, strips, turned

_LEGIBLE = 0.5
"""Mean score below which letters are more likely texture."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    width: int
    height: int
    turn: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    codes: tuple[Code, ...]
    look: Look


class PageReader:
    """Opens its networks once, when built; raises EngineFailure then."""

    def __init__(self, threads: int) -> None:
        models = open_models(threads)
        self._detector = TextDetector(models.detector)
        self._recogniser = TextRecogniser(models.recogniser)

    def read(self, picture: Capture, cancellation: Cancellation) -> ReadPage:
        """Raises UnusableFile, EngineFailure and Cancelled as Reader says."""
        upright = decode(picture)
        cancellation.check()
        look = look_at(picture, upright)
        codes = find_codes(upright)
        cancellation.check()
        turn, found = self._found(upright, cancellation)
        height, width = upright.shape[:2]
        lines, tables = Page(width, height, turn).laid_out(found)
        return ReadPage(width, height, turn, lines, tables, codes, look)

    def _found(self, upright: Pixels, cancellation: Cancellation) -> tuple[int, list[Found]]:
        """The quarter turn, and what is legible after it, in pixels of the turned picture."""

        def recognise(pictures: Sequence[Pixels]) -> tuple[Recognised, ...]:
            return self._recogniser.recognise(pictures, cancellation)

        cut = self._strips(upright)
        longest = probes(cut)
        spoken = recognise([cut[index].pixels for index in longest])
        turn = turn_of([cut[index] for index in longest], spoken, recognise)
        known = dict(zip(longest, spoken, strict=True))
        if turn:
            cancellation.check()
            cut, known = self._strips(np.ascontiguousarray(np.rot90(upright, -turn // 90))), {}
        # Text along an axis or a spine runs up or down on a page that is upright otherwise.
        tall = [index for index, strip in enumerate(cut) if is_tall(strip.corners)]
        level = [index for index in range(len(cut)) if index not in known and index not in tall]
        read = [(cut[index], said) for index, said in known.items() if index not in tall]
        said = recognise([cut[index].pixels for index in level])
        read += zip([cut[index] for index in level], said, strict=True)
        read += [_either_way(cut[index], recognise) for index in tall]
        legible = [
            (strip, said) for strip, said in read if said.text.strip() and said.score >= _LEGIBLE
        ]
        texts = corrected([said.text.strip() for _, said in legible])
        return turn, [
            Found(text, said.score, outline(strip, text))
            for (strip, said), text in zip(legible, texts, strict=True)
        ]

    def _strips(self, picture: Pixels) -> list[Strip]:
        rectangles = straightened(self._detector.find(picture))
        return [strip for corners in rectangles for strip in strips(picture, corners)]


def _either_way(
    strip: Strip, recognise: Callable[[Sequence[Pixels]], Sequence[Recognised]]
) -> tuple[Strip, Recognised]:
    """A tall strip as it stands or turned to either side, whichever reads best."""
    ways = [strip, turned(strip, 1), turned(strip, 3)]
    said = recognise([way.pixels for way in ways])
    best = max(range(len(ways)), key=lambda way: said[way].score)
    return ways[best], said[best]
