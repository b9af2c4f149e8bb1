"""What an endpoint offers, what it hears in a recording, and whether it only passes on."""

from __future__ import annotations

import json
from email import message_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import RemoteModel
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.media import Medium
from nearling.core.network import Purpose
from nearling.core.writers import Price
from nearling.engines.cloud.model_list import models_of
from nearling.engines.cloud.relays import relays
from scripted.endpoint import answers, endpoint, head, refusing, saying
from scripted.remotes import KEY, Client

ROUTER = {
    "id": "some/model",
    "context_length": 131072,
    "architecture": {"input_modalities": ["text", "image"]},
    "pricing": {"prompt": "0.00000015", "completion": "0.0000006"},
}


def told(value: object) -> bytes:
    return json.dumps(value).encode()


def test_models_with_what_is_told_of_them() -> None:
    rows = [
        ROUTER,
        {"id": "plain"},
        {"id": "plain"},
        {"id": "vllm", "max_model_len": 4096, "pricing": {"prompt": "-1", "completion": "-1"}},
        {"id": "odd", "context_length": "x", "pricing": {"prompt": "NaN", "completion": []}},
        {"id": "line\nbreak"},
        {"id": 7},
        "none",
    ]
    sees = frozenset({Medium.TEXT, Medium.PICTURE})
    assert models_of(told({"data": rows}), "mine") == (
        RemoteModel("some/model", sees, 131072, Price(150_000, 600_000)),
        RemoteModel("plain"),
        RemoteModel("vllm", context_length=4096),
        RemoteModel("odd"),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", *ROUTER, "prompt", "completion"]), inner)
    ),
    max_leaves=10,
)


@settings(max_examples=50)
@given(JSON)
def test_no_list_brings_it_down(value: object) -> None:
    try:
        models = models_of(told(value), "mine")
    except RemoteFailure as failure:
        kind = failure.reason
    else:
        kind = RemoteKind.PROTOCOL
        assert all(isinstance(model, RemoteModel) for model in models)
    assert kind is RemoteKind.PROTOCOL


def test_models_are_asked_for(client: Client) -> None:
    client.changes = {"query": {"api-version": "1"}}
    page = saying(head(200, "application/json"), told({"data": [ROUTER]}))
    with endpoint(refusing(503), page) as stub:
        (model,) = client.remote(stub).models(Cancellation())
    assert model.id == "some/model"
    asked = stub.asked[-1]
    assert (asked.method, asked.target) == ("GET", "/v1/models?api-version=1")
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert {row.purpose for row in client.ledger.rows.values()} == {Purpose.MODELS}


@pytest.mark.parametrize("body", [b"", b"<html>", b"7", b'{"data": 7}', b'{"data":[', b"[" * 99999])
def test_what_is_no_list_is_told(client: Client, body: bytes) -> None:
    page = saying(head(200, "application/json"), body)
    with endpoint(page) as stub, pytest.raises(RemoteFailure) as raised:
        client.remote(stub).models(Cancellation())
    assert raised.value.reason is RemoteKind.PROTOCOL


def test_a_recording_is_sent_without_its_name(client: Client) -> None:
    recording = bytes(range(256)) * 1000
    page = saying(head(200, "application/json"), told({"text": " Hello there. "}))
    with endpoint(page) as stub:
        remote = client.remote(stub)
        text = remote.transcribe(recording, "My doctor.MP3", "whisper-1", "de", Cancellation())
    assert text == "Hello there."
    (asked,) = stub.asked
    assert asked.target == "/v1/audio/transcriptions"
    kind = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(kind + asked.body).get_payload()
    found = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in parts
    }
    assert found == {
        "model": b"whisper-1",
        "response_format": b"json",
        "language": b"de",
        "file": recording,
    }
    assert parts[-1].get_filename() == "recording.mp3"
    (row,) = client.ledger.rows.values()
    assert (row.purpose, row.sent) == (Purpose.TRANSCRIBE, len(asked.body))


@pytest.mark.parametrize("body", [b"Hello", b'{"text": 7}', b"[]"])
def test_what_is_no_transcript_is_told(client: Client, body: bytes) -> None:
    page = saying(head(200, "application/json"), body)
    with endpoint(page) as stub, pytest.raises(RemoteFailure) as raised:
        client.remote(stub).transcribe(b"", "a", "m", "", Cancellation())
    assert raised.value.reason is RemoteKind.PROTOCOL


def test_an_endpoint_that_is_left_alone_gets_no_recording(client: Client) -> None:
    with endpoint(refusing(401), answers()) as stub:
        client.ask(stub)
        with pytest.raises(RemoteFailure) as raised:
            client.remote(stub).transcribe(b"", "a.wav", "m", "", Cancellation())
    assert raised.value.reason is RemoteKind.AUTH
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    ("model", "headers", "passed_on"),
    [
        ("gpt-oss:120b-cloud", {}, True),
        ("minimax-m2:cloud", {}, True),
        ("MODEL:Cloud", {}, True),
        ("llama3.2:3b", {}, False),
        ("cloud", {}, True),
        ("cloudy:7b", {}, False),
        ("m", {"server": "uvicorn", "X-LiteLLM-Call-Id": "1"}, True),
        ("m", {"server": "uvicorn"}, False),
    ],
)
def test_who_only_passes_on_is_recognised(
    model: str, headers: dict[str, str], passed_on: bool
) -> None:
    assert relays(model, headers) is passed_on
