"""Has a prepared prompt answered: by the chosen writer, or by the next one if that gives way."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from nearling.assistant.attempt import run_attempt
from nearling.assistant.capacity import assess, estimate
from nearling.assistant.compaction import compacted
from nearling.assistant.quotations import checked
from nearling.assistant.recordings import timed
from nearling.assistant.routing import Rules, Unroutable, choose_route
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Route
from nearling.core.errors import EngineLost, OutOfMemory, UnusableModel
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Compacted,
    Declined,
    Event,
    NeedsConsent,
    Progress,
    Routed,
)
from nearling.core.hearing import Transcript
from nearling.core.language import gettext as _
from nearling.core.prompt import Prompt
from nearling.engines.pool import Candidate
from nearling.history.history import History


@dataclass(frozen=True, slots=True)
class Asking:
    """One prompt on its way to an answer."""

    turn: str
    prompt: Prompt
    rules: Rules
    consent: bool
    """Whether what leaves this computer was shown and may leave."""
    heard: Mapping[str, Transcript]
    """Of the recordings among the sources, by digest."""
    started: float
    """Seconds of time.perf_counter."""
    cancellation: Cancellation


def answers(
    history: History, candidates: Sequence[Candidate], asking: Asking
) -> Generator[Event, None, Answered | CannotAnswer | NeedsConsent]:
    """From Routed to how it ended; a writer that declines or is lost gives way to the next.

    Raises what the last writer raised, if there is no other to ask or it had begun to speak.
    """
    needs = assess(asking.prompt, candidates, asking.cancellation)
    profiles = [candidate.profile for candidate in candidates]
    writers = {candidate.profile.id: candidate for candidate in candidates}
    declined: dict[str, Declined] = {}
    while True:
        asking.cancellation.check()
        route = choose_route(needs, profiles, asking.rules, declined)
        if isinstance(route, Unroutable):
            return _cannot_answer(route, tuple(declined.values()))
        if route.leaves and not asking.consent:
            return NeedsConsent(asking.turn, route)
        yield Routed(route)
        tried = len(history.turn(asking.turn).attempts)
        try:
            outcome = yield from _attempt(history, writers[route.writer], route, asking)
        except (EngineLost, OutOfMemory, UnusableModel) as error:
            others = choose_route(needs, profiles, asking.rules, {*declined, route.writer})
            if isinstance(others, Unroutable) or _spoke(history, asking.turn, tried):
                raise
            outcome = Declined(error.sentence, remedies=(error.remedy,))
        if isinstance(outcome, Answered):
            return outcome
        declined[route.writer] = outcome
        yield outcome


def _attempt(
    history: History, candidate: Candidate, route: Route, asking: Asking
) -> Generator[Event, None, Answered | Declined]:
    prompt, left_out = fitted(asking.prompt, candidate, asking.rules, asking.cancellation)
    if left_out:
        yield Compacted(left_out)
    if not candidate.is_awake():
        yield Progress(_("Loading {writer}").format(writer=_(candidate.profile.name)))
    written = candidate.writer.write(prompt, asking.cancellation)
    # The built-in writer cites by itself, and says nothing that is not there.
    judged = checked(written, prompt) if candidate.profile.tier else written
    return (
        yield from run_attempt(
            history,
            asking.turn,
            route,
            timed(judged, asking.heard),
            started=asking.started,
            left_out=left_out,
        )
    )


def fitted(
    prompt: Prompt, candidate: Candidate, rules: Rules, cancellation: Cancellation
) -> tuple[Prompt, tuple[str, ...]]:
    """The most of `prompt` that the candidate can hold, and in sentences what was left out.

    Raises what TokenCounter.count raises.
    """
    profile, counter = candidate.profile, candidate.counter
    room = profile.context_length - profile.answer_tokens
    if rules.whole or estimate(prompt) <= room:
        return prompt, ()
    if counter is None:
        return compacted(prompt, room, estimate)
    return compacted(prompt, room, lambda tried: counter.count(tried, cancellation))


def _spoke(history: History, turn: str, before: int) -> bool:
    """Whether an attempt that followed the first `before` has said anything."""
    return any(attempt.text for attempt in history.turn(turn).attempts[before:])


def _cannot_answer(route: Unroutable, declined: Sequence[Declined]) -> CannotAnswer:
    closest = next((d.closest for d in reversed(declined) if d.closest), ())
    remedies = [remedy for d in declined for remedy in d.remedies]
    if route.zones_beyond:
        remedies.append(_("Allow a place beyond this computer for this question."))
    reasons = (*(d.reason for d in declined), *route.reasons)
    return CannotAnswer(reasons, tuple(dict.fromkeys(remedies)), closest)
