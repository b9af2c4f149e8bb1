"""Asking beyond this computer on the command line: shown first, sent once, never lost."""

from __future__ import annotations

import hashlib
import json

import pytest

from nearling.bench.loopback import loopback
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.writers import Price, Zone
from nearling.history.history import History
from nearling.settings.assets import assets
from nearling.settings.endpoints import Endpoints
from nearling.settings.paths import Paths
from scripted.endpoint import endpoint, head, saying

QUESTION = "Write to the shop that the apples were bad."
SAYS = ("Dear shop, ", "your apples ", "were bad.")


@pytest.fixture
def server():
    with loopback(SAYS) as running:
        yield running


def add(product, base_url, name="office"):
    model = RemoteModel("large", price=Price(1_000_000, 2_000_000))
    endpoints = Endpoints(Paths.find(product.environment).endpoints_file)
    endpoints.add(Endpoint(name, base_url, (model,), Zone.NETWORK))


def ask(product, *more):
    return product.run("ask", QUESTION, "--zone", "computer,network", *more)


def test_nothing_leaves_before_it_was_shown_and_agreed_to(product, receipt, server):
    add(product, server.base_url)
    needs = ask(product, "--picture", receipt)
    assert needs.code == 4
    assert needs.out == ""
    assert server.bodies == []
    for told in ("12.50 EUR", QUESTION, "Goes to: 127.0.0.1", "large", "Costs at the most"):
        assert told in needs.notes
    assert product.run("resume").code == 4
    assert server.bodies == []
    sent = product.run("resume", "--yes-send")
    assert (sent.code, sent.out) == (0, "".join(SAYS) + "\n")
    assert len(server.bodies) == 1
    assert "your question, the text of receipt.png was sent" in sent.notes


def test_the_bytes_received_are_the_bytes_shown(product, receipt, server):
    add(product, server.base_url)
    needs = ask(product, "--picture", receipt, "--hide", "apples", "--json")
    preview = needs.json["preview"]
    assert "apples" not in json.dumps(preview["body"]).casefold()
    sent = product.run("resume", needs.json["turn"], "--yes-send", "--json").json
    (body,) = server.bodies
    assert len(body) == preview["bytes"]
    shown = hashlib.sha256(preview["url"].encode() + b"\n" + body).hexdigest()
    assert shown == preview["digest"] == sent["preview"]["digest"]
    assert sent["answer"] == "".join(SAYS)
    assert sent["receipt"]["left"] == ["your question", "the text of receipt.png"]
    assert sent["receipt"]["price"] == 1 + 3 * 2


def test_pixels_leave_clean_and_without_what_was_read_in_them(product, receipt, server):
    add(product, server.base_url)
    place = "receipt.png:0,0,40,40"
    pixels = ("--picture", receipt, "--pixels", "receipt.png", "--mask", place)
    needs = ask(product, *pixels, "--yes-send", "--json")
    assert needs.code == 0
    content = json.loads(server.bodies[0])["messages"][-1]["content"]
    assert [part["type"] for part in content] == ["image_url", "text"]
    assert content[0]["image_url"]["url"].startswith("data:image/jpeg;base64,")
    assert b"12.50" not in server.bodies[0]


def test_what_is_marked_to_stay_is_not_sent_by_consent_alone(product, server):
    add(product, server.base_url)
    stays = ask(product, "--local-only", "--yes-send")
    assert stays.code == 3
    lifted = ask(product, "--local-only", "--lift", "--json")
    assert lifted.code == 4
    assert lifted.json["preview"]["marked"]
    assert product.run("resume", "--yes-send").code == 4
    assert server.bodies == []
    assert product.run("resume", "--yes-send", "--lift").code == 0


def test_the_same_is_not_sent_twice(product, server):
    add(product, server.base_url)
    ask(product, "--yes-send")
    again = ask(product, "--json")
    assert again.code == 0
    assert (again.json["answer"], again.json["receipt"]["again"]) == ("".join(SAYS), True)
    assert ask(product, "--afresh").code == 4
    assert len(server.bodies) == 1


def test_a_connection_that_is_cut_is_gone_on_with_here(product, receipt):
    with loopback(SAYS[:2], cut=True) as server:
        add(product, server.base_url)
        only = ("--zone", "network", "--yes-send", "--json")
        asked = product.run("ask", "What is the total?", "--picture", receipt, *only)
    assert asked.code == 1
    assert (asked.error["kind"], asked.error["partial"]) == ("truncated", "".join(SAYS[:2]))
    here = product.run("resume", asked.json["turn"], "--here", "--json")
    assert here.code == 0
    assert "12.50" in here.json["answer"]
    assert here.json["route"]["zone"] == "computer"
    with History(product.home / "history") as history:
        attempts = history.turn(asked.json["turn"]).attempts
        assert attempts[0].text == "".join(SAYS[:2])
        (connection,) = history.connections()
        assert (connection.outcome, connection.address) == ("truncated", "127.0.0.1")


def test_nobody_there_sends_nothing_and_says_so(product):
    with loopback(SAYS) as server:
        add(product, server.base_url)
    asked = ask(product, "--zone", "network", "--yes-send", "--json")
    assert asked.error["kind"] == "connect"
    with History(product.home / "history") as history:
        (attempt,) = history.turn(asked.json["turn"]).attempts
        assert attempt.receipt is not None
        assert attempt.receipt.left == ()


def test_only_the_computer_is_asked_unless_more_is_allowed(product, server):
    add(product, server.base_url)
    assert product.run("ask", QUESTION, "--yes-send").code == 3
    with History(product.home / "history") as history:
        assert history.connections() == ()


def test_a_recording_leaves_only_with_consent_and_each_time(product, tmp_path):
    script = saying(head(200, "application/json"), json.dumps({"text": "Good morning."}).encode())
    recording = tmp_path / "note.wav"
    recording.write_bytes((assets() / "demo" / "find_the_total.wav").read_bytes())
    with endpoint(script) as server:
        add(product, server.url)
        asked = product.run("transcribe", recording, "--model", "office/whisper")
        assert (asked.code, asked.out) == (4, "")
        assert "sound cannot be cleaned" in asked.notes
        assert server.asked == []
        sent = product.run("transcribe", recording, "--model", "office/whisper", "--yes-send")
        assert (sent.code, sent.out) == (0, "Good morning.\n")
        assert product.run("transcribe", recording, "--model", "office/whisper").code == 4
        (received,) = server.asked
    assert received.target == "/v1/audio/transcriptions"
    assert recording.read_bytes() in received.body
    assert b"note.wav" not in received.body
