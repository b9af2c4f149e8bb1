"""The held-out pairs are whole, repeatable and fair."""

import io
from collections import Counter
from functools import cache

import numpy as np
import pytest
from PIL import Image

from nearling.bench.canvas import Sheet
from nearling.bench.pairs import KINDS, Pair
from nearling.bench.scoring import Outcome, evidence, holds, score
from nearling.bench.sets import pairs

PAIRS = pairs("fresh")
ANSWERABLE = [pair for pair in PAIRS if pair.truths]
DAMAGED = [pair for pair in PAIRS if pair.damaged]


@cache
def drawn(pair: Pair) -> Sheet:
    return pair.draw()


def named(pair: Pair) -> str:
    return pair.name


def test_the_counts_are_what_the_set_promises() -> None:
    assert len(PAIRS) == 60
    assert len(DAMAGED) == 18
    assert len(PAIRS) - len(ANSWERABLE) == 12
    assert set(Counter(pair.kind for pair in PAIRS)) == set(KINDS)
    assert len({pair.name for pair in PAIRS}) == 60
    assert len({pair.question for pair in PAIRS}) >= 58


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_the_same_sheet_comes_out_twice(pair: Pair) -> None:
    assert pair.draw() == drawn(pair)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_the_picture_is_of_an_ordinary_size_and_holds_every_box(pair: Pair) -> None:
    sheet = drawn(pair)
    width, height = sheet.size
    picture = Image.open(io.BytesIO(sheet.picture))
    assert picture.size == sheet.size
    assert picture.format == ("JPEG" if pair.damaged else "PNG")
    assert 400 <= width <= 1600
    assert 200 <= height <= 1200
    for line in sheet.lines:
        left, top, right, bottom = line.box
        assert 0 <= left < right <= width, line
        assert 0 <= top < bottom <= height, line


# Lines turned by a photo have upright boxes that may well touch.
@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair.damaged], ids=named)
def test_no_line_is_drawn_over_another(pair: Pair) -> None:
    boxes = [line.box for line in drawn(pair).lines]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            # Ascender and descender room may touch; the letters themselves must not.
            assert across <= 0 or down <= 0.25 * min(one[3] - one[1], other[3] - other[1])


@pytest.mark.parametrize("pair", ANSWERABLE, ids=named)
def test_a_truth_is_drawn_and_its_evidence_is_one_line_each(pair: Pair) -> None:
    sheet = drawn(pair)
    groups = evidence(pair, sheet)
    assert [len(group) for group in groups] == [1] * len(groups)
    pointed = " ".join(group[0].text for group in groups)
    assert any(holds(pointed, truth) for truth in pair.truths)


@pytest.mark.parametrize("pair", ANSWERABLE, ids=named)
def test_the_true_answer_is_right(pair: Pair) -> None:
    sheet = drawn(pair)
    boxes = tuple(group[0].box for group in evidence(pair, sheet))
    for truth in pair.truths:
        assert score(pair, sheet, Outcome(truth, boxes)).grade == "right"


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_ink_stands_in_every_box(pair: Pair) -> None:
    sheet = drawn(pair)
    light = np.asarray(Image.open(io.BytesIO(sheet.picture)).convert("L"), dtype=float)
    for line in sheet.lines:
        left, top, right, bottom = (round(edge) for edge in line.box)
        inside = light[top:bottom, left:right]
        ground = np.median(inside)
        # The mean leaves the ground by what the letters cover, on paper and on a dark screen.
        assert abs(inside.mean() - ground) > 2, line
