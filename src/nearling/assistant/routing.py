"""Chooses who answers: a pure function of what is needed, who is there and what is allowed.

Hard limits first; then the nearest zone that has a useful writer; the preference ranks only
inside that zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from nearling.assistant.capacity import Needs, obstacle
from nearling.core.conversation import Mode, Route
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.numerals import decimal
from nearling.core.writers import WriterProfile, Zone


class Preference(StrEnum):
    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the person allows for this message."""

    zones: frozenset[Zone] = frozenset({Zone.COMPUTER})
    patience_seconds: float = 60.0
    preference: Preference = Preference.BEST
    mode: Mode = Mode.ASK
    """Whether what `zones` allows is asked about each time; HERE narrows them to this computer."""
    agreed: frozenset[str] = frozenset()
    """Names of endpoints that consent was remembered for."""
    budget: int | None = None
    """Micro-USD that may still be spent; None: the person has set no limit."""
    only: str | None = None
    """A writer's id: this one or none."""
    preferred: str | None = None
    """A writer's id: this one before others of its zone, where it is useful."""
    whole: bool = False
    """Nothing may be left out for want of room."""
    afresh: bool = False
    """Not from the history, though the same was asked before."""
    lift: bool = False
    """What is marked to stay on this computer may be asked about beyond it, this once."""


@dataclass(frozen=True, slots=True)
class Unroutable:
    """Nobody allowed can answer; one sentence a writer says why not."""

    reasons: tuple[str, ...]
    zones_beyond: frozenset[Zone] = field(default=frozenset())
    """Zones that are not allowed now and hold a writer that could take it."""


@dataclass(frozen=True, slots=True)
class _Offer:
    profile: WriterProfile
    seconds: float | None
    price: int | None
    trust: float

    def useful(self, patience: float) -> bool:
        """An unmeasured writer is given the benefit of the doubt once."""
        return self.seconds is None or self.seconds <= patience

    def rank(self, preference: Preference) -> tuple[float, ...]:
        """Smaller is better; unknown prices and speeds come last of their kind."""
        seconds = float("inf") if self.seconds is None else self.seconds
        price = float("inf") if self.price is None else float(self.price)
        tier = -self.trust
        match preference:
            case Preference.CHEAPEST:
                return (price, tier, seconds)
            case Preference.FASTEST:
                return (seconds, price, tier)
            case Preference.BEST:
                return (tier, price, seconds)


_QUOTING = 1.5
"""Between a small language model and a middling one."""
_FORBIDDEN = {
    Zone.COMPUTER: marked("{writer} answers on this computer, which is not allowed now."),
    Zone.NETWORK: marked("{writer} answers on your network, which is not allowed now."),
    Zone.CLOUD: marked("{writer} answers in the cloud, which is not allowed now."),
}
_NEAREST = {
    Zone.COMPUTER: marked("This computer can answer"),
    Zone.NETWORK: marked("Your network is the nearest place that can answer"),
    Zone.CLOUD: marked("Only the cloud can answer"),
}
_PREFERRED = {
    Preference.CHEAPEST: marked("{place}; {writer} is the cheapest of {rivals} here."),
    Preference.FASTEST: marked("{place}; {writer} is the fastest of {rivals} here."),
    Preference.BEST: marked("{place}; {writer} is the best of {rivals} here."),
}


def choose_route(
    needs: Needs,
    profiles: Iterable[WriterProfile],
    rules: Rules,
    declined: Collection[str] = (),
) -> Route | Unroutable:
    """The route for `needs`, leaving out the writers in `declined`.

    The same arguments give the same route whatever the order of `profiles`.
    """
    reasons: list[str] = []
    offers: list[_Offer] = []
    beyond: set[Zone] = set()
    for profile in sorted(profiles, key=lambda profile: profile.id):
        if profile.id in declined or rules.only not in (None, profile.id):
            continue
        offer = _offer(needs, profile)
        reason = obstacle(needs, profile, whole_prompt=rules.whole) or _unaffordable(offer, rules)
        if reason is None and profile.zone not in rules.zones:
            beyond.add(profile.zone)
            reason = _(_FORBIDDEN[profile.zone]).format(writer=_(profile.name))
        if reason is None:
            offers.append(offer)
        else:
            reasons.append(reason)
    if not offers:
        if not reasons and not declined:
            missing = (
                _("There is no model {model}.") if rules.only else _("There is no model at all.")
            )
            reasons.append(missing.format(model=rules.only))
        return Unroutable(tuple(reasons), frozenset(beyond))
    return _best(offers, rules)


def _offer(needs: Needs, profile: WriterProfile) -> _Offer:
    room = profile.context_length - profile.answer_tokens
    tokens = min(needs.of(profile.id).tokens, room), profile.answer_tokens
    return _Offer(
        profile,
        None if profile.speed is None else profile.speed.seconds(*tokens),
        None if profile.price is None else profile.price.of(*tokens),
        _trust(profile, needs),
    )


def _trust(profile: WriterProfile, needs: Needs) -> float:
    """How far a writer is believed to be right: its tier, but for who only quotes.

    Who only quotes is right more often than a small language model, and gives way to it where it
    finds nothing; without anything to quote it finds nothing for sure.
    """
    if profile.tier:
        return profile.tier
    return _QUOTING if needs.sources else 0.0


def _unaffordable(offer: _Offer, rules: Rules) -> str | None:
    """An unknown price is not refused here: it is asked about, since consent precedes it."""
    if offer.price is not None and rules.budget is not None and offer.price > rules.budget:
        return _("{writer} could cost more than is left of the budget.").format(
            writer=_(offer.profile.name)
        )
    return None


def _best(offers: list[_Offer], rules: Rules) -> Route:
    """The preferred writer of the nearest zone that has a useful one; a slow one if none is."""
    useful = [offer for offer in offers if offer.useful(rules.patience_seconds)]
    nearest = min(
        (offer.profile.zone for offer in useful or offers), key=lambda zone: zone.distance
    )
    inside = [offer for offer in useful or offers if offer.profile.zone is nearest]
    chosen = min(
        inside,
        key=lambda offer: (offer.profile.id != rules.preferred, offer.rank(rules.preference)),
    )
    return Route(
        chosen.profile.id,
        nearest,
        _why(chosen, len(inside), rules, slow=not useful),
        chosen.seconds,
        chosen.price,
    )


def _why(chosen: _Offer, rivals: int, rules: Rules, *, slow: bool) -> str:
    place = _(_NEAREST[chosen.profile.zone])
    if slow:
        return _("{place}, though it may take {seconds} s.").format(
            place=place, seconds=decimal(chosen.seconds or 0.0, 0)
        )
    if rivals > 1:
        writer = _(chosen.profile.name)
        if chosen.profile.id == rules.preferred:
            return _("{place}; {writer} is your choice.").format(place=place, writer=writer)
        return _(_PREFERRED[rules.preference]).format(place=place, writer=writer, rivals=rivals)
    return f"{place}."
