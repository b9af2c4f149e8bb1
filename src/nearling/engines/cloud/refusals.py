"""Reads an error that a server sends, and finds out which kind it is; its words go no further."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping

from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.engines.cloud.failures import failure

MOST_BYTES = 1 << 16
"""Of the body of an error; the rest is not waited for."""

_STATUSES = {
    400: RemoteKind.BAD_REQUEST,
    401: RemoteKind.AUTH,
    402: RemoteKind.QUOTA,
    403: RemoteKind.FORBIDDEN,
    404: RemoteKind.NOT_FOUND,
    405: RemoteKind.NOT_FOUND,
    410: RemoteKind.NOT_FOUND,
    413: RemoteKind.TOO_LARGE,
    # The server gave up on a request, or something there was in its way: it may work out yet.
    408: RemoteKind.SERVER,
    409: RemoteKind.SERVER,
    425: RemoteKind.SERVER,
    429: RemoteKind.RATE_LIMITED,
    503: RemoteKind.OVERLOADED,
    529: RemoteKind.OVERLOADED,
}
_SPOKEN = (
    # What codes, types and messages of the known servers hold, in small letters; the first counts.
    (
        RemoteKind.QUOTA,
        (
            "insufficient_quota",
            "insufficient_credits",
            "billing_hard_limit",
            "credit balance",
            "current quota",
        ),
    ),
    (
        RemoteKind.CONTEXT,
        (
            "context_length_exceeded",
            "contextwindowexceeded",
            "exceed_context_size",
            "maximum context length",
            "context window",
            "context length of only",
            "prompt is too long",
        ),
    ),
    (RemoteKind.POLICY, ("content_filter", "content_policy", "contentpolicy", "responsibleai")),
    (RemoteKind.AUTH, ("invalid_api_key", "no connected db")),
    (RemoteKind.NOT_FOUND, ("model_not_found", "invalid model name")),
    (RemoteKind.OVERLOADED, ("overloaded_error",)),
    (RemoteKind.RATE_LIMITED, ("rate_limit_exceeded", "rate_limit_error")),
)
_VAGUE = frozenset((400, 403, 413, 422, 429))
"""Statuses that stand for several kinds, as do those from 500 on."""
_A_DAY = 86_400.0
_PARAMETERS = ("stream_options", "max_tokens")
"""Technical ones, which `Outgoing.varied` can do without or name otherwise."""


def refusal(name: str, status: int, headers: Mapping[str, str], body: bytes) -> RemoteFailure:
    """The failure that a response of this status stands for."""
    if status < 400:
        return failure(RemoteKind.REDIRECT if status >= 300 else RemoteKind.PROTOCOL, name)
    kind = _kind(status, _spoken(_parsed(body)))
    return failure(kind, name, retry_after=retry_after(headers))


def told(name: str, error: object) -> RemoteFailure:
    """The failure that an error in a response of status 200 stands for."""
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return failure(_kind(status, _spoken({"error": error})), name)


def refused_parameters(status: int, body: bytes) -> frozenset[str]:
    """Those that a server does not take, by name."""
    if status not in (400, 422) or _kind(status, _spoken(_parsed(body))) is not _STATUSES[400]:
        return frozenset()
    text = body.decode("utf-8", "replace")
    return frozenset(parameter for parameter in _PARAMETERS if parameter in text)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, a day at the most; None where the server names no time."""
    # It imports `socket`, which nobody wants who asks no endpoint.
    from email.utils import parsedate_to_datetime

    try:
        if "retry-after-ms" in headers:
            return _bounded(float(headers["retry-after-ms"]) / 1000)
        asked = headers.get("retry-after", "")
        if asked.replace(".", "", 1).isdecimal():
            return _bounded(float(asked))
        return _bounded(parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _bounded(seconds: float) -> float | None:
    return None if math.isnan(seconds) else min(max(0.0, seconds), _A_DAY)


def _kind(status: int, spoken: str) -> RemoteKind:
    if status in _VAGUE or status >= 500:
        for kind, words in _SPOKEN:
            if any(word in spoken for word in words):
                return kind
    return _STATUSES.get(status, RemoteKind.SERVER if status >= 500 else RemoteKind.BAD_REQUEST)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _spoken(said: object) -> str:
    """Code, type and message of an error, in small letters; not what it repeats of a request."""
    if isinstance(said, list) and said:
        said = said[0]
    error = said.get("error", said) if isinstance(said, dict) else said
    if isinstance(error, dict):
        fields = [error.get(field) for field in ("code", "type", "message", "detail")]
        error = " ".join(field for field in fields if isinstance(field, str))
    return error.lower() if isinstance(error, str) else ""
