"""Boxes meet, cover and enclose as drawn on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.geometry import Box, enclosing

corners, lengths = st.integers(-100, 100), st.integers(1, 100)
boxes = st.builds(
    lambda left, top, width, height: Box(left, top, left + width, top + height),
    *(corners, corners, lengths, lengths),
)


@given(boxes, boxes)
def test_overlap_is_fair_and_bounded(one, other):
    assert one.overlap(other) == other.overlap(one)
    assert 0 <= one.overlap(other) <= 1
    assert one.overlap(one) == 1


@given(st.lists(boxes, min_size=1))
def test_what_encloses_holds_every_box(several):
    around = enclosing(several)
    for box in several:
        assert around.intersection(box) == box


@given(boxes, st.integers(1, 50), st.integers(1, 50))
def test_a_clipped_box_lies_in_the_picture(box, width, height):
    clipped = box.clipped(width, height)
    assert 0 <= clipped.left <= clipped.right <= width
    assert 0 <= clipped.top <= clipped.bottom <= height
    assert clipped.area <= box.area


@given(boxes)
def test_the_centre_is_inside_and_the_far_edges_are_not(box):
    assert box.contains(*box.centre)
    assert not box.contains(box.right, box.top)
    assert not box.contains(box.left, box.bottom)


def test_boxes_apart_share_nothing():
    assert Box(0, 0, 2, 2).overlap(Box(2, 0, 4, 2)) == 0
    assert Box(0, 0, 0, 0).overlap(Box(0, 0, 0, 0)) == 0


def test_nothing_cannot_be_enclosed():
    with pytest.raises(ValueError, match="no boxes"):
        enclosing([])
