"""What is sent to an endpoint, how often, and how it is stopped."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import psutil
import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Dialect
from nearling.core.errors import (
    Cancelled,
    KeyFailure,
    NearlingError,
    RemoteFailure,
    RemoteKind,
    StorageFailure,
    TimedOut,
)
from nearling.core.events import Delta, Finished
from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone
from nearling.engines.cloud.patience import USUAL
from scripted.endpoint import (
    Asked,
    Caller,
    Script,
    Stub,
    answers,
    delta,
    endpoint,
    falling_silent,
    finish,
    head,
    refusing,
    saying,
    streaming,
)
from scripted.remotes import BODY, HANG, KEY, Client


def test_what_was_let_leave_arrives_and_nothing_else(client: Client) -> None:
    with endpoint(answers(("Hello", " there."))) as stub:
        written = list(client.send(stub))
    assert written == [Delta("Hello"), Delta(" there."), Finished(7, 2)]
    (asked,) = stub.asked
    assert (asked.method, asked.target) == ("POST", "/v1/chat/completions")
    assert asked.body == BODY
    assert asked.headers == {
        "host": f"127.0.0.1:{stub.port}",
        "accept": "text/event-stream, application/json",
        "accept-encoding": "identity",
        "connection": "close",
        "user-agent": "Nearling",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "authorization": f"Bearer {KEY}",
    }


def test_every_connection_is_accounted_for(client: Client) -> None:
    with endpoint(refusing(503, {"no": 1}), answers()) as stub:
        client.ask(stub)
    first, second = client.ledger.rows.values()
    assert (first.outcome, first.sent, first.received) == ("overloaded", len(BODY), 9)
    assert (second.outcome, second.sent) == ("done", len(BODY))
    assert second.received > 100
    for row in (first, second):
        assert (row.endpoint, row.host, row.port) == ("mine", "127.0.0.1", stub.port)
        assert (row.zone, row.purpose) == (Zone.NETWORK, Purpose.ANSWER)
        assert (row.turn, row.address) == ("turn", "127.0.0.1")


def test_without_an_account_nothing_is_connected(client: Client) -> None:
    def full(connection: Connection) -> None:
        raise StorageFailure("The disk is full.", "Make room.")

    client.ledger.connecting = full  # type: ignore[method-assign]
    with endpoint(answers()) as stub, pytest.raises(StorageFailure):
        list(client.send(stub))
    assert stub.connections == 0


def test_what_was_not_allowed_is_not_sent(client: Client) -> None:
    with endpoint(answers()) as stub:
        remote, right = client.remote(stub), client.outgoing(stub)
        there = right.destination
        for outgoing, consent in (
            (right, "another digest"),
            (right, client.outgoing(stub, b"{}").digest),
            (replace(right, body=b"{}"), right.digest),
            *(
                (wrong, wrong.digest)
                for wrong in (
                    replace(right, destination=replace(there, endpoint="yours")),
                    replace(right, destination=replace(there, zone=Zone.COMPUTER)),
                    replace(right, destination=replace(there, url="http://127.0.0.1:9/v1")),
                    replace(right, destination=replace(there, url="http://127.0.0.1@example.org/")),
                )
            ),
        ):
            with pytest.raises(RemoteFailure) as raised:
                list(remote.send(outgoing, consent, "turn", Cancellation()))
            assert raised.value.reason is RemoteKind.FORBIDDEN
        assert stub.connections == 0
        assert client.ledger.rows == {}
        assert client.breakers.reason(client.endpoint(stub)) is None


@pytest.mark.parametrize(
    ("dialect", "key", "sent"),
    [
        (Dialect.OPENAI, f" {KEY}\n", {"authorization": f"Bearer {KEY}"}),
        (Dialect.AZURE, KEY, {"api-key": KEY}),
        (Dialect.OPENAI, "", {}),
    ],
)
def test_the_key_goes_where_its_dialect_wants_it(
    client: Client, dialect: Dialect, key: str, sent: dict[str, str]
) -> None:
    client.changes, client.key = {"dialect": dialect}, lambda: key
    with endpoint(answers()) as stub:
        assert client.ask(stub).finished
    headers = stub.asked[0].headers
    assert {name: headers[name] for name in ("authorization", "api-key") if name in headers} == sent


@pytest.mark.parametrize("key", ["sk-a\r\nX-Evil: 1", "sk-ü", "sk\x00"])
def test_a_key_that_is_none_is_neither_sent_nor_shown(client: Client, key: str) -> None:
    client.key = lambda: key
    with endpoint(answers()) as stub:
        told = client.ask(stub)
    assert told.failure is not None
    assert told.reason is RemoteKind.AUTH
    assert key not in f"{told.failure.sentence} {told.failure.remedy}"
    assert stub.connections == 0


def test_a_key_that_cannot_be_fetched_is_told_as_that(client: Client) -> None:
    def locked() -> str:
        raise KeyFailure("The keyring is locked.", "Unlock it.")

    client.key = locked
    with endpoint(answers()) as stub, pytest.raises(KeyFailure):
        client.ask(stub)
    assert stub.connections == 0


def test_headers_of_ones_own_are_sent_but_for_ours(client: Client) -> None:
    own = {
        "X-Title": "Nearling",
        "AUTHORIZATION": "Bearer other",
        "host": "example.org",
        " Content-Length ": "1",
        "Transfer-Encoding": "chunked",
    }
    client.changes = {"headers": own}
    with endpoint(answers()) as stub:
        assert client.ask(stub).finished
    headers = stub.asked[0].headers
    assert headers["x-title"] == "Nearling"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["host"] == f"127.0.0.1:{stub.port}"
    assert headers["content-length"] == str(len(BODY))
    assert "transfer-encoding" not in headers


@pytest.mark.parametrize("own", [{"X": "a\r\nY: b"}, {"X Y": "z"}, {"": "z"}])
def test_a_header_that_cannot_be_sent_is_told(client: Client, own: dict[str, str]) -> None:
    client.changes = {"headers": own}
    with endpoint(answers()) as stub:
        assert client.ask(stub).reason is RemoteKind.BAD_REQUEST
        assert stub.asked == []


def parameter(name: str) -> Script:
    return refusing(400, {"error": {"message": f"Unsupported parameter: '{name}'", "param": name}})


def test_a_technical_parameter_that_is_refused_is_left_out_and_that_is_remembered(
    client: Client,
) -> None:
    with endpoint(parameter("stream_options"), parameter("max_tokens"), answers()) as stub:
        assert client.ask(stub).finished
        assert client.ask(stub).finished
    whole = json.loads(BODY)
    without = {name: value for name, value in whole.items() if name != "stream_options"}
    named = {name: value for name, value in without.items() if name != "max_tokens"}
    named["max_completion_tokens"] = 9
    assert [asked.json for asked in stub.asked] == [whole, without, named, named]


def test_a_parameter_is_left_out_only_once(client: Client) -> None:
    with endpoint(parameter("stream_options")) as stub:
        assert client.ask(stub).reason is RemoteKind.BAD_REQUEST
    assert len(stub.asked) == 2


def test_what_passes_is_tried_again(client: Client) -> None:
    with endpoint(refusing(503), saying(), answers(["Yes."])) as stub:
        told = client.ask(stub)
    assert (told.text, told.failure) == ("Yes.", None)
    assert client.ledger.outcomes == ["overloaded", "truncated", "done"]


def test_it_waits_as_long_as_the_server_wants(client: Client) -> None:
    with endpoint(refusing(429, None, "Retry-After-Ms: 300"), answers()) as stub:
        told = client.ask(stub)
    assert told.finished
    assert told.seconds >= 0.3


def test_nothing_is_tried_again_once_a_word_was_shown(client: Client) -> None:
    with endpoint(streaming(delta("Hel")), answers()) as stub:
        told = client.ask(stub)
    assert (told.text, told.reason) == ("Hel", RemoteKind.TRUNCATED)
    assert len(stub.asked) == 1


def test_one_deadline_is_over_all_tries(client: Client) -> None:
    client.limits = replace(client.limits, pause=1.2, total=3.0)
    with endpoint(refusing(503)) as stub:
        told = client.ask(stub)
    # 1.2 s and 2.4 s of waiting would not fit into 3 s.
    assert told.reason is RemoteKind.OVERLOADED
    assert len(stub.asked) == 2
    assert told.seconds < HANG


def dribbling_headers(caller: Caller, asked: Asked) -> None:
    caller.say(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        caller.say(b"x", every=0.02)


MOMENTS: dict[str, tuple[Script, int]] = {
    "before an answer": (falling_silent(), 0),
    "in slow headers": (dribbling_headers, 0),
    "before the first word": (falling_silent(head()), 0),
    "in the middle": (falling_silent(head(), delta("Hello")), 1),
    "after the last word": (falling_silent(head(), delta("Hello"), finish()), 1),
    "in an error": (falling_silent(head(500, "text/plain", "Content-Length: 9")), 0),
    "between two tries": (refusing(429, None, "Retry-After: 200"), 0),
}


@pytest.mark.parametrize(("script", "deltas"), MOMENTS.values(), ids=MOMENTS)
def test_cancelling_ends_it_at_once(client: Client, script: Script, deltas: int) -> None:
    client.limits = replace(USUAL, after=60.0)
    cancellation = Cancellation()
    ended = threading.Event()
    seen: list[object] = []

    with endpoint(script) as stub:

        def ask() -> None:
            try:
                seen.extend(client.send(stub, cancellation))
            except NearlingError as error:
                seen.append(error)
            ended.set()

        asking = threading.Thread(target=ask)
        asking.start()
        until(lambda: bool(stub.asked) and arrived(client))
        begun = time.monotonic()
        cancellation.cancel()
        assert ended.wait(HANG)
        # A limit would have ended it after 30 s at the soonest.
        assert time.monotonic() - begun < HANG
        asking.join()
    assert isinstance(seen[-1], Cancelled)
    assert client.ledger.outcomes[-1] in ("cancelled", "rate_limited")
    assert client.breakers.reason(client.endpoint(stub)) is None


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + HANG
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.002)


def arrived(client: Client) -> bool:
    return bool(client.ledger.rows)


def test_a_time_limit_of_the_person_is_told_as_that(client: Client) -> None:
    cancellation = Cancellation()
    client.limits = USUAL
    with endpoint(streaming(delta("Hello"), delta("!"), finish())) as stub:
        written = client.send(stub, cancellation)
        next(written)
        cancellation.cancel(TimedOut)
        with pytest.raises(TimedOut):
            list(written)
    assert client.ledger.outcomes == ["timeout"]


def test_who_does_not_listen_any_more_hangs_up(client: Client) -> None:
    client.limits = USUAL
    hung_up = threading.Event()

    def script(caller: Caller, asked: Asked) -> None:
        caller.say(head(), delta("Hello"))
        if caller.hung_up(HANG):
            hung_up.set()

    with endpoint(script) as stub:
        with closing(client.send(stub)) as written:  # type: ignore[type-var]
            assert next(written) == Delta("Hello")
        assert hung_up.wait(HANG)
    assert client.ledger.outcomes == ["cancelled"]


def test_who_is_cancelled_before_connects_to_nobody(client: Client) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with endpoint(answers()) as stub, pytest.raises(Cancelled):
        list(client.send(stub, cancellation))
    assert stub.connections == 0
    assert client.ledger.rows == {}


def test_nobody_there(client: Client) -> None:
    with endpoint(answers()) as stub:
        pass
    told = client.ask(stub)
    assert told.failure is not None
    assert told.failure.sentence == "Nothing listens at the address of “mine”."
    assert told.reason is RemoteKind.CONNECT
    assert client.ledger.outcomes == ["connect"]


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port where connections are neither taken nor refused."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            filling = stack.enter_context(socket.socket())
            filling.setblocking(False)
            filling.connect_ex(server.getsockname())
        yield server.getsockname()[1]


def test_connecting_has_a_limit_and_can_be_cancelled(client: Client, deaf: int) -> None:
    stub = Stub(deaf, f"http://127.0.0.1:{deaf}/v1")
    client.limits = replace(USUAL, connect=0.2)
    told = client.ask(stub)
    assert told.reason is RemoteKind.CONNECT
    assert told.seconds < HANG
    client.limits = USUAL
    cancellation = Cancellation()
    threading.Timer(0.05, cancellation.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        list(client.send(stub, cancellation))
    assert time.monotonic() - begun < HANG


def test_many_answers_leave_no_connection_open(client: Client) -> None:
    with endpoint(answers()) as stub:
        for _ in range(20):
            assert client.ask(stub).finished
        until(lambda: not connected(stub.port))


def connected(port: int) -> list[object]:
    """Our ends of connections to there."""
    everything = psutil.Process().net_connections("tcp")
    return [each for each in everything if each.raddr and each.raddr.port == port]
