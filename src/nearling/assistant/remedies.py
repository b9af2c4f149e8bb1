"""What a person is told when nobody answers: why, what comes closest, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nearling.assistant.routing import Rules, Unroutable
from nearling.core.conversation import Mode
from nearling.core.events import CannotAnswer, Declined
from nearling.core.language import gettext as _
from nearling.core.writers import WriterProfile


def cannot_answer(
    route: Unroutable,
    declined: Sequence[Declined],
    rules: Rules,
    profiles: Iterable[WriterProfile],
) -> CannotAnswer:
    """`profiles` are all who are there, allowed or not."""
    remedies = [remedy for each in declined for remedy in each.remedies]
    if route.zones_beyond:
        remedies.append(_("Allow a place beyond this computer for this question."))
    elif _an_endpoint_would_help(rules, profiles):
        remedies.append(
            _(
                "Ask a model elsewhere, once you have seen what would leave. Add one: nearling "
                "endpoints add"
            )
        )
    return CannotAnswer(
        reasons=(*(each.reason for each in declined), *route.reasons),
        remedies=tuple(dict.fromkeys(remedies)),
        closest=next((each.closest for each in reversed(declined) if each.closest), ()),
    )


def _an_endpoint_would_help(rules: Rules, profiles: Iterable[WriterProfile]) -> bool:
    """Not where all is to stay here or one model was named; whoever has endpoints knows of them."""
    return (
        rules.mode is not Mode.HERE
        and rules.only is None
        and not any(profile.zone.leaves for profile in profiles)
    )
