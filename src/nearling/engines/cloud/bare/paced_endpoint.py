"""An endpoint of steady pace on this computer: asked `{}`, it says `{"url": URL}`.

It writes TOKENS words of an answer, TOKENS_A_SECOND, the first at once; the model `brief` is done
after that, and `silent` says nothing more. Started as a module with NICENESS.
"""

from __future__ import annotations

import json
import select
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from nearling.engines.cloud.bare.lines import answer_lines

TOKENS = 250
TOKENS_A_SECOND = 500
_SILENT_SECONDS = 30.0


class _Paced(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        begun = time.perf_counter()
        for number in range(1 if asked["model"] == "brief" else TOKENS):
            time.sleep(max(0.0, begun + number / TOKENS_A_SECOND - time.perf_counter()))
            self._say({"choices": [{"index": 0, "delta": {"content": f" word{number}"}}]})
            if asked["model"] == "silent":
                # Until the other side hangs up.
                select.select([self.connection], [], [], _SILENT_SECONDS)
                self.close_connection = True
                return
        self._say({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads along."""

    def _say(self, event: object) -> None:
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Paced)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/v1"

    def answer(_asked: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"url": url}

    answer_lines("a paced endpoint", answer, int(sys.argv[1]))


if __name__ == "__main__":
    main()
