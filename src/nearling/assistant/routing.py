"""Chooses who answers: a pure function of what is needed, who is there and what is allowed.

Hard limits first; then the nearest zone that has a useful writer; the preference ranks only
inside that zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nearling.assistant.capacity import Needs, obstacle
from nearling.assistant.surroundings import UNHINDERED, Surroundings
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
    """Names of endpoints that consent was remembered for; of account in Mode.NEEDED only."""
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
    without: frozenset[Zone] = frozenset()
    """Zones whose answers are not enough: a larger model was asked for."""

    @property
    def allowed(self) -> frozenset[Zone]:
        """The zones where somebody may answer."""
        return self.zones & {Zone.COMPUTER} if self.mode is Mode.HERE else self.zones


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
    patience: float

    @property
    def useful(self) -> bool:
        """An unmeasured writer is given the benefit of the doubt once."""
        return self.seconds is None or self.seconds <= self.patience

    @property
    def drains(self) -> bool:
        """It keeps this computer's cores busy; who only quotes is done at once."""
        return self.profile.zone is Zone.COMPUTER and self.profile.tier > 0

    def rank(self, rules: Rules) -> tuple[float, ...]:
        """Smaller is better; unknown prices and speeds come last of their kind."""
        seconds = float("inf") if self.seconds is None else self.seconds
        price = float("inf") if self.price is None else float(self.price)
        tier = -self.trust
        order = float(self.profile.order)
        others = float(self.profile.id != rules.preferred)
        match rules.preference:
            case Preference.CHEAPEST:
                return (others, price, tier, seconds, order)
            case Preference.FASTEST:
                return (others, seconds, price, tier, order)
            case Preference.BEST:
                return (others, tier, price, seconds, order)


@dataclass(frozen=True, slots=True)
class _Refusal:
    profile: WriterProfile
    reason: str


_BUILT_IN = 1.5
"""How far who quotes and computes is believed to be right: it is so more often than a small
language model, and gives way to it in milliseconds where it is not sure; others count as their
tier."""
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
_RATHER = {
    Zone.NETWORK: marked("Your network can answer"),
    Zone.CLOUD: marked("The cloud can answer"),
}
"""Where somebody nearer could, too, but not as well, or was not to be asked."""
_PREFERRED = {
    Preference.CHEAPEST: marked("{place}; {writer} is the cheapest of {rivals} here."),
    Preference.FASTEST: marked("{place}; {writer} is the fastest of {rivals} here."),
    Preference.BEST: marked("{place}; {writer} is the best of {rivals} here."),
}
_PREFERRED_THERE = {
    Preference.CHEAPEST: marked("{place}; {writer} is the cheapest of {rivals} there."),
    Preference.FASTEST: marked("{place}; {writer} is the fastest of {rivals} there."),
    Preference.BEST: marked("{place}; {writer} is the best of {rivals} there."),
}


def choose_route(
    needs: Needs,
    profiles: Iterable[WriterProfile],
    rules: Rules,
    declined: Collection[str] = (),
    surroundings: Surroundings = UNHINDERED,
) -> Route | Unroutable:
    """The route for `needs`, leaving out the writers in `declined`.

    The same arguments give the same route whatever the order of `profiles`.
    """
    known = sorted(
        (profile for profile in profiles if rules.only in (None, profile.id)),
        key=lambda profile: profile.id,
    )
    if not known:
        missing = _("There is no model {model}.") if rules.only else _("There is no model at all.")
        return Unroutable((missing.format(model=rules.only),))
    offers: list[_Offer] = []
    refusals: list[_Refusal] = []
    beyond: set[Zone] = set()
    for profile in known:
        if profile.id in declined:
            continue
        offer = _offer(needs, profile, rules, surroundings)
        reason = (
            obstacle(needs, profile, surroundings, whole_prompt=rules.whole)
            or _unaffordable(offer, rules)
            or _unwanted(profile, rules)
        )
        if reason is None and profile.zone not in rules.allowed:
            beyond.add(profile.zone)
            reason = _(_FORBIDDEN[profile.zone]).format(writer=_(profile.name))
        if reason is None:
            offers.append(offer)
        else:
            refusals.append(_Refusal(profile, reason))
    if not offers:
        return Unroutable(tuple(each.reason for each in refusals), frozenset(beyond))
    return _best(offers, refusals, rules, surroundings)


def _offer(
    needs: Needs, profile: WriterProfile, rules: Rules, surroundings: Surroundings
) -> _Offer:
    room = profile.context_length - profile.answer_tokens
    tokens = min(needs.of(profile.id).tokens, room), profile.answer_tokens
    slowdown = 1.0 if profile.zone.leaves else surroundings.slowdown
    return _Offer(
        profile,
        None if profile.speed is None else slowdown * profile.speed.seconds(*tokens),
        None if profile.price is None else profile.price.of(*tokens),
        profile.tier or _BUILT_IN,
        rules.patience_seconds,
    )


def _unaffordable(offer: _Offer, rules: Rules) -> str | None:
    """An unknown price is not refused here: it is asked about, since consent precedes it."""
    if offer.price is not None and rules.budget is not None and offer.price > rules.budget:
        return _("{writer} could cost more than is left of the budget.").format(
            writer=_(offer.profile.name)
        )
    return None


def _unwanted(profile: WriterProfile, rules: Rules) -> str | None:
    if profile.zone not in rules.without:
        return None
    return _("{writer} is left out: a larger model was asked for.").format(writer=_(profile.name))


def _best(
    offers: Sequence[_Offer],
    refusals: Sequence[_Refusal],
    rules: Rules,
    surroundings: Surroundings,
) -> Route:
    """The preferred writer of the nearest zone that has a useful one; a slow one if none is.

    A battery that is nearly empty is spared where somebody useful is beyond this computer.
    """
    useful = [offer for offer in offers if offer.useful]
    sparing = [offer for offer in useful if not (surroundings.battery_is_low and offer.drains)]
    elsewhere = any(offer.profile.zone.leaves for offer in sparing)
    eligible = sparing if elsewhere else useful or offers
    nearest = min((offer.profile.zone for offer in eligible), key=lambda zone: zone.distance)
    inside = [offer for offer in eligible if offer.profile.zone is nearest]
    chosen = min(inside, key=lambda offer: offer.rank(rules))
    slower = [offer for offer in offers if offer.profile.zone.distance < nearest.distance]
    others = slower or (rules.only and nearest.leaves)
    place = _((_RATHER if others else _NEAREST)[nearest])
    sentences = [_why(chosen, len(inside), rules, surroundings, place)]
    if slower:
        sentences.append(
            _hindrance(max(slower, key=lambda offer: offer.profile.tier), surroundings)
        )
    else:
        sentences += _passed(refusals, nearest)
    return Route(
        chosen.profile.id,
        nearest,
        " ".join(sentences),
        chosen.seconds,
        chosen.price,
        agreed=_agreed(chosen, rules),
    )


def _agreed(chosen: _Offer, rules: Rules) -> bool:
    """Whether it may be sent unasked: never at a price that nobody knows."""
    return (
        rules.mode is Mode.NEEDED
        and chosen.price is not None
        and chosen.profile.endpoint in rules.agreed
    )


def _passed(refusals: Iterable[_Refusal], nearest: Zone) -> tuple[str, ...]:
    """Why the one nearer than `nearest` whom one would rather have asked cannot answer."""
    nearer = [each for each in refusals if each.profile.zone.distance < nearest.distance]
    return (max(nearer, key=lambda each: each.profile.tier).reason,) if nearer else ()


def _hindrance(offer: _Offer, surroundings: Surroundings) -> str:
    """What speaks against who could answer and is nearer than who will."""
    if not offer.useful:
        return _("{writer} may take {seconds} s.").format(
            writer=_(offer.profile.name), seconds=decimal(offer.seconds or 0.0, 0)
        )
    return _("The battery is at {percent} %.").format(
        percent=decimal(surroundings.battery or 0.0, 0)
    )


def _why(chosen: _Offer, rivals: int, rules: Rules, surroundings: Surroundings, place: str) -> str:
    if not chosen.useful:
        return _("{place}, though it may take {seconds} s.").format(
            place=place, seconds=decimal(chosen.seconds or 0.0, 0)
        )
    if surroundings.battery_is_low and chosen.drains:
        return _("{place}, though the battery is at {percent} %.").format(
            place=place, percent=decimal(surroundings.battery or 0.0, 0)
        )
    if rivals > 1:
        writer = _(chosen.profile.name)
        if chosen.profile.id == rules.preferred:
            return _("{place}; {writer} is your choice.").format(place=place, writer=writer)
        preferred = _PREFERRED_THERE if chosen.profile.zone.leaves else _PREFERRED
        return _(preferred[rules.preference]).format(place=place, writer=writer, rivals=rivals)
    return f"{place}."
