"""What asking over a network costs beside a bare stream, and how soon it stops."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from statistics import median, quantiles
from typing import Any

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare import BareEngine, engine_of
from nearling.bench.speed.machine import busy, machine

_BARE = "nearling.engines.cloud.bare"
_ENDPOINT = (
    "an endpoint on this computer, beside httpx2 that trusts whatever comes, a new connection each "
    "time"
)
_ROUNDS = 11
_BRIEF_ROUNDS = 201
"""Of a thousandth of a second: whatever else the processor does is as much."""

Told = list[Mapping[str, Any]]


def far_figures(rounds: int = _ROUNDS, brief_rounds: int = _BRIEF_ROUNDS) -> Iterator[Figure]:
    """Raises EngineFailure."""
    # The modules by their names: this room may start what it may not import.
    with engine_of([sys.executable, "-P", "-m", f"{_BARE}.paced_endpoint"]) as endpoint:
        url = endpoint.ask({})["url"]
        with engine_of([sys.executable, "-P", "-m", f"{_BARE}.asking", url]) as asking:
            yield _overhead(*_in_turns(asking, "paced", rounds))
            yield _first_word(*_in_turns(asking, "brief", brief_rounds))
            yield _cancelling(asking, rounds)


def _in_turns(asking: BareEngine, model: str, rounds: int) -> tuple[Told, Told]:
    """What was told of ours and of the bare one."""
    told: dict[str, Told] = {"ours": [], "bare": []}
    for number in range(rounds + 1):
        for who in ("ours", "bare") if number % 2 else ("bare", "ours"):
            took = asking.ask({"who": who, "model": model})
            # The first round loads what is loaded only once.
            if number:
                told[who].append(took)
    return told["ours"], told["bare"]


def _overhead(ours: Told, bare: Told) -> Figure:
    pace = _median(ours, "tokens") / _median(ours, "seconds")
    note = (
        f"a stream of {ours[0]['tokens']} tokens at 500 tokens a second from {_ENDPOINT}; "
        f"ours came at {pace:.0f} tokens a second; {_circumstances(ours, bare)}"
    )
    return compared(
        "cloud.overhead", _milliseconds(ours, "seconds"), _milliseconds(bare, "seconds"), "ms", note
    )


def _first_word(ours: Told, bare: Told) -> Figure:
    pairs = zip(ours, bare, strict=True)
    low, middle, high = quantiles((1000 * (one["first"] - other["first"]) for one, other in pairs))
    note = (
        f"from {_ENDPOINT}; of the two in one round ours was later by {middle:.2f} ms, half of "
        f"the rounds between {low:.2f} and {high:.2f} ms; {_circumstances(ours, bare)}"
    )
    return compared(
        "cloud.first_token_ms",
        _milliseconds(ours, "first"),
        _milliseconds(bare, "first"),
        "ms",
        note,
    )


def _circumstances(ours: Told, bare: Told) -> str:
    worked = _median(ours, "processor") / _median(bare, "processor")
    return (
        f"{worked:.2f} times the processor's time; {machine()}; {busy()}; medians of "
        f"{len(ours)} rounds in turns"
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
