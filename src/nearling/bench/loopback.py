"""An OpenAI-compatible server on loopback, for demonstrations and measurements.

It answers with words it was given, at a pace it was given, and keeps what it received.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Loopback:
    """A server that runs; what it received, oldest first."""

    base_url: str
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def loopback(
    words: Sequence[str], seconds: float = 0.0, *, cut: bool = False
) -> Iterator[Loopback]:
    """Streams `words` to whoever asks, `seconds` apart; with `cut` it is gone after the last."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            running.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            started = time.perf_counter()
            for number, word in enumerate(words):
                # Against the clock, so that the pace holds however long each piece takes.
                time.sleep(max(0.0, started + number * seconds - time.perf_counter()))
                self._event({"choices": [{"index": 0, "delta": {"content": word}}]})
            if cut:
                return
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            usage = {"prompt_tokens": 1, "completion_tokens": len(words)}
            self._event({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, value: object) -> None:
            self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")

        def log_message(self, format: str, *values: object) -> None:
            """Nobody reads it."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True  # who asked has gone away

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Loopback(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = Thread(target=server.serve_forever, name="loopback", daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
