"""A server that answers as the test wants it to, byte for byte, and remembers what it was sent."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_LONGEST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    """Names in small letters."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """The connection as the server sees it."""

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection = connection
        self._closing = closing

    def say(self, *pieces: bytes, every: float = 0.0) -> None:
        """Raises OSError once nobody listens."""
        for piece in pieces:
            self._connection.sendall(piece)
            if every and self.hung_up(every):
                raise ConnectionAbortedError

    def hung_up(self, seconds: float = 30.0) -> bool:
        """Waits so long for the other side to hang up, or for the test to end."""
        end = time.monotonic() + seconds
        while not self._closing.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return False
            if select.select([self._connection], [], [], min(left, 0.02))[0]:
                # It sends nothing after its request but its end, or a reset.
                return True
        return True

    def reset(self) -> None:
        """Ends the connection as a crash would."""
        linger = struct.pack("ii", 1, 0)
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._connection.close()


Script = Callable[[Caller, Asked], None]
"""What is done with a connection after its request was read."""

Wrap = Callable[[socket.socket], socket.socket]
"""What makes of a connection a protected one."""


@dataclass
class Stub:
    port: int
    url: str
    """What requests begin with."""
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0


@contextmanager
def endpoint(*scripts: Script, wrap: Wrap | None = None, host: str = "127.0.0.1") -> Iterator[Stub]:
    """One script a connection; the last one goes on."""
    with socket.create_server((host, 0)) as server:
        port = server.getsockname()[1]
        stub = Stub(port, f"http://{host}:{port}/v1")
        closing = threading.Event()
        threads: list[threading.Thread] = []

        def serve() -> None:
            for number in range(1_000_000):
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                if closing.is_set():
                    connection.close()
                    return
                stub.connections += 1
                script = scripts[min(number, len(scripts) - 1)]
                connection.settimeout(_LONGEST_SECONDS / 2)
                one = threading.Thread(target=answer, args=(connection, script))
                threads.append(one)
                one.start()

        def answer(connection: socket.socket, script: Script) -> None:
            with contextlib.suppress(OSError), connection:
                if wrap is not None:
                    connection = wrap(connection)
                asked = _asked(connection)
                if asked is None:
                    return
                stub.asked.append(asked)
                with connection:
                    script(Caller(connection, closing), asked)

        accepting = threading.Thread(target=serve)
        accepting.start()
        try:
            yield stub
        finally:
            closing.set()
            with contextlib.suppress(OSError):
                socket.create_connection((host, port), 1).close()
            for thread in (accepting, *threads):
                thread.join(_LONGEST_SECONDS)
                assert not thread.is_alive()


def _asked(connection: socket.socket) -> Asked | None:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(65536)
        if not piece:
            return None
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    wanted = int(headers.get("content-length", "0"))
    while len(body) < wanted:
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    method, target, _version = first.split(" ")
    return Asked(method, target, headers, body)


def head(status: int = 200, kind: str = "text/event-stream", *headers: str) -> bytes:
    """Of a response whose body ends with the connection."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Type: {kind}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def event(data: object) -> bytes:
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def delta(text: str, **more: object) -> bytes:
    return event({"choices": [{"index": 0, "delta": {"content": text}, **more}]})


def finish(reason: str = "stop") -> bytes:
    return event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})


def usage(prompt: int, completion: int, **more: object) -> bytes:
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, **more}
    return event({"choices": [], "usage": counts})


DONE = b"data: [DONE]\n\n"


def saying(*pieces: bytes, every: float = 0.0) -> Script:
    def script(caller: Caller, asked: Asked) -> None:
        caller.say(*pieces, every=every)

    return script


def streaming(*pieces: bytes) -> Script:
    """A stream that is right but for what the test puts into it."""
    return saying(head(), *pieces)


def refusing(status: int, body: object = None, *headers: str) -> Script:
    text = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    return saying(head(status, "application/json", *headers), text)


def answers(texts: Sequence[str] = ("Hello", " there.")) -> Script:
    return streaming(*map(delta, texts), finish(), usage(7, 2), DONE)


def falling_silent(*pieces: bytes) -> Script:
    def script(caller: Caller, asked: Asked) -> None:
        caller.say(*pieces)
        caller.hung_up()

    return script
