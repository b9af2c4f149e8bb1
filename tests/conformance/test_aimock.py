"""The client before aimock: answers, refusals, and what goes wrong in the middle."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from conformance.asking import PICTURE, SHORT, Server, ask
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, RemoteKind

pytestmark = pytest.mark.conformance
HELLO = "Hello there, this is a longer streamed answer. grüße 日本"
CUT = "This text is going to be cut in the middle of the stream, right about here or there."


def journal(server: Server, id: str) -> Any:
    """What the server has noted of the requests with this id."""
    address = f"{server.base_url.removesuffix('/v1')}/__aimock/journal"
    allowed = {"Authorization": f"Bearer {server.key}"}
    return httpx2.get(address, params={"requestId": id}, headers=allowed, trust_env=False).json()


def test_an_answer_streams(aimock: Server) -> None:
    asked = ask(aimock)
    assert (asked.said, asked.tries) == (HELLO, 1)
    assert asked.end
    assert not asked.end.cut
    assert asked.end.tokens_in > 0 < asked.end.tokens_out


def test_what_arrives_is_what_was_shown(aimock: Server) -> None:
    number = uuid.uuid4().hex
    assert ask(aimock, picture=True, headers={"X-Request-Id": number}).said == HELLO
    (noted,) = journal(aimock, number)
    picture, question = noted["body"]["messages"][-1]["content"]
    assert picture["type"] == "image_url"
    assert picture["image_url"]["url"].startswith("data:image/jpeg;base64,/9j/4")
    assert len(PICTURE.data) > 20
    assert question["text"] == "say hello"


def test_thoughts_are_no_part_of_the_answer(aimock: Server) -> None:
    assert ask(aimock, "think first").said == "It is four."


def test_an_answer_without_room_is_cut(aimock: Server) -> None:
    asked = ask(aimock, "go on and on")
    assert asked.said == "This goes on and"
    assert asked.end
    assert asked.end.cut
    assert (asked.end.tokens_in, asked.end.tokens_out) == (100, 50)


def test_a_tool_that_is_wanted_is_no_answer(aimock: Server) -> None:
    asked = ask(aimock, "the weather")
    assert (asked.said, asked.reason) == ("", RemoteKind.PROTOCOL)
    assert asked.failure
    assert "tool" in asked.failure.sentence


def test_a_filter_in_mid_answer_keeps_what_was_said(aimock: Server) -> None:
    asked = ask(aimock, "half of it")
    assert (asked.said, asked.reason, asked.tries) == ("This is said", RemoteKind.POLICY, 1)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("no money", RemoteKind.QUOTA),
        ("too long", RemoteKind.CONTEXT),
        ("no such model", RemoteKind.NOT_FOUND),
        ("refuse me", RemoteKind.POLICY),
    ],
)
def test_a_refusal_is_told_and_not_asked_again(
    aimock: Server, question: str, reason: RemoteKind
) -> None:
    asked = ask(aimock, question)
    assert (asked.said, asked.reason, asked.tries) == ("", reason, 1)


def test_a_wrong_key_is_told(aimock: Server) -> None:
    asked = ask(aimock, key="sk-of-somebody-else")
    assert (asked.reason, asked.tries) == (RemoteKind.AUTH, 1)


def test_a_limit_of_longer_than_anybody_waits_is_told_with_its_time(aimock: Server) -> None:
    asked = ask(aimock, "too often")
    assert (asked.reason, asked.tries) == (RemoteKind.RATE_LIMITED, 1)
    assert asked.failure
    assert asked.failure.retry_after == 30


def test_a_limit_of_a_moment_is_waited_for(aimock: Server) -> None:
    asked = ask(aimock, "in a moment", headers={"X-Test-Id": uuid.uuid4().hex})
    assert (asked.said, asked.tries) == ("Now there is time.", 2)


@pytest.mark.parametrize("question", ["be cut", "be interrupted"])
def test_a_connection_that_breaks_in_mid_answer_leaves_what_was_said(
    aimock: Server, question: str
) -> None:
    asked = ask(aimock, question)
    assert (asked.reason, asked.tries) == (RemoteKind.TRUNCATED, 1)
    assert asked.said
    assert CUT.startswith(asked.said)
    assert asked.said != CUT


def test_who_stops_it_waits_no_longer(aimock: Server) -> None:
    cancellation = Cancellation()
    with pytest.raises(Cancelled):
        ask(aimock, "speak slowly", heard=cancellation.cancel, cancellation=cancellation)
    assert ask(aimock).said == HELLO


@pytest.mark.parametrize(
    ("trouble", "reason", "tries"),
    [
        ("drop", RemoteKind.SERVER, 3),
        ("disconnect", RemoteKind.TRUNCATED, 3),
        ("ratelimit", RemoteKind.RATE_LIMITED, 3),
        ("malformed", RemoteKind.PROTOCOL, 1),
    ],
)
def test_trouble_has_a_name(aimock: Server, trouble: str, reason: RemoteKind, tries: int) -> None:
    asked = ask(aimock, headers={f"x-aimock-chaos-{trouble}": "1"})
    assert (asked.said, asked.reason, asked.tries) == ("", reason, tries)


def test_a_slow_server_is_waited_for_and_not_for_ever(aimock: Server) -> None:
    slow = {"x-aimock-chaos-latency": "600"}
    assert ask(aimock, headers=slow).said == HELLO
    asked = ask(aimock, headers=slow, limits=replace(SHORT, first_token=0.2))
    assert (asked.said, asked.reason, asked.tries) == ("", RemoteKind.TIMEOUT, 1)
