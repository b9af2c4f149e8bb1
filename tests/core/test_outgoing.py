"""What leaves is known by its bytes; only technical parameters may be left out of them."""

from __future__ import annotations

import json
from dataclasses import replace

from nearling.core.outgoing import Destination, Outgoing
from nearling.core.writers import Zone

THERE = Destination("shop", "large", "https://shop.example/v1/chat", "shop.example", Zone.CLOUD)
ASKED = {"model": "large", "messages": ["Why?"], "stream_options": {"x": 1}, "max_tokens": 9}
OUTGOING = Outgoing(THERE, (), json.dumps(ASKED).encode(), 3, None, dispensable=("stream_options",))


def test_only_what_is_dispensable_is_left_out_and_only_one_takes_another_name():
    varied = json.loads(OUTGOING.varied({"stream_options", "max_tokens", "messages", "model"}))
    assert varied == {"model": "large", "messages": ["Why?"], "max_completion_tokens": 9}


def test_nothing_changes_where_nothing_is_refused():
    assert json.loads(OUTGOING.varied(())) == ASKED


def test_another_address_or_another_byte_is_something_else():
    elsewhere = replace(OUTGOING, destination=replace(THERE, url="https://other.example/v1/chat"))
    other = replace(OUTGOING, body=OUTGOING.body + b" ")
    assert len({OUTGOING.digest, elsewhere.digest, other.digest}) == 3
    assert replace(OUTGOING, tokens=4).digest == OUTGOING.digest
