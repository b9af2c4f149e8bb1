"""How fast an endpoint answered, over a real connection."""

from __future__ import annotations

import time
from pathlib import Path

from nearling.assistant.pacing import TimedSender
from nearling.catalogue.paces import Pace, Paces
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from scripted.endpoint import DONE, delta, endpoint, finish, head, saying, usage
from scripted.remotes import Client

TOKENS, APART = 20, 0.005


class Kept(Paces):
    def __init__(self) -> None:
        super().__init__(Path())
        self.paces: list[Pace] = []

    def keep(self, endpoint: Endpoint, model: str, pace: Pace) -> None:
        self.paces.append(pace)


def test_a_streamed_answer_was_as_fast_as_it_came(client: Client) -> None:
    words = [delta(f" word{number}") for number in range(TOKENS)]
    script = saying(head(), *words, finish(), usage(7, TOKENS), DONE, every=APART)
    kept = Kept()
    with endpoint(script) as stub:
        sender = TimedSender(client.remote(stub), kept, client.endpoint(stub), "m")
        outgoing = client.outgoing(stub)
        begun = time.perf_counter()
        list(sender.send(outgoing, outgoing.digest, "turn", Cancellation()))
        took = time.perf_counter() - begun
    (pace,) = kept.paces
    assert (TOKENS - 1) * APART <= pace.wait + TOKENS / pace.decode <= took
