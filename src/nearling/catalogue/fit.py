"""Which speech model fits a computer, and why: estimates, from two models measured on one."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.catalogue.cards import SpeechCard
from nearling.catalogue.computer import Computer
from nearling.core.language import gettext as _
from nearling.core.numerals import decimal

_MEMORY_BASE, _MEMORY_EACH = 200, 3
"""Megabytes, and those for a million parameters: read with two bytes each, kept with one."""
_SECONDS_EACH = 0.016
"""For a million parameters, a core and a short question: whisper-base took 0.6 s on two cores."""
PATIENCE_SECONDS = 1.5
"""After the key is let go; who waits longer for their own words speaks no more."""


@dataclass(frozen=True, slots=True)
class Fit:
    card: SpeechCard
    fits: bool
    reason: str
    """A sentence."""
    seconds: float
    """Predicted for a short question."""


def is_quick(million_parameters: int, computer: Computer) -> bool:
    """Whether who has spoken a short question would wait for its words."""
    return _seconds(million_parameters, computer) <= PATIENCE_SECONDS


def fit(card: SpeechCard, computer: Computer) -> Fit:
    seconds = _seconds(card.million_parameters, computer)
    needs = _MEMORY_BASE + _MEMORY_EACH * card.million_parameters
    told = {"seconds": decimal(seconds, 1), "gigabytes": decimal(needs / 1000, 1)}
    if needs > computer.memory_megabytes / 2:
        return Fit(
            card,
            False,
            _("It needs about {gigabytes} GB of memory, more than half of what is here.").format(
                **told
            ),
            seconds,
        )
    if seconds > PATIENCE_SECONDS:
        reason = _("A short question would take about {seconds} s here.").format(**told)
        return Fit(card, False, reason, seconds)
    reason = _("A short question takes about {seconds} s, with {gigabytes} GB of memory.").format(
        **told
    )
    return Fit(card, True, reason, seconds)


def recommended(
    cards: tuple[SpeechCard, ...], computer: Computer, *, english: bool = False
) -> SpeechCard:
    """The largest that fits, else the smallest there is; for English alone if that is enough."""
    suited = [card for card in cards if card.english_only == english] or list(cards)
    fitting = [card for card in suited if fit(card, computer).fits]
    return fitting[-1] if fitting else suited[0]


def _seconds(million_parameters: int, computer: Computer) -> float:
    return _SECONDS_EACH * million_parameters / computer.cores
