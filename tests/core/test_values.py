"""Small promises of the values every room speaks in."""

import hashlib
import math
import threading

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, TimedOut
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.core.reading import Line, Reading
from nearling.core.writers import Price, Speed, Zone


def test_a_capture_is_known_by_its_bytes():
    capture = Capture(Medium.PICTURE, "a.png", b"bytes")
    assert capture.digest == hashlib.sha256(b"bytes").hexdigest()
    assert "bytes'" not in repr(capture)


def test_blocks_are_apart_by_an_empty_line():
    lines = tuple(
        Line(text, 1.0, Box(0, 0, 1, 1), (), block)
        for text, block in (("a", 0), ("b", 0), ("c", 1))
    )
    assert Reading("", 1, 1, 0, lines, (), (), "", 0.0).text == "a\nb\n\nc"


def test_a_price_is_rounded_up():
    assert Price(1, 0).of(1, 0) == 1
    assert Price(2_000_000, 4_000_000).of(10, 5) == 40
    assert Price(0, 0).of(10**9, 10**9) == 0


def test_speed_predicts_seconds():
    assert Speed(prefill=100, decode=10).seconds(200, 30) == 5
    assert Speed(prefill=math.inf, decode=10, wait=0.5).seconds(200, 30) == 3.5
    assert Speed(prefill=100, decode=10, longest=20).seconds(200, 30) == 4
    assert Speed(prefill=100, decode=10, longest=40).seconds(200, 30) == 5


def test_only_this_computer_keeps_it_here():
    assert [zone.leaves for zone in Zone] == [False, True, True]
    assert [zone.distance for zone in Zone] == [0, 1, 2]


def test_a_cancellation_stays_set():
    cancellation = Cancellation()
    cancellation.check()
    cancellation.cancel()
    assert cancellation.cancelled
    with pytest.raises(Cancelled):
        cancellation.check()


def test_the_first_reason_counts():
    cancellation = Cancellation()
    cancellation.cancel(TimedOut)
    cancellation.cancel()
    with pytest.raises(TimedOut):
        cancellation.check()


def test_whoever_waits_for_a_lock_can_give_up():
    cancellation, lock = Cancellation(), threading.Lock()
    with cancellation.holding(lock):
        assert lock.locked()
    assert not lock.locked()
    cancellation.cancel()
    with lock, pytest.raises(Cancelled), cancellation.holding(lock):
        pass
