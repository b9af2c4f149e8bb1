"""Makes an answer of the events of a chat completion, and takes nothing for an end but an end."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from statistics import quantiles
from typing import Any

from nearling.core.cancellation import Cancellation
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Delta, Finished
from nearling.core.language import gettext as _
from nearling.engines.cloud.failures import failure
from nearling.engines.cloud.patience import Patience
from nearling.engines.cloud.refusals import told
from nearling.engines.cloud.server_sent_events import TooLong, events

_DONE = b"[DONE]"
_MOST_TOOLS = 128


def answer_of(
    stream: ChatStream, pieces: Iterable[bytes], patience: Patience, cancellation: Cancellation
) -> Iterator[Delta | Finished]:
    """What the body of a response says; what it is counts, not what its header calls it.

    Raises RemoteFailure or Cancelled, also after the first Delta.
    """
    name = patience.name
    coming = iter(pieces)
    first = next((piece for piece in coming if piece.strip()), b"")
    body = _followed(chain([first], coming), stream)
    match first.lstrip()[:1]:
        case b"<":
            sentence = _("At the address of “{name}” there is a web page.").format(name=name)
            raise failure(RemoteKind.PROTOCOL, name, sentence)
        case b"{" | b"[":
            texts = iter([stream.take_whole(b"".join(_moving(body, patience)))])
        case _:
            texts = _streamed(body, stream, patience)
    for text in texts:
        cancellation.check()
        if text:
            yield Delta(text)
    yield stream.end()


def _followed(pieces: Iterable[bytes], stream: ChatStream) -> Iterator[bytes]:
    """What breaks off after the last word breaks nothing."""
    try:
        yield from pieces
    except RemoteFailure:
        if not stream.answered:
            raise


def _moving(pieces: Iterable[bytes], patience: Patience) -> Iterator[bytes]:
    for piece in pieces:
        patience.moved()
        yield piece


def _streamed(pieces: Iterable[bytes], stream: ChatStream, patience: Patience) -> Iterator[str]:
    try:
        for data in events(pieces):
            yield stream.take(data)
            if stream.done:
                return
            # Comments that only keep the connection open are no sign of an answer.
            if stream.answered:
                patience.answered()
            else:
                patience.moved()
    except TooLong:
        sentence = _("The answer of “{name}” has no end.").format(name=patience.name)
        raise failure(RemoteKind.PROTOCOL, patience.name, sentence) from None


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What a model would have called; nobody does."""

    id: str
    name: str
    arguments: str
    """JSON, as the model wrote it."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an endpoint told of its answer beside the words."""

    finish: str
    """Its own word for why it ended."""
    tokens_in: int = 0
    """0: it did not say."""
    tokens_out: int = 0
    cost: int | None = None
    """Micro-USD, rounded up; None: it did not say."""
    unsure: float | None = None
    """As `Finished.unsure`."""
    tools: tuple[ToolCall, ...] = ()


class ChatStream:
    """Fed with one event after the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._finish = ""
        self._done = False
        self._wrote = False
        self._usage: Mapping[str, Any] = {}
        self._logprobs: list[float] = []
        self._tools: dict[int, list[str]] = {}

    @property
    def answered(self) -> bool:
        """All was said; what may still come is the account of it."""
        return bool(self._finish) or self._done

    @property
    def done(self) -> bool:
        """Nothing comes any more."""
        return self._done

    def take(self, data: bytes) -> str:
        """The next words, if `data` holds any. Raises RemoteFailure."""
        if data.strip() == _DONE:
            self._done = True
            return ""
        event = self._parsed(data)
        if event.get("error"):
            raise told(self._name, event["error"])
        self._usage = _mapping(event.get("usage")) or self._usage
        for choice in map(_mapping, _sequence(event.get("choices"))):
            if choice.get("index", 0) == 0:
                return self._chosen(choice, _mapping(choice.get("delta")))
        return ""

    def take_whole(self, data: bytes) -> str:
        """The answer of an endpoint that does not stream. Raises RemoteFailure."""
        completion = self._parsed(data)
        if completion.get("error"):
            raise told(self._name, completion["error"])
        choices = _sequence(completion.get("choices"))
        if not choices:
            raise failure(RemoteKind.PROTOCOL, self._name)
        self._usage = _mapping(completion.get("usage"))
        self._done = True
        choice = _mapping(choices[0])
        return self._chosen(choice, _mapping(choice.get("message")))

    def end(self) -> Finished:
        """Raises RemoteFailure unless there was an answer and it came to its end."""
        if not self.answered:
            raise failure(RemoteKind.TRUNCATED, self._name)
        account = self.account()
        if not self._wrote:
            raise self._silent(account)
        return Finished(
            account.tokens_in,
            account.tokens_out,
            cut=account.finish == "length",
            price=account.cost,
            unsure=account.unsure,
        )

    def account(self) -> Account:
        return Account(
            self._finish,
            _count(self._usage.get("prompt_tokens")),
            _count(self._usage.get("completion_tokens")),
            _micro_dollars(self._usage.get("cost")),
            _tenth_percentile(self._logprobs),
            tuple(ToolCall(*parts) for _index, parts in sorted(self._tools.items())),
        )

    def _parsed(self, data: bytes) -> Mapping[str, Any]:
        try:
            parsed = json.loads(data)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise failure(RemoteKind.PROTOCOL, self._name)
        return parsed

    def _chosen(self, choice: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        for token in map(_mapping, _sequence(_mapping(choice.get("logprobs")).get("content"))):
            logprob = token.get("logprob")
            if isinstance(logprob, (int, float)) and math.isfinite(logprob):
                self._logprobs.append(min(0.0, logprob))
        for number, call in enumerate(map(_mapping, _sequence(said.get("tool_calls")))):
            self._merge(call, number)
        if isinstance(finish := choice.get("finish_reason"), str):
            self._ends(finish)
        text = _text(said.get("content"))
        self._wrote = self._wrote or bool(text.strip())
        return text

    def _ends(self, finish: str) -> None:
        if finish == "content_filter":
            raise failure(RemoteKind.POLICY, self._name)
        if finish == "error":
            raise failure(RemoteKind.SERVER, self._name)
        self._finish = self._finish or finish

    def _merge(self, call: Mapping[str, Any], number: int) -> None:
        index = call.get("index", number)
        if not isinstance(index, int) or (index not in self._tools and self._full):
            return
        function = _mapping(call.get("function"))
        parts = self._tools.setdefault(index, ["", "", ""])
        parts[0] = parts[0] or _text(call.get("id"))
        parts[1] += _text(function.get("name"))
        parts[2] += _text(function.get("arguments"))

    @property
    def _full(self) -> bool:
        return len(self._tools) >= _MOST_TOOLS

    def _silent(self, account: Account) -> RemoteFailure:
        if account.finish == "length":
            sentence = _("The model of “{name}” used up its tokens before the first word.")
        elif account.tools:
            sentence = _("The model of “{name}” wants to use a tool instead of answering.")
        else:
            sentence = _("“{name}” answered without a word.")
        return failure(
            RemoteKind.PROTOCOL,
            self._name,
            sentence.format(name=self._name),
            _("Ask again in other words, or choose another model."),
        )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """Also of parts, as some servers send them; halves of letters are put together."""
    if isinstance(value, list):
        value = "".join(_text(_mapping(part).get("text")) for part in value)
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 1 << 53 else 0


def _micro_dollars(value: object) -> int | None:
    if isinstance(value, (int, float)) and 0 <= value < math.inf:
        return math.ceil(value * 1_000_000)
    return None


def _tenth_percentile(logprobs: list[float]) -> float | None:
    if len(logprobs) < 2:
        return logprobs[0] if logprobs else None
    return quantiles(logprobs, n=10, method="inclusive")[0]
