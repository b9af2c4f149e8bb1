"""How a connection is begun: where it can be had at once, on the thread that asks."""

from __future__ import annotations

import socket

import pytest

from nearling.core.errors import RemoteKind
from nearling.engines.cloud import line
from scripted.endpoint import Stub, answers, endpoint
from scripted.remotes import Client


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that were left to another thread."""
    hosts = []

    class Noted(line._Dialling):
        def _dial(self, host: str, port: int) -> None:
            hosts.append(host)
            super()._dial(host, port)

    monkeypatch.setattr(line, "_Dialling", Noted)
    return hosts


def test_an_address_near_by_needs_no_other_thread(client: Client, dialled: list[str]) -> None:
    with endpoint(answers()) as stub:
        assert client.ask(stub).finished
    assert dialled == []


def test_a_name_is_looked_up_where_one_can_be_interrupted(
    client: Client, dialled: list[str]
) -> None:
    with endpoint(answers()) as stub:
        stub.url = f"http://localhost:{stub.port}/v1"
        assert client.ask(stub).finished
    assert dialled == ["localhost"]


def test_who_is_not_there_is_told_at_once(client: Client, dialled: list[str]) -> None:
    with socket.socket() as held:  # nobody else is given its port, and nobody listens there
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        told = client.ask(Stub(port, f"http://127.0.0.1:{port}/v1"))
    assert told.failure is not None
    assert told.failure.sentence == "Nothing listens at the address of “mine”."
    assert (told.reason, dialled) == (RemoteKind.CONNECT, [])
