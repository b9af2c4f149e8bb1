"""The develop set keeps its shape, comes out the same each time, and shows what it asks for."""

from collections import Counter
from functools import cache

import pytest

from nearling.bench.canvas import Sheet
from nearling.bench.develop import PAIRS
from nearling.bench.pairs import KINDS, Pair
from nearling.bench.scoring import Outcome, evidence, holds, score
from nearling.bench.sets import pairs


@cache
def drawn(pair: Pair) -> Sheet:
    return pair.draw()


def prints(line: str, truth: str) -> bool:
    # "7,0 %" may fairly be quoted as "7,0%".
    return holds(line, truth) or holds(line.replace(" %", "%").replace(" kg", "kg"), truth)


def named(pair: Pair) -> str:
    return pair.name


each_pair = pytest.mark.parametrize("pair", PAIRS, ids=named)


def test_has_its_size_and_shares() -> None:
    assert pairs("develop") == PAIRS
    assert len(PAIRS) == 150
    assert sum(pair.damaged for pair in PAIRS) == 45
    assert sum(not pair.truths for pair in PAIRS) == 30


def test_asks_every_kind_of_question_about_as_often() -> None:
    counts = Counter(pair.kind for pair in PAIRS)
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 8
    assert max(counts.values()) <= 12


def test_asks_no_question_twice_and_of_many_scenes() -> None:
    assert len({pair.name for pair in PAIRS}) == 150
    assert len({pair.question for pair in PAIRS}) == 150
    assert len({pair.name.rpartition("-")[0] for pair in PAIRS}) >= 60


# One clean and one damaged pair of each kind: all of them twice would take too long.
@pytest.mark.parametrize(
    "pair", {(pair.kind, pair.damaged): pair for pair in PAIRS}.values(), ids=named
)
def test_draws_the_same_picture_again(pair: Pair) -> None:
    assert pair.draw() == drawn(pair)


@each_pair
def test_draws_within_the_picture(pair: Pair) -> None:
    width, height = drawn(pair).size
    for line in drawn(pair).lines:
        left, top, right, bottom = line.box
        assert 0 <= left < right <= width, line
        assert 0 <= top < bottom <= height, line


@each_pair
def test_damaged_pictures_alone_are_photos(pair: Pair) -> None:
    assert drawn(pair).picture.startswith(b"\xff\xd8" if pair.damaged else b"\x89PNG")


@each_pair
def test_pointing_at_the_evidence_with_the_truth_is_right(pair: Pair) -> None:
    sheet = drawn(pair)
    if not pair.truths:
        assert not pair.evidence
        return
    groups = evidence(pair, sheet)
    assert all(groups)
    boxes = tuple(group[0].box for group in groups)
    for truth in pair.truths:
        assert score(pair, sheet, Outcome(truth, boxes)).grade == "right"


@each_pair
def test_prints_the_truth_unless_it_is_counted(pair: Pair) -> None:
    # What is counted line by line stands nowhere; its evidence is what there is to count.
    if pair.kind == "count" and len(pair.evidence) > 1:
        assert str(len(pair.evidence)) in pair.truths
    elif pair.truths:
        shown = pair.evidence or tuple(line.text for line in drawn(pair).lines)
        assert all(any(prints(line, truth) for line in shown) for truth in pair.truths)
