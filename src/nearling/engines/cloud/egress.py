"""The one way out: every byte that this room sends to a network, or takes from one, passes here.

A row in the ledger comes before the connection; then the address that was really connected is
looked at; and then what a Parcel holds is sent, to the endpoint itself, with its own key, and
nothing else.
"""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpcore2

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Dialect, Endpoint
from nearling.core.errors import NearlingError, RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.core.network import Connection, Ledger
from nearling.core.writers import Zone
from nearling.engines.cloud.decoding import unpacked
from nearling.engines.cloud.failures import failure
from nearling.engines.cloud.line import Switch, WayOut
from nearling.engines.cloud.parcel import Parcel
from nearling.engines.cloud.patience import Patience
from nearling.engines.cloud.proxies import proxy_to
from nearling.engines.cloud.trust import trusted
from nearling.settings.addresses import is_near, origin

_PIECE = 1 << 16
_KEYS = {"api-key", "authorization", "cookie", "proxy-authorization"}
_ROUTES = {"connection", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"}
_FORMS = {"accept", "accept-encoding", "content-encoding", "content-length", "content-type"}
_OURS = frozenset({"user-agent", *_KEYS, *_ROUTES, *_FORMS})
"""Headers that nobody else sets."""


class Answer:
    """What a server says, while it says it."""

    def __init__(self, response: httpcore2.Response, pieces: Iterator[bytes], way: WayOut) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = {
            header.decode("latin-1").lower(): value.decode("latin-1")
            for header, value in response.headers
        }
        """Names in small letters; of several with one name, the last."""
        encoding = self.headers.get("content-encoding", "")
        self.pieces = _timely(unpacked(pieces, encoding, way.patience.name), way)
        """Of its body; each raises Cancelled or RemoteFailure."""

    def beginning(self, most: int) -> bytes:
        """Of its body, as far as that comes."""
        taken = bytearray()
        with suppress(RemoteFailure):
            for piece in self.pieces:
                taken += piece
                if len(taken) >= most:
                    break
        return bytes(taken[:most])


class Egress:
    def __init__(self, endpoint: Endpoint, ledger: Ledger) -> None:
        self._endpoint = endpoint
        self._ledger = ledger

    @contextmanager
    def opened(
        self, parcel: Parcel, key: str, patience: Patience, cancellation: Cancellation
    ) -> Iterator[Answer]:
        """One try. Raises RemoteFailure, StorageFailure or Cancelled."""
        cancellation.check()
        if origin(parcel.url) != origin(self._endpoint.base_url):
            raise failure(RemoteKind.FORBIDDEN, self._endpoint.name)
        headers = self._headers(parcel, key)
        trip = _Trip(self._endpoint, parcel, self._ledger)
        proxy = proxy_to(parcel.url, self._endpoint)
        trip.begins(proxied=proxy is not None)
        switch = Switch()
        way = WayOut(trip.arrived, switch, patience, cancellation)
        outcome = "failed"
        try:
            with (
                _foreign(way),
                cancellation.telling(switch.cut),
                self._pool(way, proxy) as pool,
                pool.stream(
                    "GET" if parcel.body is None else "POST",
                    parcel.url,
                    headers=headers,
                    content=None if parcel.body is None else trip.sending(parcel.body),
                ) as response,
            ):
                yield Answer(response, trip.receiving(response, way), way)
            outcome = "done"
        except NearlingError as error:
            outcome = error.kind
            raise
        except GeneratorExit:
            outcome = "cancelled"
            raise
        finally:
            switch.release()
            trip.ended(outcome)

    def _headers(self, parcel: Parcel, key: str) -> list[tuple[bytes, bytes]]:
        headers = {
            "Accept": "text/event-stream, application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": "Nearling",
        }
        if parcel.body is not None:
            headers |= {"Content-Type": parcel.kind, "Content-Length": str(len(parcel.body))}
        if key:
            headers |= self._authorisation(key.strip())
        headers |= {
            header: value
            for header, value in self._endpoint.headers.items()
            if header.strip().lower() not in _OURS
        }
        return [(header.encode(), value.encode()) for header, value in headers.items()]

    def _authorisation(self, key: str) -> dict[str, str]:
        if not (key.isascii() and key.isprintable()):
            raise failure(RemoteKind.AUTH, self._endpoint.name)
        if self._endpoint.dialect is Dialect.AZURE:
            return {"api-key": key}
        return {"Authorization": f"Bearer {key}"}

    def _pool(self, way: WayOut, proxy: httpcore2.Proxy | None) -> httpcore2.ConnectionPool:
        tls = self._trusted() if self._endpoint.base_url.startswith("https:") else None
        return httpcore2.ConnectionPool(ssl_context=tls, proxy=proxy, network_backend=way)

    def _trusted(self) -> ssl.SSLContext:
        try:
            return trusted()
        except OSError:
            sentence = _("The certificates that this computer trusts cannot be read.")
            remedy = _("Look at what the environment variable SSL_CERT_FILE names.")
            name = self._endpoint.name
            raise failure(RemoteKind.CONNECT, name, sentence, remedy) from None


class _Trip:
    """The account of one try, kept while it is made."""

    def __init__(self, endpoint: Endpoint, parcel: Parcel, ledger: Ledger) -> None:
        parts = urlsplit(parcel.url)
        self._ledger = ledger
        self._encrypted = parts.scheme == "https"
        self._connection = Connection(
            uuid.uuid4().hex,
            datetime.now(UTC),
            endpoint.name,
            parts.hostname or "",
            parts.port or (443 if self._encrypted else 80),
            endpoint.zone,
            parcel.purpose,
            parcel.turn,
        )
        self._proxied = False
        self._address = ""
        self._sent = 0
        self._received = 0

    def begins(self, *, proxied: bool) -> None:
        self._proxied = proxied
        self._ledger.connecting(self._connection)

    def arrived(self, address: str) -> None:
        """Raises RemoteFailure where nothing may be sent to `address`."""
        self._address = address
        self.ended("")
        name = self._connection.endpoint
        near = is_near(address)
        if self._connection.zone is Zone.NETWORK and not near:
            raise failure(
                RemoteKind.FORBIDDEN,
                name,
                _("“{name}” is not in your own network: it is at {address}.").format(
                    name=name, address=address
                ),
                _("Nothing was sent. If this is meant, add it anew as an endpoint in the cloud."),
            )
        if not self._encrypted and (self._proxied or not near):
            raise failure(
                RemoteKind.FORBIDDEN,
                name,
                _("Everybody on the way to “{name}” could read along.").format(name=name),
                _("Nothing was sent. Give it an address that begins with https."),
            )

    def sending(self, body: bytes) -> Iterator[bytes]:
        for at in range(0, len(body), _PIECE):
            piece = body[at : at + _PIECE]
            yield piece
            self._sent += len(piece)

    def receiving(self, response: httpcore2.Response, way: WayOut) -> Iterator[bytes]:
        with _foreign(way):
            for piece in response.iter_stream():
                self._received += len(piece)
                yield piece

    def ended(self, outcome: str) -> None:
        self._ledger.connected(
            self._connection.id,
            address=self._address,
            sent=self._sent,
            received=self._received,
            outcome=outcome,
        )


def _timely(pieces: Iterator[bytes], way: WayOut) -> Iterator[bytes]:
    """Much can be packed into a piece that is read once."""
    for piece in pieces:
        way.cancellation.check()
        way.patience.left()
        yield piece


@contextmanager
def _foreign(way: WayOut) -> Iterator[None]:
    """Failures of the library become ours, without its words: they may repeat the server's."""
    name = way.patience.name
    try:
        yield
    except httpcore2.RemoteProtocolError:
        way.cancellation.check()
        reason = RemoteKind.TRUNCATED if way.ended else RemoteKind.PROTOCOL
        raise failure(reason, name) from None
    except (httpcore2.LocalProtocolError, httpcore2.UnsupportedProtocol, UnicodeError):
        sentence = _("What is set for “{name}” cannot be sent: its address or one of its headers.")
        raise failure(
            RemoteKind.BAD_REQUEST,
            name,
            sentence.format(name=name),
            _("Correct it in the settings of the endpoint."),
        ) from None
    except httpcore2.ProxyError:
        way.cancellation.check()
        sentence = _("The proxy does not let Nearling through to “{name}”.").format(name=name)
        raise failure(RemoteKind.CONNECT, name, sentence) from None
    except httpcore2.TimeoutException:
        raise way.patience.over() from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ConnectionNotAvailable):
        way.cancellation.check()
        raise failure(RemoteKind.TRUNCATED, name) from None
