"""The provider behind the LiteLLM proxy: a model's name says what it does. It knows no proxy."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = ("One ", "word ", "after ", "another, ", "grüße ", "日本.")
LOGPROBS = (-0.1, -0.2, -3.0, -0.1, -0.4, -0.1)
ARGUMENTS = ('{"city"', ': "Par', 'is"}')
FAILURES: dict[str, tuple[int, dict[str, str], dict[str, str | None]]] = {
    "context": (
        400, {},
        {"message": "This model's maximum context length is 4096 tokens. However, your messages "
         "resulted in 9000 tokens.", "type": "invalid_request_error",
         "param": "messages", "code": "context_length_exceeded"},
    ),
    "limited": (
        429, {"Retry-After": "7"},
        {"message": "Rate limit reached.", "type": "requests", "code": "rate_limit_exceeded"},
    ),
    "poor": (
        429, {},
        {"message": "You exceeded your current quota.", "type": "insufficient_quota",
         "code": "insufficient_quota"},
    ),
    "refusing": (
        400, {},
        {"message": "Your request was rejected by our safety system.",
         "type": "invalid_request_error", "code": "content_policy_violation"},
    ),
    "broken": (500, {}, {"message": "The server had an error.", "type": "server_error"}),
}  # fmt: skip


def chunk(model: str, delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, **more}
    said = {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model,
        "choices": [choice],
    }  # fmt: skip
    return f"data: {json.dumps(said)}\n\n".encode()


def usage(model: str) -> bytes:
    said = {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model,
        "choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 6, "total_tokens": 17},
    }  # fmt: skip
    return f"data: {json.dumps(said)}\n\n".encode()


def told(body: dict[str, Any]) -> Iterator[bytes]:
    """The stream of a model."""
    model = body["model"]
    yield chunk(model, {"role": "assistant", "content": ""})
    if model == "tools":
        call = {"index": 0, "id": "call_1", "type": "function"}
        yield chunk(model, {"tool_calls": [
            {**call, "function": {"name": "weather", "arguments": ""}}]})  # fmt: skip
        for piece in ARGUMENTS:
            yield chunk(model, {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
        yield chunk(model, {}, "tool_calls")
    elif model == "pictures":
        parts = body["messages"][-1]["content"]
        seen = [part["image_url"]["url"][:22] for part in parts if part["type"] == "image_url"]
        yield chunk(model, {"content": " ".join(seen)})
        yield chunk(model, {}, "stop")
    elif model == "unsure":
        for word, logprob in zip(WORDS, LOGPROBS, strict=True):
            listed = [{"token": word, "logprob": logprob, "bytes": None, "top_logprobs": []}]
            yield chunk(model, {"content": word}, logprobs={"content": listed})
        yield chunk(model, {}, "stop")
    elif model == "filtered":
        yield chunk(model, {"content": WORDS[0]})
        yield chunk(model, {}, "content_filter")
    else:
        for word in WORDS:
            yield chunk(model, {"content": word})
        if model == "garbled":
            yield b"data: {this is no JSON\n\n"
        if model == "cut":
            return
        yield chunk(model, {}, "length" if model == "short" else "stop")
    yield usage(model)
    yield b"data: [DONE]\n\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        if self.path.endswith("/audio/transcriptions"):
            self._answer(200, {"text": f"{body.count(b'RIFF')} recording was heard."})
            return
        asked = json.loads(body)
        if failure := FAILURES.get(asked["model"]):
            status, headers, error = failure
            self._answer(status, {"error": error}, headers)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in told(asked):
            self._send(piece)
        if asked["model"] == "cut":
            assert isinstance(self.server, Provider)
            self.server.heard.wait(20)
        else:
            self._send(b"")

    def _send(self, piece: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.flush()

    def _answer(self, status: int, said: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Provider(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard = threading.Event()
        """Words of the model that breaks off have arrived; it does so then."""

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"
