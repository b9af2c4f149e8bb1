"""A flag that native work can be told of."""

from nearling.core.cancellation import Cancellation


def test_who_waits_is_told_once():
    told: list[str] = []
    cancellation = Cancellation()
    with cancellation.telling(lambda: told.append("now")):
        cancellation.cancel()
        cancellation.cancel()
    assert told == ["now"]


def test_a_flag_that_was_set_before_tells_at_once():
    told: list[str] = []
    cancellation = Cancellation()
    cancellation.cancel()
    with cancellation.telling(lambda: told.append("now")):
        assert told == ["now"]


def test_nobody_is_told_after_the_block():
    told: list[str] = []
    cancellation = Cancellation()
    with cancellation.telling(lambda: told.append("now")):
        pass
    cancellation.cancel()
    assert not told
