"""What a decision, and marks that something stays here, let be asked beyond this computer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nearling.assistant.routing import Rules
from nearling.core.conversation import Attempt, AttemptStatus, Decision, Mode, Turn
from nearling.core.errors import NotFound
from nearling.core.language import gettext as _
from nearling.core.outgoing import Consent


def waiting_for_consent(turn: Turn) -> Attempt | None:
    """The attempt that sends nothing until the person lets it."""
    waiting = (each for each in turn.attempts if each.status is AttemptStatus.WAITING)
    return next(waiting, None)


def within(
    rules: Rules, decision: Decision, consent: Consent | None, turns: Sequence[Turn]
) -> Rules:
    """`rules` as the person's decision and the marks of `turns` (oldest first) have them.

    Consent is to ask the one who waits for it, wherever that is. What is marked to stay keeps its
    whole conversation here, until the person lifts that for one request.
    """
    waiting = waiting_for_consent(turns[-1])
    if decision is Decision.SEND and consent is not None and waiting is not None:
        zones = rules.zones | {waiting.route.zone}
        rules = replace(rules, zones=zones, mode=Mode.ASK, only=waiting.route.writer)
        marked = False  # the one who asks for consent tells of the mark
    else:
        marked = any(turn.message.local_only for turn in turns) and not rules.lift
    if decision is Decision.HERE or marked:
        return replace(rules, mode=Mode.HERE)
    return rules


def not_waiting() -> NotFound:
    return NotFound(
        _("That question no longer waits for your consent."),
        _("Ask again; see `nearling history list` for what is kept."),
    )
