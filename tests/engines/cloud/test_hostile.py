"""Whatever a server does: an answer that is whole, or a failure that says so, and soon."""

from __future__ import annotations

import gzip
import json
import logging
from dataclasses import replace
from email.utils import formatdate

import pytest

from nearling.core.errors import RemoteKind
from scripted.endpoint import (
    DONE,
    Asked,
    Caller,
    Script,
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
    usage,
)
from scripted.remotes import HANG, KEY, QUICK, SECRET, Client

HELLO = delta("Hello")
CHUNKED = "Transfer-Encoding: chunked"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def byte_by_byte(data: bytes) -> Script:
    return saying(head(), *(bytes([byte]) for byte in data))


def resetting(*pieces: bytes) -> Script:
    def script(caller: Caller, asked: Asked) -> None:
        caller.say(*pieces)
        if pieces:
            # What was said must have been read: a reset throws away what was not.
            caller.hung_up(0.1)
        caller.reset()

    return script


def dribbling(start: bytes, piece: bytes) -> Script:
    def script(caller: Caller, asked: Asked) -> None:
        caller.say(start)
        while True:
            caller.say(piece, every=0.05)

    return script


def error(**fields: object) -> dict[str, object]:
    return {"error": fields}


STALLING = (
    falling_silent(head(401, "application/json", "Content-Length: 99"), b"{"),
    dribbling(head(400, "text/plain"), b"x" * 50),
)
REFUSED: dict[str, tuple[Script, RemoteKind, int]] = {
    "401": (refusing(401, error(message="no")), RemoteKind.AUTH, 1),
    "401 stalls": (STALLING[0], RemoteKind.AUTH, 1),
    "402": (refusing(402), RemoteKind.QUOTA, 1),
    "403": (refusing(403), RemoteKind.FORBIDDEN, 1),
    "404": (refusing(404, error(code="model_not_found")), RemoteKind.NOT_FOUND, 1),
    "408": (refusing(408), RemoteKind.SERVER, 3),
    "409": (refusing(409), RemoteKind.SERVER, 3),
    "413": (refusing(413), RemoteKind.TOO_LARGE, 1),
    "422": (refusing(422, {"detail": [{"loc": ["body"]}]}), RemoteKind.BAD_REQUEST, 1),
    "429": (refusing(429), RemoteKind.RATE_LIMITED, 3),
    "429 in seconds": (
        refusing(429, None, "Retry-After: 0"),
        RemoteKind.RATE_LIMITED,
        3,
    ),
    "429 in milliseconds": (
        refusing(429, None, "Retry-After-Ms: 20", "Retry-After: 3600"),
        RemoteKind.RATE_LIMITED,
        3,
    ),
    "429 at a time that is over": (
        refusing(429, None, f"Retry-After: {formatdate(0, usegmt=True)}"),
        RemoteKind.RATE_LIMITED,
        3,
    ),
    "429 beyond the deadline": (
        refusing(429, None, "Retry-After: 3600"),
        RemoteKind.RATE_LIMITED,
        1,
    ),
    "429 that makes no sense": (
        refusing(429, None, "Retry-After: soon"),
        RemoteKind.RATE_LIMITED,
        3,
    ),
    "429 without money": (
        refusing(429, error(code="insufficient_quota")),
        RemoteKind.QUOTA,
        1,
    ),
    "500": (refusing(500, b"<h1>oops</h1>"), RemoteKind.SERVER, 3),
    "503": (refusing(503), RemoteKind.OVERLOADED, 3),
    "529": (refusing(529), RemoteKind.OVERLOADED, 3),
    "418": (refusing(418), RemoteKind.BAD_REQUEST, 1),
    "204": (saying(b"HTTP/1.1 204 No Content\r\n\r\n"), RemoteKind.PROTOCOL, 1),
    "too long, by its code": (
        refusing(400, error(code="context_length_exceeded")),
        RemoteKind.CONTEXT,
        1,
    ),
    "too long, by its words": (
        refusing(400, error(message="litellm.ContextWindowExceededError: no")),
        RemoteKind.CONTEXT,
        1,
    ),
    "filtered": (refusing(400, error(code="content_filter")), RemoteKind.POLICY, 1),
    "a proxy without its database": (
        refusing(400, error(message="No connected db.")),
        RemoteKind.AUTH,
        1,
    ),
    "an error in a list": (refusing(400, [error(code="content_filter")]), RemoteKind.POLICY, 1),
    "an error of depth": (refusing(400, b"[" * 60_000), RemoteKind.BAD_REQUEST, 1),
    "an error without an end": (STALLING[1], RemoteKind.BAD_REQUEST, 1),
    "307 to itself": (
        saying(b"HTTP/1.1 307 Elsewhere\r\nLocation: /v1/chat/completions\r\n\r\n"),
        RemoteKind.REDIRECT,
        1,
    ),
}

BROKEN: dict[str, tuple[Script, RemoteKind, str]] = {
    "an empty stream": (streaming(), RemoteKind.TRUNCATED, ""),
    "no finish": (streaming(HELLO), RemoteKind.TRUNCATED, "Hello"),
    "a line that breaks off": (
        streaming(HELLO, b'data: {"choices'),
        RemoteKind.TRUNCATED,
        "Hello",
    ),
    "nothing but DONE": (streaming(DONE), RemoteKind.PROTOCOL, ""),
    "no word before its end": (streaming(finish(), DONE), RemoteKind.PROTOCOL, ""),
    "only blanks": (streaming(delta(" \n"), finish(), DONE), RemoteKind.PROTOCOL, " \n"),
    "no token left": (streaming(finish("length"), DONE), RemoteKind.PROTOCOL, ""),
    "a web page": (
        saying(head(200, "text/html"), b"<!doctype html><title>Sign in</title>"),
        RemoteKind.PROTOCOL,
        "",
    ),
    "a web page called a stream": (
        streaming(b"\n\n<html>\n<body>Sign in</body>\n"),
        RemoteKind.PROTOCOL,
        "",
    ),
    "an error in 200": (
        saying(head(200, "application/json"), json.dumps(error(message="no")).encode()),
        RemoteKind.SERVER,
        "",
    ),
    "an error in 200, by its code": (
        saying(head(200, "application/json"), json.dumps(error(code=402)).encode()),
        RemoteKind.QUOTA,
        "",
    ),
    "malformed JSON": (streaming(HELLO, b'data: {"oops\n\n'), RemoteKind.PROTOCOL, "Hello"),
    "JSON of depth": (
        streaming(HELLO, b"data: " + b"[" * 100_000 + b"\n\n"),
        RemoteKind.PROTOCOL,
        "Hello",
    ),
    "JSON that is no object": (streaming(HELLO, b"data: 7\n\n"), RemoteKind.PROTOCOL, "Hello"),
    "an error event": (
        streaming(HELLO, event(error(message="cut"))),
        RemoteKind.SERVER,
        "Hello",
    ),
    "an error event, by its type": (
        streaming(HELLO, event(error(type="overloaded_error"))),
        RemoteKind.OVERLOADED,
        "Hello",
    ),
    "finished by an error": (streaming(HELLO, finish("error")), RemoteKind.SERVER, "Hello"),
    "finished by a filter": (
        streaming(HELLO, finish("content_filter"), DONE),
        RemoteKind.POLICY,
        "Hello",
    ),
    "a line without an end": (
        dribbling(head() + HELLO, b"data: " + b"x" * 1_000_000),
        RemoteKind.PROTOCOL,
        "Hello",
    ),
    "an event without an end": (
        dribbling(head() + HELLO, (b"data:" + b"x" * 900 + b"\n") * 1000),
        RemoteKind.PROTOCOL,
        "Hello",
    ),
    "comments without an end": (
        dribbling(head() + HELLO, b": still here\n\n"),
        RemoteKind.TIMEOUT,
        "Hello",
    ),
    "words without an end": (
        dribbling(head() + HELLO, delta("")),
        RemoteKind.TIMEOUT,
        "Hello",
    ),
    "headers byte by byte": (dribbling(b"HTTP/1.1 200 OK\r\nX: ", b"x"), RemoteKind.TIMEOUT, ""),
    "a header without an end": (
        dribbling(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 60_000),
        RemoteKind.PROTOCOL,
        "",
    ),
    "no HTTP": (saying(b"220 smtp.example.org ESMTP\r\n\r\n"), RemoteKind.PROTOCOL, ""),
    "another protocol": (
        saying(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        RemoteKind.PROTOCOL,
        "",
    ),
    "silence": (falling_silent(), RemoteKind.TIMEOUT, ""),
    "silence after the headers": (falling_silent(head()), RemoteKind.TIMEOUT, ""),
    "silence in the middle": (falling_silent(head(), HELLO), RemoteKind.TIMEOUT, "Hello"),
    "a reset at once": (resetting(), RemoteKind.TRUNCATED, ""),
    "a reset in the middle": (resetting(head(), HELLO), RemoteKind.TRUNCATED, "Hello"),
    "hung up at once": (saying(), RemoteKind.TRUNCATED, ""),
    "chunked garbage": (
        saying(head(200, "text/event-stream", CHUNKED), chunk(HELLO), b"not a length\r\n"),
        RemoteKind.PROTOCOL,
        "Hello",
    ),
    "chunks that break off": (
        saying(head(200, "text/event-stream", CHUNKED), chunk(HELLO), b"fff\r\ndata"),
        RemoteKind.TRUNCATED,
        "Hello",
    ),
    "shorter than it said": (
        saying(head(200, "text/event-stream", "Content-Length: 9999"), HELLO),
        RemoteKind.TRUNCATED,
        "Hello",
    ),
    "longer than it said": (
        saying(head(200, "text/event-stream", f"Content-Length: {len(HELLO)}"), HELLO, finish()),
        RemoteKind.TRUNCATED,
        "Hello",
    ),
    "a bomb": (
        saying(
            head(200, "text/event-stream", "Content-Encoding: gzip"),
            gzip.compress(HELLO + (b": " + b"x" * 97 + b"\n") * 200_000),
        ),
        RemoteKind.PROTOCOL,
        "Hello",
    ),
    "packed and spoilt": (
        saying(head(200, "text/event-stream", "Content-Encoding: gzip"), b"no gzip at all"),
        RemoteKind.PROTOCOL,
        "",
    ),
    "packed in an unknown way": (
        saying(head(200, "text/event-stream", "Content-Encoding: br"), HELLO),
        RemoteKind.PROTOCOL,
        "",
    ),
    "no choices": (streaming(event({"object": "x"}), DONE), RemoteKind.PROTOCOL, ""),
    "choices of no kind": (
        streaming(
            event({"choices": 7}),
            event({"choices": [7, None]}),
            event({"choices": [{"delta": "x", "logprobs": 3, "finish_reason": {}}]}),
            event({"choices": [{"delta": {"content": 7, "tool_calls": {"a": 1}}}], "usage": []}),
            DONE,
        ),
        RemoteKind.PROTOCOL,
        "",
    ),
    "a tool instead of an answer": (
        streaming(
            event({"choices": [{"delta": {"tool_calls": [{"function": {"name": "f"}}]}}]}),
            finish("tool_calls"),
            DONE,
        ),
        RemoteKind.PROTOCOL,
        "",
    ),
}

WHOLE: dict[str, Script] = {
    "as it should be": answers(("Grüße", " 😀")),
    "comments, ids and names": streaming(
        b"id: 1\n: keep-alive\n\nid: 2\n\nevent: message\nretry: 9\n",
        delta("Grüße"),
        b": more\n\n",
        delta(" 😀"),
        finish(),
        DONE,
    ),
    "carriage returns": streaming(
        *(piece.replace(b"\n", b"\r\n") for piece in (delta("Grüße"), delta(" 😀"), finish(), DONE))
    ),
    "byte by byte": byte_by_byte(delta("Grüße") + delta(" 😀") + finish() + DONE),
    "halves of a letter": streaming(
        delta("Grüße"),
        b'data: {"choices":[{"delta":{"content":" \\ud83d\\ude00"}}]}\n\n',
        finish(),
    ),
    "no finish but DONE": streaming(delta("Grüße 😀"), DONE),
    "finish and no DONE": streaming(delta("Grüße 😀"), finish()),
    "finish twice": streaming(delta("Grüße 😀"), finish(), finish("length"), DONE),
    "a reset after its end": resetting(head(), delta("Grüße 😀"), finish()),
    "silence after its end": falling_silent(head(), delta("Grüße 😀"), finish()),
    "no blank line at its end": streaming(delta("Grüße 😀"), finish().rstrip() + b"\n"),
    "another content type": saying(
        head(200, "application/octet-stream"), delta("Grüße 😀"), finish(), DONE
    ),
    "gzip": saying(
        head(200, "text/event-stream", "Content-Encoding: gzip"),
        gzip.compress(delta("Grüße 😀") + finish() + DONE),
    ),
    "chunks": saying(
        head(200, "text/event-stream", CHUNKED),
        chunk(delta("Grüße")),
        chunk(delta(" 😀")[:9]) + chunk(delta(" 😀")[9:] + finish()),
        b"0\r\n\r\n",
    ),
    "continue first": saying(
        b"HTTP/1.1 100 Continue\r\n\r\n" * 2, head(), delta("Grüße 😀"), finish(), DONE
    ),
    "a line of two megabytes": streaming(
        event({"padding": "x" * (2 << 20), "choices": [{"delta": {"content": "Grüße 😀"}}]}),
        finish(),
        DONE,
    ),
    "in one piece": saying(
        head(200, "application/json"),
        json.dumps(
            {"choices": [{"message": {"content": "Grüße 😀"}, "finish_reason": "stop"}]}
        ).encode(),
    ),
    "in parts": streaming(
        event({"choices": [{"delta": {"content": [{"type": "text", "text": "Grüße 😀"}]}}]}),
        finish(),
    ),
    "with thoughts": streaming(
        event({"choices": [{"delta": {"reasoning_content": "Hm."}}]}),
        event({"choices": [{"delta": {"reasoning": "Hm.", "content": None}}]}),
        delta("Grüße 😀"),
        finish(),
        usage(1, 2),
    ),
    "with another choice": streaming(
        event({"choices": [{"index": 1, "delta": {"content": "no"}}]}),
        delta("Grüße 😀"),
        finish(),
    ),
}


@pytest.mark.parametrize(("script", "reason", "tries"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_told_by_its_kind(
    client: Client, script: Script, reason: RemoteKind, tries: int
) -> None:
    if script in STALLING:
        client.limits = QUICK
    with endpoint(script) as stub:
        told = client.ask(stub)
    assert told.reason is reason
    assert (len(stub.asked), told.text, told.finished) == (tries, "", None)
    assert told.seconds < HANG
    assert client.ledger.outcomes == [reason] * tries


@pytest.mark.parametrize(("script", "reason", "text"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_never_taken_for_a_whole_one(
    client: Client, script: Script, reason: RemoteKind, text: str
) -> None:
    if reason is RemoteKind.TIMEOUT:
        client.limits = QUICK
    with endpoint(script) as stub:
        told = client.ask(stub)
    assert (told.reason, told.text, told.finished) == (reason, text, None)
    assert told.failure is not None
    assert told.failure.sentence
    assert told.failure.remedy
    assert told.seconds < HANG
    again = reason in (RemoteKind.TRUNCATED, RemoteKind.SERVER) and not text
    assert len(stub.asked) == (3 if again else 1)


@pytest.mark.parametrize("script", WHOLE.values(), ids=WHOLE)
def test_an_odd_answer_is_still_an_answer(client: Client, script: Script) -> None:
    client.limits = replace(client.limits, after=0.2)
    with endpoint(script) as stub:
        told = client.ask(stub)
    assert told.failure is None
    assert told.text == "Grüße 😀"
    assert told.finished is not None
    assert not told.finished.cut
    assert client.ledger.outcomes == ["done"]


def test_a_redirect_is_not_followed(client: Client) -> None:
    with endpoint(answers()) as other:
        elsewhere = f"HTTP/1.1 307 Elsewhere\r\nLocation: {other.url}/chat/completions\r\n\r\n"
        with endpoint(saying(elsewhere.encode())) as stub:
            told = client.ask(stub)
        assert told.reason is RemoteKind.REDIRECT
        assert other.connections == 0


@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_what_a_server_repeats_reaches_no_sentence_and_no_log(
    client: Client, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    said = error(message=f"Wrong key {KEY}: {SECRET}", code=KEY, param=SECRET)
    script = saying(head(status, "application/json", f"X-Key: {KEY}"), json.dumps(said).encode())
    with caplog.at_level(logging.INFO), endpoint(script) as stub:
        told = client.ask(stub)
    assert told.failure is not None
    seen = f"{told.failure.sentence} {told.failure.remedy} {client.ledger.rows} {caplog.text}"
    assert KEY not in seen
    assert SECRET not in seen
