"""Whatever stands in a picture, a recording or a file's name: it decides nothing of what leaves."""

import json
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageDraw, ImageFont

from nearling.assistant.assistant import Assistant
from nearling.assistant.capacity import estimated
from nearling.assistant.routing import Rules, Unroutable, choose_route
from nearling.core.cancellation import Cancellation
from nearling.core.chat import messages
from nearling.core.conversation import Decision, Draft, Mode, Route
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Declined,
    Delta,
    Event,
    Finished,
    NeedsConsent,
)
from nearling.core.media import Capture, Medium
from nearling.core.outgoing import UNCHANGED, Consent, Outgoing
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.core.reading import Reading
from nearling.core.writers import Price, Zone
from nearling.engines.pool import Pool
from nearling.history.history import History
from nearling.privacy.payload import outgoing
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedSender,
    ScriptedTranscriber,
    ScriptedWriter,
    beyond,
    candidate,
    picture,
    profile,
    reading_of,
    recordings,
)
from scripted.hostile import FORTY, harmless
from scripted.pictures import encoded

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


def shape(value: object) -> object:
    """What of a request's body is no text of somebody's."""
    match value:
        case dict() if "role" in value:
            return {"role": value["role"], "content": shape(value["content"]), "keys": [*value]}
        case dict():
            return {name: shape(each) for name, each in value.items()}
        case list():
            return [shape(each) for each in value]
        case str():
            return str
    return value


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
        message.content for message in messages(place(text))
    ]


@hostile
def test_fences_hold(text):
    told = messages(Prompt("Why?", (source(text, text),)))[-1].content
    fence = told.removeprefix("<source ").split(">", 1)[0]
    assert told.count(fence) == 2
    assert told.endswith(f"\n</source {fence}>\n\nWhy?")


class House:
    """An assistant to whom a picture and a recording say `text`; nobody here can answer."""

    def __init__(self, history: History, text: str, *says: str) -> None:
        self.senders = [
            ScriptedSender(*map(Delta, says or ("From afar.",)), Finished(7, 1)) for _ in range(2)
        ]
        candidates = [
            candidate("small", ScriptedWriter(Declined("Nothing here answers that.")), tier=1),
            beyond(self.senders[0], "cloud"),
            # Dearer: where the text says nothing, it is the other one that is asked.
            beyond(self.senders[1], "evil", price=Price(5_000_000, 5_000_000)),
        ]
        self.assistant = Assistant(
            history,
            ScriptedReader({"a.png": text.split("\n"), text: ("words",)}),
            "scripted",
            recordings(history, ScriptedTranscriber(text)),
            lambda: candidates,
            cleaner=ScriptedCleaner(),
        )

    @property
    def sent(self) -> list[Outgoing]:
        return [each for sender in self.senders for each in sender.sent]

    def ask(self, capture: Capture, rules: Rules = RULES[0], **draft: object) -> list[Event]:
        asked = Draft("Why?", (capture,), **draft)
        return list(self.assistant.answer(asked, rules, Cancellation()))

    def go_on(self, turn: str, decision: Decision, consent: Consent | None = None) -> list[Event]:
        return list(self.assistant.resume(turn, decision, RULES[0], Cancellation(), consent))


CAPTURES: dict[str, Callable[[str], Capture]] = {
    "picture": lambda _text: picture("a.png"),
    "name": lambda text: picture(text, b"bytes"),
    "recording": lambda _text: Capture(Medium.CLIP, "a.wav", b"bytes"),
}


@pytest.fixture
def house(tmp_path) -> Iterator[Callable[..., House]]:
    opened: list[History] = []

    def build(text: str, *says: str) -> House:
        opened.append(History(tmp_path / f"history{len(opened)}"))
        return House(opened[-1], text, *says)

    yield build
    for history in opened:
        history.close()


@pytest.mark.parametrize("capture", CAPTURES.values(), ids=CAPTURES.keys())
@hostile
def test_nothing_leaves_before_a_person_lets_it(house, text, capture):
    asked, plain = house(text), house(harmless(text))
    needed = asked.ask(capture(text))[-1]
    same = plain.ask(capture(harmless(text)))[-1]
    assert isinstance(needed, NeedsConsent)
    assert isinstance(same, NeedsConsent)
    assert needed.route == same.route
    assert needed.route.asks
    assert needed.outgoing.destination == same.outgoing.destination
    assert shape(json.loads(needed.outgoing.body)) == shape(json.loads(same.outgoing.body))
    assert (needed.edits, needed.lift) == (UNCHANGED, False)
    for consent in (None, Consent("0" * 64, lift=True), Consent(same.outgoing.digest)):
        assert isinstance(asked.go_on(needed.turn, Decision.SEND, consent)[-1], NeedsConsent)
    assert asked.sent == []
    end = asked.go_on(needed.turn, Decision.SEND, Consent(needed.outgoing.digest))[-1]
    assert isinstance(end, Answered)
    assert asked.senders[0].sent == [needed.outgoing]
    assert asked.senders[1].sent == []


@hostile
def test_what_stays_here_stays_here(house, text):
    kept = house(text)
    here = kept.ask(picture("a.png"), RULES[1])[-1]
    marked = kept.ask(picture("a.png"), local_only=True)[-1]
    assert isinstance(here, CannotAnswer)
    assert isinstance(marked, CannotAnswer)
    lifting = Rules(zones=ANYWHERE, lift=True)
    needed = kept.ask(picture("a.png"), lifting, local_only=True)[-1]
    assert isinstance(needed, NeedsConsent)
    assert needed.lift
    seen = Consent(needed.outgoing.digest)
    assert isinstance(kept.go_on(needed.turn, Decision.SEND, seen)[-1], NeedsConsent)
    assert kept.sent == []


@pytest.mark.parametrize("text", [*FORTY.values(), "\ud83d"], ids=[*FORTY, "surrogate"])
def test_an_answer_from_afar_decides_as_little(house, text):
    """It is a source, too, as soon as the next question is asked."""
    asked = house("words", text)
    needed = asked.ask(picture("a.png"))[-1]
    assert isinstance(needed, NeedsConsent)
    end = asked.go_on(needed.turn, Decision.SEND, Consent(needed.outgoing.digest))[-1]
    assert isinstance(end, Answered)
    assert len(asked.sent) == 1
    conversation = asked.assistant._history.turn(needed.turn).conversation
    after = asked.ask(picture("b.png"), conversation=conversation)[-1]
    assert isinstance(after, NeedsConsent)
    assert after.outgoing.destination == needed.outgoing.destination
    assert len(asked.sent) == 1
    body = json.loads(after.outgoing.body)
    roles = [message["role"] for message in body["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert set(body) == set(json.loads(needed.outgoing.body))


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
