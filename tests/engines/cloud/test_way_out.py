"""Where a request may go: the address that was really reached, protection, and proxies."""

from __future__ import annotations

import ast
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpcore2
import pytest

import nearling.engines.cloud
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, RemoteFailure, RemoteKind
from nearling.core.events import Written
from nearling.core.network import Purpose
from nearling.core.writers import Zone
from nearling.engines.cloud.egress import Egress, _foreign
from nearling.engines.cloud.line import Switch, WayOut
from nearling.engines.cloud.parcel import Parcel
from nearling.engines.cloud.patience import Patience
from scripted.endpoint import Stub, answers, endpoint, falling_silent, saying
from scripted.remotes import HANG, KEY, Client

ROOM = Path(nearling.engines.cloud.__file__).parent
PUBLIC = "198.41.0.4"
"""An address of the internet, given to a computer that is connected to nothing."""


@pytest.fixture
def protected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[socket.socket], socket.socket]:
    """Makes of a connection one with TLS, by a certificate for `localhost` that is trusted."""
    if shutil.which("openssl") is None:
        pytest.skip("makes its certificate with openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        shlex.split(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
            "-subj /CN=localhost -addext subjectAltName=DNS:localhost "
            "-keyout key.pem -out certificate.pem"
        ),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return lambda connection: context.wrap_socket(connection, server_side=True)


Wrap = Callable[[socket.socket], socket.socket]


def test_a_protected_connection(client: Client, protected: Wrap) -> None:
    with endpoint(answers(), wrap=protected) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        assert client.ask(stub).finished
    assert stub.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_certificate_that_nobody_trusts(
    client: Client, protected: Wrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with endpoint(answers(), wrap=protected) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        told = client.ask(stub)
    assert told.failure is not None
    assert told.reason is RemoteKind.CONNECT
    assert "certificate" in told.failure.sentence
    assert stub.asked == []


def test_a_certificate_for_somebody_else(client: Client, protected: Wrap) -> None:
    with endpoint(answers(), wrap=protected) as stub:
        stub.url = f"https://127.0.0.1:{stub.port}/v1"
        assert client.ask(stub).reason is RemoteKind.CONNECT
    assert stub.asked == []


def test_no_protection_where_it_was_promised(client: Client) -> None:
    def plain(connection: socket.socket) -> socket.socket:
        connection.sendall(b"HTTP/1.1 400 No TLS here\r\n\r\n")
        return connection

    with endpoint(answers(), wrap=plain) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        told = client.ask(stub)
    assert told.failure is not None
    assert told.reason is RemoteKind.CONNECT
    assert "protected" in told.failure.sentence


def test_a_handshake_has_a_limit(client: Client) -> None:
    client.limits = replace(client.limits, connect=0.3)
    with endpoint(answers()) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        told = client.ask(stub)
    assert told.reason is RemoteKind.CONNECT
    assert told.seconds < HANG


@pytest.mark.parametrize("speaks", [True, False], ids=["after the handshake", "in the handshake"])
def test_cancelling_ends_a_protected_connection(
    client: Client, protected: Wrap, speaks: bool
) -> None:
    client.limits = replace(client.limits, connect=60.0, first_token=60.0)
    cancellation = Cancellation()
    with endpoint(falling_silent(), wrap=protected if speaks else None) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        asking = threading.Thread(target=lambda: list(silenced(client.send(stub, cancellation))))
        asking.start()
        end = time.monotonic() + HANG
        while not (stub.asked if speaks else "127.0.0.1" in addresses(client)):
            assert time.monotonic() < end
            time.sleep(0.002)
        cancellation.cancel()
        asking.join(HANG)
        assert not asking.is_alive()
    assert client.ledger.outcomes == ["cancelled"]


def addresses(client: Client) -> set[str]:
    return {row.address for row in list(client.ledger.rows.values())}


def silenced(written: Iterator[Written]) -> Iterator[Written]:
    with suppress(Cancelled):
        yield from written


def test_certificates_that_cannot_be_read(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with endpoint(answers()) as stub:
        stub.url = f"https://localhost:{stub.port}/v1"
        assert client.ask(stub).reason is RemoteKind.CONNECT
    assert stub.connections == 0


def test_a_name_that_nobody_has(client: Client) -> None:
    stub = Stub(80, "http://nobody.invalid/v1")
    assert client.ask(stub).reason is RemoteKind.CONNECT


def test_one_s_own_network_is_asked_without_a_proxy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint(answers()) as proxy, endpoint(answers()) as stub:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert client.ask(stub).finished
        assert proxy.connections == 0


def test_a_proxy_to_the_cloud_sees_neither_key_nor_question(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.zone = Zone.CLOUD
    with endpoint(saying(b"HTTP/1.1 407 Who are you\r\n\r\n")) as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:pass@127.0.0.1:{proxy.port}")
        told = client.ask(Stub(443, "https://api.example.com/v1"))
    assert told.reason is RemoteKind.CONNECT
    (asked,) = proxy.asked
    assert (asked.method, asked.target, asked.body) == ("CONNECT", "api.example.com:443", b"")
    assert asked.headers["proxy-authorization"].startswith("Basic ")
    assert KEY not in str(asked.headers)


def test_through_a_proxy_everything_is_protected(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.zone = Zone.CLOUD
    with endpoint(answers()) as proxy:
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.port}")
        told = client.ask(Stub(80, "http://api.example.com/v1"))
    assert told.reason is RemoteKind.FORBIDDEN
    assert proxy.asked == []


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://proxy:port", "http://"])
def test_a_proxy_that_cannot_be_used_is_not_gone_around(
    client: Client, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    client.zone = Zone.CLOUD
    monkeypatch.setenv("all_proxy", proxy)
    assert client.ask(Stub(443, "https://api.example.com/v1")).reason is RemoteKind.CONNECT
    assert client.ledger.rows == {}


FAR = """
import sys
sys.path.insert(0, {tests!r})
from scripted.endpoint import answers, endpoint
from scripted.remotes import Client
from nearling.core.writers import Zone

with endpoint(answers(), host={address!r}) as stub:
    client = Client(zone=Zone({zone!r}))
    told = client.ask(stub)
    (row,) = client.ledger.rows.values()
    print(told.reason, len(stub.asked), row.address, row.sent, row.outcome)
    print(told.failure.sentence)
"""


@pytest.mark.parametrize(
    ("zone", "said"), [("network", "is not in your own network"), ("cloud", "could read along")]
)
def test_an_address_of_the_internet_gets_nothing_that_it_may_not_have(zone: str, said: str) -> None:
    program = FAR.format(tests=str(Path(__file__).parents[2]), address=PUBLIC, zone=zone)
    alone = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c"]
    up = f"ip link set lo up && ip addr add {PUBLIC}/32 dev lo"
    if subprocess.run([*alone, up], capture_output=True, check=False).returncode:
        pytest.skip("a computer connected to nothing cannot be made here")
    ended = subprocess.run(
        [*alone, f'{up} && exec "$0" -c "$1"', sys.executable, program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    figures, sentence = ended.stdout.splitlines()
    assert figures == f"forbidden 0 {PUBLIC} 0 forbidden"
    assert said in sentence


def test_nobody_but_the_endpoint_is_sent_anything(client: Client) -> None:
    with endpoint(answers()) as stub, endpoint(answers()) as other:
        egress = Egress(client.endpoint(stub), client.ledger)
        parcel = Parcel(Purpose.TEST, f"{other.url}/models")
        patience = Patience("mine", client.limits)
        with (
            pytest.raises(RemoteFailure, match="does not allow"),
            egress.opened(parcel, "", patience, Cancellation()),
        ):
            pytest.fail("it was opened")
        assert (stub.connections, other.connections) == (0, 0)


def imports(module: str) -> set[str]:
    """The files of the room that import it."""
    found = set()
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == module for name in names):
                found.add(file.name)
    return found


def test_there_is_one_way_out() -> None:
    assert imports("httpcore2") == {"egress.py", "line.py", "proxies.py", "trust.py"}
    assert imports("socket") == {"line.py"}
    assert imports("http") == imports("httpx2") == imports("asyncio") == set()
    asked = {file.name for file in ROOM.glob("*.py") if "egress import" in file.read_text()}
    assert asked == {"client.py"}
    lines = {file.name for file in ROOM.glob("*.py") if "line import" in file.read_text()}
    assert lines == {"egress.py"}


def test_every_failure_of_the_library_becomes_one_of_ours(client: Client) -> None:
    patience = Patience("mine", client.limits)
    way = WayOut(str.isprintable, Switch(), patience, Cancellation())
    failures = [
        each
        for each in vars(httpcore2).values()
        if isinstance(each, type) and issubclass(each, Exception)
    ]
    assert len(failures) > 10
    for each in failures:
        with pytest.raises(RemoteFailure) as raised, _foreign(way):
            raise each(KEY)
        assert KEY not in f"{raised.value.sentence} {raised.value.remedy}"


NOTHING = """
import sys
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.relays import relays
from nearling.engines.cloud.remote import Remote
from nearling.core.endpoints import Endpoint
from nearling.core.writers import Zone
remote = Remote(Endpoint("mine", "http://localhost/v1", (), Zone.NETWORK), str, None, Breakers())
print(*sorted(name.partition(".")[0] for name in sys.modules))
"""


def test_nothing_of_a_network_is_loaded_before_one_is_reached_for() -> None:
    run = [sys.executable, "-c", NOTHING]
    loaded = set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())
    assert loaded.isdisjoint({"httpcore2", "httpx2", "h11", "truststore", "ssl", "socket"})
