"""Whatever stands in what a question is about: nothing leaves but what a person let leave."""

import json
from collections.abc import Callable, Iterator

import pytest

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Draft, Mode
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
from nearling.core.writers import Price, Zone
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedSender,
    ScriptedTranscriber,
    ScriptedWriter,
    beyond,
    candidate,
    documents,
    picture,
    recordings,
)
from scripted.hostile import FORTY, harmless, shape

EVERYWHERE = Rules(zones=frozenset(Zone))
HERE = Rules(zones=frozenset(Zone), mode=Mode.HERE)
LIFTING = Rules(zones=frozenset(Zone), lift=True)
hostile = pytest.mark.parametrize("text", FORTY.values(), ids=FORTY.keys())


class House:
    """An assistant to whom a picture and a recording say `text`; nobody here can answer."""

    def __init__(self, history: History, text: str, *says: str) -> None:
        self.senders = [
            ScriptedSender(*map(Delta, says or ("From afar.",)), Finished(7, 1)) for _ in range(2)
        ]
        candidates = [
            candidate("small", ScriptedWriter(Declined("Nothing here answers that.")), tier=1),
            beyond(self.senders[0], "cloud"),
            # Dearer, so that it is never the one that is asked.
            beyond(self.senders[1], "evil", price=Price(5_000_000, 5_000_000)),
        ]
        self.assistant = Assistant(
            history,
            ScriptedReader({"a.png": text.split("\n"), text: ("words",)}),
            "scripted",
            recordings(history, ScriptedTranscriber(text)),
            lambda: candidates,
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )

    @property
    def sent(self) -> list[Outgoing]:
        return [each for sender in self.senders for each in sender.sent]

    def ask(self, capture: Capture, rules: Rules = EVERYWHERE, **draft: object) -> list[Event]:
        asked = Draft("Why?", (capture,), **draft)
        return list(self.assistant.answer(asked, rules, Cancellation()))

    def go_on(self, turn: str, decision: Decision, consent: Consent | None = None) -> list[Event]:
        return list(self.assistant.resume(turn, decision, EVERYWHERE, Cancellation(), consent))


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
    here = kept.ask(picture("a.png"), HERE)[-1]
    marked = kept.ask(picture("a.png"), local_only=True)[-1]
    assert isinstance(here, CannotAnswer)
    assert isinstance(marked, CannotAnswer)
    needed = kept.ask(picture("a.png"), LIFTING, local_only=True)[-1]
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
