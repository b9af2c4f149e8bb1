"""What asking over a network costs beside a bare stream, and how soon it stops."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare import BareEngine, engine_of
from nearling.bench.speed.machine import busy, machine

_BARE = "nearling.engines.cloud.bare"
_ROUNDS = 11

Told = list[Mapping[str, Any]]


def far_figures(rounds: int = _ROUNDS) -> Iterator[Figure]:
    """Raises EngineFailure."""
    # The modules by their names: this room may start what it may not import.
    with engine_of([sys.executable, "-P", "-m", f"{_BARE}.paced_endpoint"]) as endpoint:
        url = endpoint.ask({})["url"]
        with engine_of([sys.executable, "-P", "-m", f"{_BARE}.asking", url]) as asking:
            yield from _overhead(asking, rounds)
            yield _cancelling(asking, rounds)


def _overhead(asking: BareEngine, rounds: int) -> Iterator[Figure]:
    told: dict[str, Told] = {"ours": [], "bare": []}
    for number in range(rounds + 1):
        for who in ("ours", "bare") if number % 2 else ("bare", "ours"):
            took = asking.ask({"who": who})
            # The first round loads what is loaded only once.
            if number:
                told[who].append(took)
    ours, bare = told["ours"], told["bare"]
    worked = _median(ours, "processor") / _median(bare, "processor")
    pace = _median(ours, "tokens") / _median(ours, "seconds")
    note = (
        f"a stream of {ours[0]['tokens']} tokens at 500 tokens a second from an endpoint on this "
        f"computer, beside httpx2 that trusts whatever comes, a new connection each time; ours "
        f"came at {pace:.0f} tokens a second; {worked:.2f} times the processor's time; "
        f"{machine()}; {busy()}; medians of {rounds} rounds in turns"
    )
    yield compared(
        "cloud.overhead", _milliseconds(ours, "seconds"), _milliseconds(bare, "seconds"), "ms", note
    )
    yield compared(
        "cloud.first_token_ms",
        _milliseconds(ours, "first"),
        _milliseconds(bare, "first"),
        "ms",
        note,
    )


def _cancelling(asking: BareEngine, rounds: int) -> Figure:
    took = [asking.ask({"who": "cancel"})["seconds"] * 1000 for _ in range(rounds)]
    return Figure(
        "cloud.cancel_ms",
        median(took),
        "ms",
        note=f"from Cancel to the end of a stream that has fallen silent; at the most "
        f"{max(took):.1f} ms in {rounds} rounds; at most 50 ms are wanted",
    )


def _median(told: Told, field: str) -> float:
    return float(median(each[field] for each in told))


def _milliseconds(told: Told, field: str) -> float:
    return 1000 * _median(told, field)
