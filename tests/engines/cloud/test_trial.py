"""What is told of an endpoint that somebody tries out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, KeyFailure, RemoteKind
from nearling.core.network import Purpose
from nearling.core.writers import Zone
from scripted.endpoint import (
    DONE,
    Asked,
    Caller,
    Script,
    Stub,
    answers,
    delta,
    endpoint,
    event,
    falling_silent,
    finish,
    head,
    refusing,
    saying,
    streaming,
)
from scripted.remotes import KEY, QUICK, Client

if TYPE_CHECKING:
    from nearling.core.tested import Tested

MODELS = saying(head(200, "application/json"), b'{"data":[{"id":"m"},{"id":"other"}]}')
PAGE = saying(head(200, "text/html"), b"<html>Welcome</html>")


def tried(client: Client, stub: Stub, model: str = "m") -> Tested:
    return client.remote(stub).test(model, Cancellation())


def by_path(**scripts: Script) -> Callable[[Caller, Asked], None]:
    """`chat`, `models`, `v1` for what is deeper, and 404 for all others."""

    def script(caller: Caller, asked: Asked) -> None:
        path = asked.target
        name = "v1" if "/v1/" in path else "models" if path.endswith("/models") else "chat"
        scripts.get(name, refusing(404))(caller, asked)

    return script


def test_a_good_endpoint(client: Client) -> None:
    with endpoint(answers()) as stub:
        found = tried(client, stub)
    assert found.ok
    assert (found.address, found.zone, found.remedy) == ("127.0.0.1", Zone.NETWORK, "")
    assert "Reply with: ok" in found.sentence
    (asked,) = stub.asked
    assert asked.json == {
        "model": "m",
        "messages": [{"role": "user", "content": "Reply with: ok"}],
        "stream": True,
        "max_tokens": 8,
    }
    (row,) = client.ledger.rows.values()
    assert (row.purpose, row.outcome, row.turn) == (Purpose.TEST, "done", "")


def test_a_model_that_thinks_first_is_good_too(client: Client) -> None:
    thought = event({"choices": [{"delta": {"reasoning_content": "Hm"}}]})
    with endpoint(streaming(thought, finish("length"), DONE)) as stub:
        assert tried(client, stub).ok


def test_one_that_wants_its_parameter_named_otherwise_is_good_too(client: Client) -> None:
    refused = refusing(400, {"error": {"message": "'max_tokens' is not supported"}})
    with endpoint(refused, answers()) as stub:
        assert tried(client, stub).ok
    assert stub.asked[-1].json["max_completion_tokens"] == 8


def test_a_good_trial_opens_what_was_closed(client: Client) -> None:
    with endpoint(refusing(401), answers()) as stub:
        client.ask(stub)
        assert client.breakers.reason(client.endpoint(stub))
        assert tried(client, stub).ok
        assert client.breakers.reason(client.endpoint(stub)) is None


@pytest.mark.parametrize(
    ("model", "headers"), [("m:cloud", []), ("m", ["X-LiteLLM-Version: 1.2.3"])]
)
def test_a_server_that_passes_questions_on_counts_as_the_cloud(
    client: Client, model: str, headers: list[str]
) -> None:
    script = saying(head(200, "text/event-stream", *headers), delta("ok"), finish())
    with endpoint(script) as stub:
        found = tried(client, stub, model)
    assert (found.ok, found.zone) == (True, Zone.CLOUD)
    assert "passes questions on" in found.sentence


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (refusing(401), "does not accept the key"),
        (by_path(chat=refusing(404), models=MODELS), "has no model"),
        (by_path(chat=PAGE), "there is a web page"),
        (by_path(), "not as it should"),
        (by_path(v1=MODELS), "not complete"),
        (by_path(chat=PAGE, v1=MODELS), "not complete"),
        (by_path(chat=saying(b"HTTP/1.1 302 Sign in\r\n\r\n")), "points to another address"),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "no answer of a language model"),
        (falling_silent(), "did not begin to answer"),
        (saying(), "broke before"),
    ],
)
def test_what_is_amiss_is_told_in_words(client: Client, script: Script, said: str) -> None:
    if "begin" in said:
        client.limits = QUICK
    with endpoint(script) as stub:
        stub.url = stub.url.removesuffix("/v1")
        found = tried(client, stub, "another")
    assert not found.ok
    assert said in found.sentence
    assert found.remedy
    assert (found.address, found.zone) == ("127.0.0.1", Zone.NETWORK)
    assert KEY not in found.sentence + found.remedy
    assert client.breakers.reason(client.endpoint(stub)) is None


def test_what_else_there_is_stands_in_the_remedy(client: Client) -> None:
    with endpoint(by_path(chat=refusing(404), models=MODELS)) as stub:
        stub.url = stub.url.removesuffix("/v1")
        assert "m, other" in tried(client, stub, "another").remedy
    with endpoint(by_path(v1=MODELS)) as stub:
        stub.url = stub.url.removesuffix("/v1")
        assert f"{stub.url}/v1" in tried(client, stub).remedy


def test_nobody_there(client: Client) -> None:
    with endpoint(answers()) as stub:
        pass
    found = tried(client, stub)
    assert "Nothing listens" in found.sentence
    assert found.address == ""


def test_a_key_that_cannot_be_fetched(client: Client) -> None:
    def locked() -> str:
        raise KeyFailure("The keyring is locked.", "Unlock it.")

    client.key = locked
    with endpoint(answers()) as stub:
        found = tried(client, stub)
    assert (found.ok, found.sentence, found.remedy) == (
        False,
        "The keyring is locked.",
        "Unlock it.",
    )


def test_a_trial_can_be_cancelled(client: Client) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with endpoint(answers()) as stub, pytest.raises(Cancelled):
        client.remote(stub).test("m", cancellation)


def test_a_trial_says_which_kind_of_failure_without_trying_again(client: Client) -> None:
    with endpoint(refusing(503)) as stub:
        found = tried(client, stub)
    assert "too much to do" in found.sentence
    assert client.ledger.outcomes == [RemoteKind.OVERLOADED]
