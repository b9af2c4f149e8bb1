"""One connection to a server: looked at before it is used, timed, and cut when one has enough."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread
from typing import Any

import httpcore2

from nearling.core.cancellation import Cancellation
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.engines.cloud.failures import failure
from nearling.engines.cloud.patience import Patience
from nearling.settings.addresses import is_near

_AT_ONCE_SECONDS = 0.05
"""What is near connects within that, or is waited for where one can be interrupted."""


class Switch:
    """Ends whatever goes over its socket, from any thread.

    It holds a second handle of the socket: shutting that down wakes who reads, also inside of TLS,
    and no number of a file can be taken for another one meanwhile.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._handle: socket.socket | None = None
        self._cut = False

    def hold(self, connected: socket.socket) -> None:
        with self._lock:
            self._handle = connected.dup()
            if self._cut:
                self._shut()

    def cut(self) -> None:
        with self._lock:
            self._cut = True
            self._shut()

    def release(self) -> None:
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None

    def _shut(self) -> None:
        if self._handle is not None:
            # Who reads may have found the end already.
            with contextlib.suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class WayOut(httpcore2.NetworkBackend):
    """Connects to one server; `look` sees its address before a byte is sent, and may raise."""

    def __init__(
        self,
        look: Callable[[str], None],
        switch: Switch,
        patience: Patience,
        cancellation: Cancellation,
    ) -> None:
        self._look = look
        self._switch = switch
        self.patience = patience
        self.cancellation = cancellation
        self.ended = False
        """The server has said all that it will say."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        del timeout, local_address, socket_options
        self.patience.connecting()
        stream = _at_once(host, port, self.patience)
        if stream is None:
            stream = _Dialling(host, port, self.patience).wait(self.cancellation)
        try:
            self._look(stream.get_extra_info("server_addr")[0])
            self._switch.hold(stream.get_extra_info("socket"))
        except BaseException as error:
            stream.close()
            if isinstance(error, OSError):
                raise _not_reached(error, self.patience.name) from None
            raise
        return _Line(stream, self)


class _Line(httpcore2.NetworkStream):
    """Waits no longer than patience allows, whatever limits it is called with."""

    def __init__(self, stream: httpcore2.NetworkStream, way: WayOut) -> None:
        self._stream = stream
        self._way = way

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        patience = self._way.patience
        try:
            read = self._stream.read(max_bytes, patience.left())
        except httpcore2.ReadTimeout:
            self._way.cancellation.check()
            raise patience.over() from None
        except httpcore2.ReadError:
            self._way.cancellation.check()
            raise failure(RemoteKind.TRUNCATED, patience.name) from None
        if not read:
            self._way.cancellation.check()
            self._way.ended = True
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        patience = self._way.patience
        patience.sent()
        try:
            self._stream.write(buffer, patience.left())
        except httpcore2.WriteTimeout:
            self._way.cancellation.check()
            raise patience.over() from None
        # A WriteError goes on: the server may have said why before it hung up.
        patience.sent()

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        del timeout
        patience = self._way.patience
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, patience.left())
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            self._way.cancellation.check()
            raise _no_tls(error, patience) from None
        return _Line(stream, self._way)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _at_once(host: str, port: int, patience: Patience) -> httpcore2.NetworkStream | None:
    """Spares an address near by the detour over a thread; None where that may take its time."""
    try:
        if not is_near(host):
            return None
        seconds = min(_AT_ONCE_SECONDS, patience.left())
        return httpcore2.SyncBackend().connect_tcp(host, port, seconds)
    except (ValueError, httpcore2.ConnectTimeout):  # a name, or nobody there so soon
        return None
    except httpcore2.ConnectError as error:
        raise _not_reached(error, patience.name) from None


class _Dialling:
    """Looking a name up cannot be interrupted: a thread does it, and is left alone if need be."""

    def __init__(self, host: str, port: int, patience: Patience) -> None:
        self._patience = patience
        self._seconds = patience.left()
        self._done = Event()
        self._lock = Lock()
        self._given_up = False
        self._stream: httpcore2.NetworkStream | None = None
        self._error: Exception | None = None
        Thread(target=self._dial, args=(host, port), name="dialling", daemon=True).start()

    def wait(self, cancellation: Cancellation) -> httpcore2.NetworkStream:
        with cancellation.telling(self._done.set):
            self._done.wait(self._seconds)
        with self._lock:
            self._given_up = True
            stream = self._stream
        if cancellation.cancelled and stream is not None:
            stream.close()
        cancellation.check()
        if stream is not None:
            return stream
        if self._error is None or isinstance(self._error, httpcore2.ConnectTimeout):
            raise self._patience.over()
        raise _not_reached(self._error, self._patience.name)

    def _dial(self, host: str, port: int) -> None:
        try:
            stream = httpcore2.SyncBackend().connect_tcp(host, port, self._seconds)
        except Exception as error:  # noqa: BLE001 - told on the thread that waits
            self._error = error
        else:
            with self._lock:
                if self._given_up:
                    stream.close()
                else:
                    self._stream = stream
        self._done.set()


def _not_reached(error: Exception, name: str) -> RemoteFailure:
    cause = error.__cause__ or error
    if isinstance(cause, (socket.gaierror, UnicodeError)):
        sentence = _("The address of “{name}” cannot be found.")
        remedy = _("Check how its address is spelt, and that this computer is connected.")
    elif isinstance(cause, ConnectionRefusedError):
        sentence = _("Nothing listens at the address of “{name}”.")
        remedy = _("Start the server there, or check the port in its address.")
    else:
        return failure(RemoteKind.CONNECT, name)
    return failure(RemoteKind.CONNECT, name, sentence.format(name=name), remedy)


def _no_tls(error: Exception, patience: Patience) -> RemoteFailure:
    cause = error.__cause__
    name = patience.name
    if isinstance(cause, TimeoutError):
        return patience.over()
    if isinstance(cause, ssl.SSLCertVerificationError):
        sentence = _("This computer does not trust the certificate of “{name}”.")
        remedy = _("Nothing was sent. Check the address, or have the certificate made anew.")
    else:
        sentence = _("No protected connection to “{name}” came about.")
        remedy = _("Nothing was sent. Check whether its address begins with https or with http.")
    return failure(RemoteKind.CONNECT, name, sentence.format(name=name), remedy)
