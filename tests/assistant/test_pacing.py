"""What an answer from elsewhere took is remembered, and foretells the next one."""

from __future__ import annotations

import logging
import math

import pytest

from nearling.assistant.capacity import Needs, Size
from nearling.assistant.pacing import TimedSender, pace_of
from nearling.assistant.remotes import Remotes
from nearling.assistant.routing import Preference, Rules, choose_route
from nearling.catalogue.paces import Pace, Paces
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Delta, Finished
from nearling.core.media import Medium
from nearling.core.outgoing import Destination, Outgoing
from nearling.core.writers import Speed, Zone
from scripted.engines import ScriptedSender

HOME = Endpoint("home", "http://127.0.0.1:9/v1", (RemoteModel("large"),), Zone.NETWORK)
ATTIC = Endpoint("attic", "http://127.0.0.1:8/v1", (RemoteModel("large"),), Zone.NETWORK)
OUTGOING = Outgoing(Destination("home", "large", "", "", Zone.NETWORK), (), b"", 9, None)
NEEDS = Needs(frozenset({Medium.TEXT}), Size(900, 900))


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float):
        def act() -> None:
            self.now += seconds

        return act


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paces(tmp_path) -> Paces:
    return Paces(tmp_path)


def asked(paces: Paces, clock: Clock, *says: object):
    sender = TimedSender(ScriptedSender(*says), paces, HOME, "large", clock)
    return sender.send(OUTGOING, "", "", Cancellation())


def test_a_whole_answer_tells_its_pace(paces, clock):
    said = (Delta("Once"), clock.passes(2.0), Delta(" upon a time."), Finished(900, 40))
    for wait in (9.0, 0.5):
        assert list(asked(paces, clock, clock.passes(wait), *said)) == [
            Delta("Once"),
            Delta(" upon a time."),
            Finished(900, 40),
        ]
    assert paces.speed(HOME, "large") == Speed(math.inf, 20.0, 0.5, 40)


def test_who_says_everything_at_once_is_as_slow_as_its_whole_answer():
    assert pace_of(4.0, 4.0, 40) == Pace(0.0, 10.0, 40)
    assert pace_of(4.0, 6.0, 40) == Pace(4.0, 20.0, 40)


@pytest.mark.parametrize("tokens", [0, 15])
def test_an_answer_of_few_tokens_or_untold_ones_tells_nothing(paces, clock, tokens):
    list(asked(paces, clock, Delta("Yes"), clock.passes(1.0), Delta("."), Finished(9, tokens)))
    assert paces.speed(HOME, "large") is None


def test_an_answer_that_breaks_off_tells_nothing(paces, clock):
    broken = RemoteFailure("It broke.", "Ask again.", RemoteKind.TRUNCATED)
    with pytest.raises(RemoteFailure):
        list(asked(paces, clock, Delta("Once"), clock.passes(1.0), Delta(" upon"), broken))
    stopped = asked(paces, clock, Delta("Once"), clock.passes(1.0), Finished(9, 40))
    next(stopped)
    stopped.close()
    assert paces.speed(HOME, "large") is None


def test_an_answer_stands_though_its_pace_cannot_be_kept(tmp_path, clock, caplog):
    (tmp_path / "file").touch()
    said = (Delta("Once"), clock.passes(1.0), Delta(" upon"), Finished(9, 40))
    with caplog.at_level(logging.WARNING):
        assert len(list(asked(Paces(tmp_path / "file"), clock, *said))) == 3
    assert caplog.messages == ["a pace was not kept: storage_unwritable"]
    caplog.clear()


def routed(paces: Paces, **rules):
    profiles = [each.profile for each in Remotes(lambda: (HOME, ATTIC), sender, paces)()]
    return choose_route(NEEDS, profiles, Rules(zones=frozenset(Zone), **rules))


def sender(endpoint: Endpoint) -> ScriptedSender:
    return ScriptedSender()


def test_who_never_answered_is_given_the_benefit_of_the_doubt(paces):
    assert (routed(paces).writer, routed(paces).predicted_seconds) == ("home/large", None)


def test_the_next_answer_is_foretold(paces):
    for _ in range(2):
        paces.keep(HOME, "large", Pace(1.2, 64.0, 320))
    assert routed(paces).predicted_seconds == pytest.approx(1.2 + 320 / 64.0)


def test_who_was_slow_gives_way_or_says_so(paces):
    paces.keep(HOME, "large", Pace(1.2, 10.24, 600))
    assert routed(paces).writer == "home/large"
    paces.keep(HOME, "large", Pace(1.2, 10.24, 2_000))
    assert routed(paces).writer == "attic/large"
    alone = routed(paces, only="home/large")
    assert alone.reason.endswith("though it may take 101 s.")


def test_the_fastest_is_the_one_that_was(paces):
    paces.keep(HOME, "large", Pace(1.0, 40.0, 100))
    paces.keep(ATTIC, "large", Pace(1.0, 80.0, 900))
    route = routed(paces, preference=Preference.FASTEST)
    assert route.writer == "attic/large"
    assert "attic/large is the fastest of 2 there" in route.reason


def test_what_an_endpoint_is_sent_through_remotes_is_timed(paces):
    said = ScriptedSender(Delta("Once"), Delta(" upon"), Finished(9, 40))
    (candidate,) = Remotes(lambda: (HOME,), lambda _: said, paces)()
    list(candidate.beyond.sender.send(OUTGOING, "digest", "turn", Cancellation()))
    assert said.sent == [OUTGOING]
    (again,) = Remotes(lambda: (HOME,), lambda _: said, paces)()
    assert again.profile.speed is not None
