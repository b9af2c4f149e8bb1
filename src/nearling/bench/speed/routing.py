"""Measures how long it takes to choose who answers, where many could."""

from __future__ import annotations

import time
from statistics import median

from nearling.assistant.capacity import Needs, Size
from nearling.assistant.routing import Rules, choose_route
from nearling.assistant.surroundings import Surroundings
from nearling.bench.figures import Figure
from nearling.core.media import Medium
from nearling.core.writers import Price, Speed, WriterProfile, Zone

_WRITERS = 40
_RUNS = 200
_NEEDS = Needs(frozenset({Medium.TEXT}), Size(6_000, 4_000))
_RULES = Rules(zones=frozenset(Zone), budget=50_000)
_SURROUNDINGS = Surroundings(
    free_memory=2_000_000_000,
    battery=9.0,
    plugged=False,
    load=1.5,
    broken={"endpoint3": "It did not answer three times in a row."},
)


def route_figure() -> Figure:
    """The slower of one route and of none, where each writer is refused with a sentence."""
    profiles = [_profile(number) for number in range(_WRITERS)]
    refused = Needs(frozenset({Medium.TEXT, Medium.CLIP}), _NEEDS.size)
    slowest = max(_milliseconds(needs, profiles) for needs in (_NEEDS, refused))
    return Figure(
        "cloud.route_ms",
        slowest,
        "ms",
        note=f"to choose among {_WRITERS} writers in three zones or to say of each why not, "
        f"whichever takes longer; median of {_RUNS}. At most 2 is wanted",
    )


def _milliseconds(needs: Needs, profiles: list[WriterProfile]) -> float:
    took = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        choose_route(needs, profiles, _RULES, (), _SURROUNDINGS)
        took.append(1000 * (time.perf_counter() - begun))
    return median(took)


def _profile(number: int) -> WriterProfile:
    """Some are too small, some too slow, some too dear, some are left alone."""
    zone = tuple(Zone)[number % 3]
    name = f"endpoint{number % 8}/model{number}" if zone.leaves else f"model{number}"
    return WriterProfile(
        id=name,
        name=name,
        zone=zone,
        accepts=frozenset({Medium.TEXT}),
        context_length=2_048 * 2 ** (number % 5),
        tier=1 + number % 3,
        price=Price(500_000 * (number % 7), 1_500_000 * (number % 7)) if zone.leaves else None,
        speed=None if number % 4 == 0 else Speed(40.0 * (1 + number % 9), 8.0 * (1 + number % 9)),
        memory=0 if zone.leaves else 400_000_000 * (number % 6),
        order=number,
    )
