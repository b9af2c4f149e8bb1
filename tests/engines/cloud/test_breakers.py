"""When an endpoint is left alone, and when it is tried again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from nearling.core.endpoints import Endpoint
from nearling.core.errors import Cancelled, RemoteFailure, RemoteKind
from nearling.core.writers import Zone
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.failures import failure

MINE = Endpoint("mine", "http://localhost/v1", (), Zone.NETWORK)
YOURS = Endpoint("yours", "https://example.org/v1", (), Zone.CLOUD)
PASSING = [
    RemoteKind.TIMEOUT,
    RemoteKind.CONNECT,
    RemoteKind.SERVER,
    RemoteKind.OVERLOADED,
    RemoteKind.TRUNCATED,
    RemoteKind.PROTOCOL,
]
LASTING = [RemoteKind.AUTH, RemoteKind.FORBIDDEN, RemoteKind.NOT_FOUND, RemoteKind.QUOTA]
HARMLESS = set(RemoteKind) - {*PASSING, *LASTING, RemoteKind.RATE_LIMITED}


class Timed:
    def __init__(self) -> None:
        self.now = 1000.0
        self.breakers = Breakers(lambda: self.now)

    def fail(self, kind: RemoteKind, seconds: float | None = None, times: int = 1) -> None:
        for _ in range(times):
            with suppress(RemoteFailure), self.breakers.trying(MINE):
                raise failure(kind, "mine", retry_after=seconds)

    def work(self) -> None:
        with self.breakers.trying(MINE):
            pass

    @property
    def open_(self) -> bool:
        return self.breakers.reason(MINE) is None


@pytest.fixture
def timed() -> Timed:
    return Timed()


@pytest.mark.parametrize("kind", PASSING)
def test_three_failures_one_after_the_other_close_it_for_a_while(
    timed: Timed, kind: RemoteKind
) -> None:
    timed.fail(kind, times=2)
    timed.work()
    timed.fail(kind, times=2)
    assert timed.open_
    timed.fail(kind)
    assert timed.breakers.reason(MINE) == failure(kind, "mine").sentence
    assert timed.breakers.reason(YOURS) is None
    with pytest.raises(RemoteFailure) as raised, timed.breakers.trying(MINE):
        pytest.fail("it was asked")
    assert (raised.value.reason, raised.value.retry_after) == (kind, 15)
    timed.now += 15
    assert timed.open_


def test_each_time_it_is_left_alone_for_longer(timed: Timed) -> None:
    timed.fail(RemoteKind.SERVER, times=3)
    for seconds in (15, 30, 60, 120, 240, 480, 600, 600):
        timed.now += seconds - 0.01
        assert not timed.open_
        timed.now += 0.01
        assert timed.open_
        timed.fail(RemoteKind.SERVER)
    timed.now += 600
    timed.work()
    timed.fail(RemoteKind.SERVER, times=3)
    timed.now += 15
    assert timed.open_


def test_one_at_a_time_finds_out_whether_it_works_again(timed: Timed) -> None:
    timed.fail(RemoteKind.SERVER, times=3)
    timed.now += 15
    with timed.breakers.trying(MINE):
        assert not timed.open_
        with pytest.raises(RemoteFailure), timed.breakers.trying(MINE):
            pytest.fail("it was asked")
    assert timed.open_


@pytest.mark.parametrize("error", [Cancelled, GeneratorExit, ValueError])
def test_who_gives_up_says_nothing_about_it(timed: Timed, error: type[BaseException]) -> None:
    timed.fail(RemoteKind.SERVER, times=3)
    timed.now += 15
    with pytest.raises(error), timed.breakers.trying(MINE):
        raise error
    assert timed.open_
    timed.fail(RemoteKind.SERVER)
    assert not timed.open_


@pytest.mark.parametrize(("asked", "seconds"), [(40.0, 40), (None, 15), (0.0, 0)])
def test_it_is_left_alone_for_as_long_as_it_wants(
    timed: Timed, asked: float | None, seconds: float
) -> None:
    timed.fail(RemoteKind.RATE_LIMITED, asked)
    assert timed.open_ == (seconds == 0)
    timed.now += seconds
    assert timed.open_


@pytest.mark.parametrize("kind", LASTING)
def test_what_lasts_closes_it_until_it_is_changed(timed: Timed, kind: RemoteKind) -> None:
    timed.fail(kind)
    timed.now += 1e6
    with pytest.raises(RemoteFailure) as raised, timed.breakers.trying(MINE):
        pytest.fail("it was asked")
    assert raised.value.retry_after is None
    assert timed.breakers.reason(replace(MINE, variable="OTHER_KEY")) is None


def test_a_good_trial_opens_it_again(timed: Timed) -> None:
    timed.fail(RemoteKind.AUTH)
    timed.breakers.works(MINE)
    assert timed.open_


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_what_is_wrong_with_the_question_says_nothing_against_it(
    timed: Timed, kind: RemoteKind
) -> None:
    timed.fail(RemoteKind.SERVER, times=2)
    timed.fail(kind)
    timed.fail(RemoteKind.SERVER, times=2)
    assert timed.open_


def test_what_it_refuses_is_remembered_until_it_is_changed(timed: Timed) -> None:
    breakers = timed.breakers
    breakers.refuses(MINE, "m", frozenset({"a"}))
    breakers.refuses(MINE, "m", frozenset({"b"}))
    timed.fail(RemoteKind.SERVER, times=3)
    assert breakers.refused(MINE, "m") == {"a", "b"}
    assert breakers.refused(MINE, "n") == frozenset()
    assert breakers.refused(replace(MINE, variable="K"), "m") == frozenset()
