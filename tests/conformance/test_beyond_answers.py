"""What the client wants of a server beside an answer: what it offers, whether it works, a text."""

from __future__ import annotations

import pytest

from conformance.asking import Server
from nearling.core.cancellation import Cancellation

pytestmark = pytest.mark.conformance
RECORDING = b"RIFF" + bytes(400)


def test_what_aimock_offers(aimock: Server) -> None:
    assert "gpt-4" in {model.id for model in aimock.remote().models(Cancellation())}


def test_what_litellm_offers(litellm: Server) -> None:
    models = litellm.remote().models(Cancellation())
    assert {"plain", "pictures", "hearing"} <= {model.id for model in models}


def test_aimock_writes_a_recording_down(aimock: Server) -> None:
    remote = aimock.remote()
    heard = remote.transcribe(RECORDING, "a.wav", "whisper-1", "en", Cancellation())
    assert heard == "What was said aloud."


def test_litellm_writes_a_recording_down(litellm: Server) -> None:
    remote = litellm.remote()
    heard = remote.transcribe(RECORDING, "a.wav", "hearing", "en", Cancellation())
    assert heard == "1 recording was heard."


def test_a_test_of_litellm(litellm: Server) -> None:
    tested = litellm.remote().test("plain", Cancellation())
    assert (tested.ok, tested.address) == (True, "127.0.0.1")


@pytest.mark.parametrize(
    ("model", "key"), [("plain", "sk-of-somebody-else"), ("of nobody", None)], ids=["key", "model"]
)
def test_a_test_that_fails_says_what_to_do(litellm: Server, model: str, key: str | None) -> None:
    tested = litellm.remote(key).test(model, Cancellation())
    assert not tested.ok
    assert tested.sentence
    assert tested.remedy
