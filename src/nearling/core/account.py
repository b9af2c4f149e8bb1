"""The account of connections in words: one line each, and what it says of a conversation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from nearling.core.errors import RemoteKind
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.network import Connection, Purpose
from nearling.core.numerals import decimal, whole
from nearling.core.writers import Zone

HEADINGS = (
    marked("When"),
    marked("Server"),
    marked("Where"),
    marked("Why"),
    marked("Sent"),
    marked("Received"),
    marked("How it went"),
)
"""What `cells` are, in the same order."""
_WHERE = {
    Zone.COMPUTER: marked("this computer"),
    Zone.NETWORK: marked("your network"),
    Zone.CLOUD: marked("cloud"),
}
_WHY = {
    Purpose.ANSWER: marked("an answer"),
    Purpose.TRANSCRIBE: marked("a recording, to be written down"),
    Purpose.MODELS: marked("what it offers"),
    Purpose.TEST: marked("a test"),
}
_OUTCOMES = {
    "": marked("not finished"),
    "done": marked("done"),
    "cancelled": marked("stopped"),
    "interrupted": marked("stopped"),
    "failed": marked("failed"),
    RemoteKind.AUTH: marked("key not accepted"),
    RemoteKind.FORBIDDEN: marked("not allowed"),
    RemoteKind.NOT_FOUND: marked("not found there"),
    RemoteKind.QUOTA: marked("nothing left to spend"),
    RemoteKind.RATE_LIMITED: marked("too many requests"),
    RemoteKind.CONTEXT: marked("too long"),
    RemoteKind.POLICY: marked("refused for what it says"),
    RemoteKind.BAD_REQUEST: marked("not understood"),
    RemoteKind.TOO_LARGE: marked("too large"),
    RemoteKind.SERVER: marked("failed there"),
    RemoteKind.OVERLOADED: marked("overloaded"),
    RemoteKind.CONNECT: marked("not reached"),
    RemoteKind.TIMEOUT: marked("took too long"),
    RemoteKind.TRUNCATED: marked("broke off"),
    RemoteKind.PROTOCOL: marked("answer not understood"),
    RemoteKind.REDIRECT: marked("led elsewhere"),
}
_USUAL_PORT = 443
_KILO, _MEGA = 1_000, 1_000_000


def cells(connection: Connection) -> tuple[str, ...]:
    """What a row of a table says; the time is this computer's."""
    server = connection.host
    if connection.port != _USUAL_PORT:
        server += f":{connection.port}"
    if connection.address not in ("", connection.host):
        server += f" ({connection.address})"
    return (
        f"{connection.at.astimezone():%Y-%m-%d %H:%M:%S}",
        server,
        _(_WHERE[connection.zone]),
        _(_WHY[connection.purpose]),
        amount(connection.sent),
        amount(connection.received),
        outcome(connection),
    )


def outcome(connection: Connection) -> str:
    said = _OUTCOMES.get(connection.outcome)
    return connection.outcome if said is None else _(said)


def amount(count: int) -> str:
    """Of bytes, as it is read quickly."""
    if count < _KILO:
        return _("{count} bytes").format(count=whole(count))
    if count < _MEGA:
        return _("{count} kB").format(count=decimal(count / _KILO, 1))
    return _("{count} MB").format(count=decimal(count / _MEGA, 1))


def totals(connections: Iterable[Connection]) -> str:
    """How much that was, in all."""
    found = tuple(connections)
    return _("{sent} sent, {received} received").format(
        sent=amount(sum(each.sent for each in found)),
        received=amount(sum(each.received for each in found)),
    )


@dataclass(frozen=True, slots=True)
class Left:
    """What left this computer for a conversation."""

    answers: int = 0
    """Questions of it that were answered beyond this computer."""
    anything: bool = False
    """Whether something may have left, whatever came of it."""


def left(connections: Iterable[Connection], turns: Collection[str]) -> Left:
    asked = [
        each
        for each in connections
        if each.turn in turns and each.purpose in (Purpose.ANSWER, Purpose.TRANSCRIBE)
    ]
    answered = {
        each.turn for each in asked if each.purpose is Purpose.ANSWER and each.outcome == "done"
    }
    # One that was never closed may have sent all of it.
    return Left(len(answered), any(each.sent or not each.outcome for each in asked))
