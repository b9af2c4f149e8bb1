"""However a stream is cut into pieces, the events are the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.engines.cloud.server_sent_events import MOST_BYTES, TooLong, events

LINES = st.sampled_from(
    [b"data: a", b"data:b", b"data:  c", b"data", b": comment", b"id: 7", b"", b"", b"datax: d"]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@given(
    st.lists(st.tuples(LINES, ENDS), max_size=20),
    st.lists(st.integers(0, 200), max_size=30),
)
def test_the_cuts_make_no_difference(lines: list[tuple[bytes, bytes]], cuts: list[int]) -> None:
    whole = b"".join(line + end for line, end in lines)
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    pieces = [whole[a:b] for a, b in pairwise(places)]
    assert b"".join(pieces) == whole
    assert list(events(pieces)) == list(events([whole]))


def test_as_the_standard_has_it() -> None:
    stream = b": hi\n\ndata: one\r\ndata:two\r\n\r\nid: 3\n\ndata\n\ndata:  three\n\ndata: cut"
    assert list(events([stream])) == [b"one\ntwo", b" three"]
    assert list(events([b"\xef\xbb", b"\xbfdata: one\n\n"])) == [b"one"]
    assert list(events([])) == []


@pytest.mark.parametrize(
    "piece", [b"x" * 65536, b"data: " + b"x" * 1000 + b"\n", b"data:\n" * 1000]
)
def test_nothing_goes_on_for_ever(piece: bytes) -> None:
    pieces = (piece for _ in range(3 * MOST_BYTES // (2 * len(piece))))
    with pytest.raises(TooLong):
        list(events(pieces))
