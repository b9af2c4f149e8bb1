"""Asks an endpoint, as Nearling does or as one would without it, and says how long that took.

Asked `{"who": WHO, "model": MODEL}`, where WHO is `ours` or `bare`, it says `{"first": S,
"seconds": S, "processor": S, "tokens": N}`: to the first word, to the end, and what the processor
worked at it. Asked `{"who": "cancel"}`, it says `{"seconds": S}`: from the cancelling of a stream
that has fallen silent to its end. Started as a module with URL NICENESS.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx2

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import Cancelled
from nearling.core.events import Delta
from nearling.core.network import Connection
from nearling.core.outgoing import Destination, Outgoing
from nearling.core.writers import Zone
from nearling.engines.cloud.bare.lines import answer_lines
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.remote import Remote

_QUESTION = "What does this say? " + "It is a page of a letter, read here. " * 100


class _NoLedger:
    """Fulfils Ledger; what writing down costs is the history's."""

    def connecting(self, connection: Connection) -> None:
        pass

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        pass


class Asking:
    def __init__(self, url: str) -> None:
        self._url = url
        endpoint = Endpoint("bench", url, (), Zone.NETWORK)
        self._remote = Remote(endpoint, str, _NoLedger(), Breakers())
        # As ours: questions are further apart than servers keep a connection open.
        self._client = httpx2.Client(limits=httpx2.Limits(max_keepalive_connections=0))

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        match asked["who"]:
            case "ours":
                outgoing = self._outgoing(asked["model"])
                return _timed(lambda: self._ours(outgoing, Cancellation()))
            case "bare":
                outgoing = self._outgoing(asked["model"])
                return _timed(lambda: self._bare(outgoing))
            case _:
                return {"seconds": self._cancelled()}

    def _outgoing(self, model: str) -> Outgoing:
        messages = [{"role": "user", "content": _QUESTION}]
        body = json.dumps({"model": model, "messages": messages, "stream": True}).encode()
        url = f"{self._url}/chat/completions"
        return Outgoing(Destination("bench", model, url, "", Zone.NETWORK), (), body, 0, None)

    def _ours(self, outgoing: Outgoing, cancellation: Cancellation) -> Iterator[str]:
        for written in self._remote.send(outgoing, outgoing.digest, "", cancellation):
            if isinstance(written, Delta):
                yield written.text

    def _bare(self, outgoing: Outgoing) -> Iterator[str]:
        """Trusts whatever comes."""
        headers = {"Content-Type": "application/json"}
        with self._client.stream(
            "POST", outgoing.destination.url, content=outgoing.body, headers=headers
        ) as response:
            for line in response.iter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    text = json.loads(line[6:])["choices"][0]["delta"].get("content")
                    if text:
                        yield text

    def _cancelled(self) -> float:
        cancellation = Cancellation()
        spoke, ended = threading.Event(), threading.Event()
        cancelled: list[bool] = []

        def ask() -> None:
            try:
                for _text in self._ours(self._outgoing("silent"), cancellation):
                    spoke.set()
            except Cancelled:
                cancelled.append(True)
            finally:  # also where it failed: nobody waits for what will not come
                spoke.set()
                ended.set()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        spoke.wait()
        # So that it waits for the next word when it is cancelled.
        time.sleep(0.02)
        begun = time.perf_counter()
        cancellation.cancel()
        ended.wait()
        seconds = time.perf_counter() - begun
        asking.join()
        if not cancelled:
            raise RuntimeError("it ended before it was cancelled")
        return seconds


def _timed(asked: Callable[[], Iterator[str]]) -> Mapping[str, Any]:
    begun, worked = time.perf_counter(), time.process_time()
    first, tokens = 0.0, 0
    for _text in asked():
        first = first or time.perf_counter() - begun
        tokens += 1
    return {
        "first": first,
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - worked,
        "tokens": tokens,
    }


def main() -> None:
    url, niceness = sys.argv[1:]
    answer_lines("asking", Asking(url).answer, int(niceness))


if __name__ == "__main__":
    main()
