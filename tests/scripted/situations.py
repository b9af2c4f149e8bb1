"""Situations that a router can find itself in, drawn at random, and the hard rules once more.

The rules are written down here a second time, in the simplest way, so that a mistake has to be made
twice to go unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from nearling.assistant.capacity import Needs, Size
from nearling.assistant.routing import Preference, Rules, Unroutable, choose_route
from nearling.assistant.surroundings import Surroundings
from nearling.core.conversation import Mode, Route
from nearling.core.media import Medium
from nearling.core.writers import FREE, Price, Speed, WriterProfile, Zone

T = TypeVar("T")
NAMES = ("Ada", "Bertha", "Clara", "Dora")
ENDPOINTS = ("attic", "office")
ZONES, MODES, PREFERENCES = tuple(Zone), tuple(Mode), tuple(Preference)
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Situation:
    needs: Needs
    profiles: tuple[WriterProfile, ...]
    rules: Rules
    declined: frozenset[str]
    surroundings: Surroundings

    def route(self) -> Route | Unroutable:
        return choose_route(self.needs, self.profiles, self.rules, self.declined, self.surroundings)

    @property
    def possible(self) -> tuple[WriterProfile, ...]:
        """Who may answer and can, by the hard rules."""
        return tuple(profile for profile in self.profiles if self.permits(profile))

    def permits(self, profile: WriterProfile) -> bool:
        rules, near = self.rules, self.surroundings
        size = self.needs.counted.get(profile.id, self.needs.size)
        tokens = size.tokens if rules.whole else size.essential
        cost = price(self, profile)
        if rules.mode is Mode.HERE and profile.zone is not Zone.COMPUTER:
            return False
        return (
            self.needs.media <= profile.accepts
            and tokens + profile.answer_tokens <= profile.context_length
            and not (
                profile.memory
                and near.free_memory is not None
                and profile.memory + 512 * MEGABYTE > near.free_memory
            )
            and not (profile.over_network and near.offline)
            and profile.id.split("/")[0] not in near.broken
            and not (cost is not None and rules.budget is not None and cost > rules.budget)
            and profile.zone in rules.zones
            and profile.zone not in rules.without
            and rules.only in (None, profile.id)
            and profile.id not in self.declined
        )


def price(situation: Situation, profile: WriterProfile) -> int | None:
    if profile.price is None:
        return None
    return profile.price.of(_tokens(situation, profile), profile.answer_tokens)


def seconds(situation: Situation, profile: WriterProfile) -> float | None:
    if profile.speed is None:
        return None
    tokens = _tokens(situation, profile), profile.answer_tokens
    slower = max(1.0, situation.surroundings.load) if profile.zone is Zone.COMPUTER else 1.0
    return slower * profile.speed.seconds(*tokens)


def drawn(random: Random) -> Situation:
    """One situation; its numbers lie close to each other, so that every limit is met often."""
    profiles = tuple(_profile(random, name) for name in NAMES[: _below(random, len(NAMES) + 1)])
    ids = [profile.id for profile in profiles]
    tokens = 1 + _below(random, 2999)
    essential = Size(tokens, 1 + _below(random, tokens))
    counted = {each: Size(tokens // 2 + 1, 1) for each in ids if random.random() < 0.1}
    needs = Needs(_media(random, 0.1), essential, counted)
    rules = Rules(
        zones=_some(random, Zone, 0.75),
        patience_seconds=_one(random, (1.0, 10.0, 60.0)),
        preference=_one(random, PREFERENCES),
        mode=_one(random, MODES),
        agreed=_some(random, ENDPOINTS, 0.5),
        budget=_one(random, (None, 0, 100, 1000)),
        only=_one(random, (*ids, "nobody")) if random.random() < 0.1 else None,
        preferred=_one(random, (*ids, "nobody")) if random.random() < 0.3 else None,
        whole=random.random() < 0.2,
        without=frozenset({Zone.COMPUTER}) if random.random() < 0.15 else frozenset(),
    )
    declined = frozenset(each for each in ids if random.random() < 0.1)
    return Situation(needs, profiles, rules, declined, _surroundings(random))


def wider(situation: Situation, random: Random) -> Situation:
    """The same with one thing more allowed, or one thing less in the way."""
    rules, near = situation.rules, situation.surroundings
    part, name, more = _one(
        random,
        (
            ("rules", "zones", rules.zones | {_one(random, ZONES)}),
            ("rules", "budget", rules.budget and rules.budget + 500),
            ("rules", "budget", None),
            ("rules", "patience_seconds", 2 * rules.patience_seconds),
            ("rules", "agreed", frozenset(ENDPOINTS)),
            ("rules", "mode", _LOOSER[rules.mode]),
            ("rules", "without", frozenset()),
            ("rules", "whole", False),
            ("rules", "only", None),
            ("surroundings", "broken", {}),
            ("surroundings", "offline", False),
            ("surroundings", "free_memory", near.free_memory and near.free_memory + 500 * MEGABYTE),
            ("surroundings", "load", 0.0),
            ("surroundings", "plugged", True),
        ),
    )
    return replace(situation, **{part: replace(getattr(situation, part), **{name: more})})


_LOOSER = {Mode.HERE: Mode.ASK, Mode.ASK: Mode.NEEDED, Mode.NEEDED: Mode.NEEDED}


def _profile(random: Random, name: str) -> WriterProfile:
    zone = _one(random, ZONES)
    named = f"{_one(random, ENDPOINTS)}/{name}" if zone.leaves else name
    rates = (0, 50_000, 200_000, 1_000_000)
    costs = _one(random, (None, Price(_one(random, rates), _one(random, rates))))
    return WriterProfile(
        id=named,
        name=name,
        zone=zone,
        accepts=_media(random, 0.6),
        context_length=_one(random, (512, 1024, 2048, 4096)),
        tier=1 + _below(random, 3) if zone.leaves else _below(random, 4),
        price=costs if zone.leaves else FREE,
        speed=_one(random, (None, Speed(500.0, 100.0), Speed(100.0, 20.0), Speed(20.0, 4.0))),
        answer_tokens=_one(random, (16, 256, 512)),
        memory=0 if zone.leaves else _one(random, (0, 500 * MEGABYTE, 1500 * MEGABYTE)),
        over_network=zone.leaves and random.random() < 0.7,
        order=_below(random, 3),
    )


def _surroundings(random: Random) -> Surroundings:
    return Surroundings(
        free_memory=_one(random, (None, 900 * MEGABYTE, 1100 * MEGABYTE, 4000 * MEGABYTE)),
        battery=_one(random, (None, 9.0, 14.9, 15.0, 80.0)),
        plugged=random.random() < 0.5,
        load=_one(random, (0.0, 0.5, 2.0, 8.0)),
        offline=random.random() < 0.1,
        broken={each: f"{each} failed." for each in ENDPOINTS if random.random() < 0.1},
    )


def _media(random: Random, chance: float) -> frozenset[Medium]:
    return _some(random, Medium, chance) | {Medium.TEXT}


def _some(random: Random, every, chance: float) -> frozenset:
    return frozenset(each for each in every if random.random() < chance)


def _one(random: Random, choices: Sequence[T]) -> T:
    """As random.choice, but quicker: a hundred thousand situations take many draws."""
    return choices[_below(random, len(choices))]


def _below(random: Random, end: int) -> int:
    return int(random.random() * end)


def _tokens(situation: Situation, profile: WriterProfile) -> int:
    needs = situation.needs
    tokens = needs.counted.get(profile.id, needs.size).tokens
    return min(tokens, profile.context_length - profile.answer_tokens)
