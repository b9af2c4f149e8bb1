"""The client before LiteLLM's proxy, which words much in a way of its own."""

from __future__ import annotations

import pytest

from conformance.asking import Server, ask
from conformance.provider import WORDS, Provider
from nearling.core.errors import RemoteKind

pytestmark = pytest.mark.conformance
ALL, MOCK = "".join(WORDS), "Words of the proxy itself."


@pytest.mark.parametrize(
    ("model", "said"), [("plain", ALL), ("mock", "Words of the proxy itself.")]
)
def test_an_answer_streams(litellm: Server, model: str, said: str) -> None:
    asked = ask(litellm, model=model)
    assert (asked.said, asked.tries) == (said, 1)
    assert asked.end
    assert not asked.end.cut
    assert asked.end.tokens_in > 0 < asked.end.tokens_out


def test_a_picture_gets_through(litellm: Server) -> None:
    assert ask(litellm, model="pictures", picture=True).said == "data:image/jpeg;base64"


def test_log_probabilities_are_taken_in(litellm: Server) -> None:
    asked = ask(litellm, model="unsure", body={"logprobs": True})
    assert asked.said == ALL
    assert asked.end
    assert asked.end.unsure == pytest.approx(-1.7)


def test_a_tool_that_is_wanted_is_no_answer(litellm: Server) -> None:
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
    asked = ask(litellm, model="tools", body={"tools": [tool]})
    assert (asked.said, asked.reason) == ("", RemoteKind.PROTOCOL)
    assert asked.failure
    assert "tool" in asked.failure.sentence


def test_an_answer_without_room_is_cut(litellm: Server) -> None:
    asked = ask(litellm, model="short")
    assert asked.said == ALL
    assert asked.end
    assert asked.end.cut


def test_a_filter_in_mid_answer_keeps_what_was_said(litellm: Server) -> None:
    asked = ask(litellm, model="filtered")
    assert (asked.said, asked.reason, asked.tries) == (WORDS[0], RemoteKind.POLICY, 1)


def test_a_provider_that_breaks_off_in_mid_answer_leaves_what_was_said(
    litellm: Server, provider: Provider
) -> None:
    provider.heard.clear()
    asked = ask(litellm, model="cut", heard=provider.heard.set)
    assert (asked.reason, asked.tries) == (RemoteKind.SERVER, 1)
    assert asked.said
    assert ALL.startswith(asked.said)


def test_a_provider_that_says_nonsense_in_mid_answer_leaves_what_was_said(litellm: Server) -> None:
    asked = ask(litellm, model="garbled")
    assert (asked.reason, asked.tries) == (RemoteKind.SERVER, 1)
    assert asked.said
    assert ALL.startswith(asked.said)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("context", RemoteKind.CONTEXT),
        ("refusing", RemoteKind.POLICY),
        ("poor", RemoteKind.QUOTA),
        ("of nobody", RemoteKind.NOT_FOUND),
    ],
)
def test_a_refusal_is_told_and_not_asked_again(
    litellm: Server, model: str, reason: RemoteKind
) -> None:
    asked = ask(litellm, model=model)
    assert (asked.said, asked.reason, asked.tries) == ("", reason, 1)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("limited", RemoteKind.RATE_LIMITED),
        ("broken", RemoteKind.SERVER),
        ("unreachable", RemoteKind.SERVER),
    ],
)
def test_what_may_work_out_yet_is_asked_again(
    litellm: Server, model: str, reason: RemoteKind
) -> None:
    asked = ask(litellm, model=model)
    assert (asked.said, asked.reason, asked.tries) == ("", reason, 3)


def test_a_ration_that_is_used_up_is_told(litellm: Server) -> None:
    # One a minute, and a minute may end in between.
    asked = [ask(litellm, model="rationed") for _ in range(3)]
    reasons = {each.reason for each in asked}
    assert {RemoteKind.RATE_LIMITED} <= reasons <= {None, RemoteKind.RATE_LIMITED}


def test_a_wrong_key_is_told(litellm: Server) -> None:
    asked = ask(litellm, key="sk-of-somebody-else")
    assert (asked.reason, asked.tries) == (RemoteKind.AUTH, 1)
