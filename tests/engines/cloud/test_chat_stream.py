"""What an endpoint tells beside the words of its answer."""

from __future__ import annotations

import json
import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.errors import RemoteFailure
from nearling.core.events import Finished
from nearling.engines.cloud.chat_stream import ChatStream, ToolCall


def taken(*parts: object) -> tuple[str, ChatStream]:
    stream = ChatStream("mine")
    text = "".join(stream.take(json.dumps(part).encode()) for part in parts)
    return text, stream


def choice(**fields: object) -> dict[str, object]:
    return {"choices": [{"index": 0, **fields}]}


def words(text: str, *logprobs: float) -> dict[str, object]:
    content = [{"token": "x", "logprob": logprob} for logprob in logprobs]
    return choice(delta={"content": text}, logprobs={"content": content})


STOP = choice(delta={}, finish_reason="stop")


def test_the_account_comes_after_the_end() -> None:
    text, stream = taken(
        words("Hello"),
        STOP,
        {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": "2", "cost": 0.00012}},
    )
    assert text == "Hello"
    assert stream.end() == Finished(7, 2, price=120)
    assert stream.account().cost == 120


@pytest.mark.parametrize("cost", ["free", -1, math.inf, None, [1]])
def test_a_cost_that_is_none_is_not_known(cost: object) -> None:
    _text, stream = taken(words("Hello"), STOP, {"usage": {"cost": cost, "prompt_tokens": -3}})
    assert stream.account().cost is None
    assert stream.account().tokens_in == 0


def test_an_answer_that_was_cut_says_so() -> None:
    _text, stream = taken(words("Hello"), choice(delta={}, finish_reason="length"))
    assert stream.end().cut


@pytest.mark.parametrize("logprobs", [[-0.5], [-0.1, -3.0], [-0.01 * n for n in range(57)]])
def test_doubt_is_measured_as_the_local_writer_does(logprobs: list[float]) -> None:
    half = len(logprobs) // 2
    _text, stream = taken(words("a", *logprobs[:half]), words("b", *logprobs[half:]), STOP)
    assert stream.end().unsure == pytest.approx(np.percentile(logprobs, 10))


def test_what_it_would_have_called_is_put_together_and_kept() -> None:
    def part(index: int, **function: str) -> dict[str, object]:
        return choice(delta={"tool_calls": [{"index": index, "id": "c1", "function": function}]})

    _text, stream = taken(
        part(0, name="find"),
        part(1, name="tell", arguments="{}"),
        part(0, arguments='{"a":'),
        part(0, arguments="1}"),
        choice(delta={}, finish_reason="tool_calls"),
    )
    assert stream.account().tools == (
        ToolCall("c1", "find", '{"a":1}'),
        ToolCall("c1", "tell", "{}"),
    )
    with pytest.raises(RemoteFailure, match="tool"):
        stream.end()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "choices",
                    "delta",
                    "content",
                    "index",
                    "finish_reason",
                    "usage",
                    "error",
                    "logprobs",
                    "logprob",
                    "code",
                    "tool_calls",
                    "function",
                    "name",
                    "arguments",
                    "prompt_tokens",
                    "cost",
                    "text",
                    "type",
                    "message",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(st.lists(JSON, max_size=4))
def test_no_event_brings_it_down(parts: list[object]) -> None:
    stream = ChatStream("mine")
    with suppress(RemoteFailure):
        for part in parts:
            stream.take(json.dumps(part).encode()).encode()
        stream.end()
