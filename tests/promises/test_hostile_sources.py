"""Whatever stands in a picture, a recording or a file's name: it decides nothing of what leaves."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from nearling.assistant.capacity import estimated
from nearling.assistant.routing import Rules, Unroutable, choose_route
from nearling.core.cancellation import Cancellation
from nearling.core.chat import messages
from nearling.core.conversation import Mode, Route
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.events import (
    Delta,
)
from nearling.core.outgoing import UNCHANGED, Outgoing
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.core.reading import Reading
from nearling.core.writers import Price, Zone
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.remote import Remote
from nearling.engines.pool import Pool
from nearling.privacy.payload import INSTRUCTION, outgoing
from scripted.endpoint import Asked, answers, endpoint
from scripted.engines import (
    picture,
    profile,
    reading_of,
)
from scripted.hostile import FORTY, harmless, shape
from scripted.pictures import encoded
from scripted.remotes import KEY, Ledger

ANYWHERE = frozenset(Zone)
RULES = (
    Rules(zones=ANYWHERE),
    Rules(zones=ANYWHERE, mode=Mode.HERE),
    Rules(zones=ANYWHERE, mode=Mode.NEEDED),
    Rules(zones=ANYWHERE, mode=Mode.NEEDED, agreed=frozenset({"cloud"})),
    Rules(zones=frozenset({Zone.COMPUTER})),
    Rules(zones=ANYWHERE, budget=5),
    Rules(zones=ANYWHERE, only="cloud/large"),
)
WRITERS = (
    profile("small", context_length=2_000, tier=1),
    profile("near/large", Zone.NETWORK, context_length=4_000, tier=3),
    profile("cloud/large", Zone.CLOUD, tier=3, price=Price(1, 2)),
    profile("evil/large", Zone.CLOUD, tier=3, price=Price(3, 4)),
)
MODEL = RemoteModel("large", price=Price(1_000_000, 2_000_000))
ENDPOINT = Endpoint("cloud", "https://cloud.example/v1", (MODEL,), Zone.CLOUD, body={"seed": 7})
READABLE = tuple(name for name, text in FORTY.items() if text.isprintable() and len(text) < 100)
"""Those that can be drawn on one line and read from a picture again."""
hostile = pytest.mark.parametrize("text", FORTY.values(), ids=FORTY.keys())


def source(text: str, name: str = "a.png") -> Source:
    return Source(name, reading_of(picture("a.png"), *text.split("\n")))


PLACES: dict[str, Callable[[str], Prompt]] = {
    "text": lambda text: Prompt("Why?", (source(text),)),
    "name": lambda text: Prompt("Why?", (source("words", name=text),)),
    "answer": lambda text: Prompt("Why?", (source("words"),), (Exchange("Who?", text),)),
    "all": lambda text: Prompt("Why?", (source(text, text),), (Exchange(text, text),)),
}


def leaving(prompt: Prompt) -> Outgoing:
    return outgoing(prompt, ENDPOINT, MODEL, UNCHANGED, {}, answer_tokens=512)


def test_there_are_forty():
    assert len(FORTY) == len(set(FORTY.values())) == 40
    assert len(READABLE) >= 12


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
@hostile
def test_the_route_is_that_of_a_harmless_text(text, place):
    for rules in RULES:
        route = choose_route(estimated(place(text)), WRITERS, rules)
        assert route == choose_route(estimated(place(harmless(text))), WRITERS, rules)
        if isinstance(route, Route):
            same = choose_route(estimated(place(harmless(text))), WRITERS, rules)
            assert isinstance(same, Route)
            assert route.asks == same.asks
            assert route.zone in rules.allowed
        else:
            assert isinstance(route, Unroutable)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
@hostile
def test_the_request_is_that_of_a_harmless_text(text, place):
    found, plain = leaving(place(text)), leaving(place(harmless(text)))
    assert found.destination == plain.destination
    assert found.destination.url == "https://cloud.example/v1/chat/completions"
    body, plain_body = json.loads(found.body), json.loads(plain.body)
    assert (body["model"], body["seed"]) == ("large", 7)
    assert list(body) == list(plain_body)
    assert shape(body) == shape(plain_body)
    assert [piece.kind for piece in found.pieces] == [piece.kind for piece in plain.pieces]
    assert [message["content"] for message in body["messages"]] == [
        message.content for message in messages(place(text), INSTRUCTION)
    ]


def travelling(prompt: Prompt) -> Asked:
    """What a server is really sent, but for what depends on the length and the port."""
    ledger = Ledger()
    with endpoint(answers()) as stub:
        there = replace(ENDPOINT, base_url=stub.url, zone=Zone.NETWORK)
        leaves = outgoing(prompt, there, MODEL, UNCHANGED, {}, answer_tokens=512)
        remote = Remote(there, lambda: KEY, ledger, Breakers())
        said = list(remote.send(leaves, leaves.digest, "turn", Cancellation()))
    assert Delta("Hello") in said
    assert [row.host for row in ledger.rows.values()] == ["127.0.0.1"]
    (asked,) = stub.asked
    assert asked.body == leaves.body
    assert asked.headers.pop("host") == f"127.0.0.1:{stub.port}"
    assert int(asked.headers.pop("content-length")) == len(leaves.body)
    return asked


@hostile
def test_the_headers_are_those_of_a_harmless_text(text):
    found, plain = (travelling(PLACES["all"](each)) for each in (text, harmless(text)))
    assert (found.method, found.target) == ("POST", "/v1/chat/completions")
    assert found.headers == plain.headers
    assert found.headers["authorization"] == f"Bearer {KEY}"


@hostile
def test_fences_hold(text):
    told = messages(Prompt("Why?", (source(text, text),)))[-1].content
    fence = told.removeprefix("<source ").split(">", 1)[0]
    assert told.count(fence) == 2
    assert told.endswith(f"\n</source {fence}>\n\nWhy?")


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> Iterator[Callable[[str], Reading]]:
    log = tmp_path_factory.mktemp("log") / "engines.log"
    pool = Pool(threads=2, idle_seconds=60, log_file=log)

    def read(text: str) -> Reading:
        font = ImageFont.load_default(22)
        drawn = Image.new("RGB", (int(font.getlength(text)) + 60, 80), "white")
        ImageDraw.Draw(drawn).text((30, 25), text, font=font, fill="black")
        return pool.reader.read(picture("a.png", encoded(drawn)), Cancellation())

    yield read
    pool.close()


@pytest.mark.parametrize("name", READABLE)
def test_what_is_really_read_decides_as_little(read, name):
    reading = read(FORTY[name])
    assert reading.text
    prompt, plain = (
        Prompt("Why?", (Source("a.png", each),))
        for each in (reading, reading_of(picture("a.png"), harmless(reading.text)))
    )
    for rules in RULES:
        route = choose_route(estimated(prompt), WRITERS, rules)
        assert route == choose_route(estimated(plain), WRITERS, rules)
    found = leaving(prompt)
    assert found.destination == leaving(plain).destination
    assert shape(json.loads(found.body)) == shape(json.loads(leaving(plain).body))
    assert reading.text in json.loads(found.body)["messages"][1]["content"]
