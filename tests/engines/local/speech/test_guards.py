"""A model that is stuck is recognised; a person who says a thing twice is not."""

import pytest

from nearling.engines.local.speech.guards import is_stuck, unstuck


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("Thank you. " * 12, "Thank you."),
        ("you " * 40, "you"),
        ("I am, I am, I am, I am, I am, I am. So what?", "I am, So what?"),
        ("the end of the world " * 6, "the end of the world"),
    ],
)
def test_stuck(text, once):
    assert is_stuck(text)
    assert unstuck(text) == once


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No, no, no, no.",
        "Yeah, yeah, yeah, it is very, very good.",
        "Row, row, row your boat, gently down the stream, merrily, merrily, merrily, merrily.",
        "And so my fellow Americans, ask not what your country can do for you, ask what you can "
        "do for your country.",
        "Buffalo buffalo Buffalo buffalo buffalo buffalo Buffalo buffalo.",
    ],
)
def test_not_stuck(text):
    assert not is_stuck(text)
