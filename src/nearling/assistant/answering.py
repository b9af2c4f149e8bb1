"""Has a prepared prompt answered: by the chosen writer, or by the next one if that gives way."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from nearling.assistant.again import answered_again, fingerprint
from nearling.assistant.asking import Asking
from nearling.assistant.attempt import run_attempt
from nearling.assistant.capacity import LETTERS_A_TOKEN, assess, estimate
from nearling.assistant.compaction import compacted
from nearling.assistant.leafing import ENOUGH, leafed
from nearling.assistant.quotations import checked
from nearling.assistant.recordings import timed
from nearling.assistant.remedies import cannot_answer
from nearling.assistant.routing import Rules, Unroutable, choose_route
from nearling.assistant.sending import Sending
from nearling.core.abilities import TokenCounter
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Attempt, Route
from nearling.core.errors import EngineLost, OutOfMemory, RemoteFailure, UnusableModel
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Compacted,
    Declined,
    Event,
    NeedsConsent,
    Progress,
    Routed,
    Written,
)
from nearling.core.language import gettext as _
from nearling.core.outgoing import Outgoing
from nearling.core.prompt import Prompt
from nearling.core.writers import Zone
from nearling.engines.pool import Candidate
from nearling.history.history import History
from nearling.privacy.manifest import left


@dataclass(frozen=True, slots=True)
class _Try:
    """One candidate with what it would be given."""

    candidate: Candidate
    route: Route
    prompt: Prompt
    left_out: tuple[str, ...]
    outgoing: Outgoing | None
    """What leaves for it; None on this computer."""
    fingerprint: str | None


def answers(
    history: History, sending: Sending, candidates: Sequence[Candidate], asking: Asking
) -> Generator[Event, None, Answered | CannotAnswer | NeedsConsent]:
    """From Routed to how it ended; a writer that declines or is lost gives way to the next.

    Whoever was beyond this computer gives way to one on it alone: consent was given to one
    request. Raises what the last writer raised, if nobody else answers or it had begun to speak.
    """
    # Nobody but who quotes is given more pages than these.
    measured = asking.prompt if asking.rules.whole else leafed(asking.prompt)[0]
    needs = assess(measured, candidates, asking.cancellation)
    profiles = [candidate.profile for candidate in candidates]
    writers = {candidate.profile.id: candidate for candidate in candidates}
    declined: dict[str, Declined] = {}
    rules = asking.rules
    lost: RemoteFailure | None = None
    while True:
        asking.cancellation.check()
        route = choose_route(needs, profiles, rules, declined, asking.surroundings)
        if isinstance(route, Unroutable):
            if lost is not None:
                raise lost
            return cannot_answer(route, tuple(declined.values()), asking.rules, profiles)
        if route.leaves:
            route = _explained(route, declined.values(), asking)
        attempted = _prepared(sending, writers[route.writer], route, asking)
        known = _known(history, attempted, rules)
        if known is not None:
            return (
                yield from answered_again(
                    history,
                    asking.turn.id,
                    route,
                    known,
                    started=asking.started,
                    left_out=attempted.left_out,
                )
            )
        outgoing = attempted.outgoing
        if outgoing is not None and not _allowed(outgoing, asking):
            history.wait_for_consent(asking.turn.id, route, asking.edits)
            return NeedsConsent(asking.turn.id, route, outgoing, asking.edits, asking.marked)
        before = frozenset(attempt.id for attempt in history.turn(asking.turn.id).attempts)
        try:
            outcome = yield from _attempt(history, attempted, asking)
        except (EngineLost, OutOfMemory, UnusableModel, RemoteFailure) as error:
            if isinstance(error, RemoteFailure):
                lost = error
                rules = replace(rules, zones=rules.zones & {Zone.COMPUTER}, only=None)
            given_up = {*declined, route.writer}
            others = choose_route(needs, profiles, rules, given_up, asking.surroundings)
            beside = route.leaves and asking.turn.answer is not None
            if isinstance(others, Unroutable) or beside or _spoke(history, asking.turn.id, before):
                raise
            outcome = Declined(error.sentence, remedies=(error.remedy,))
        if isinstance(outcome, Answered):
            return outcome
        declined[route.writer] = outcome
        yield outcome


def _prepared(sending: Sending, candidate: Candidate, route: Route, asking: Asking) -> _Try:
    prompt, left_out = fitted(asking.prompt, candidate, asking.rules, asking.cancellation)
    outgoing = sending.outgoing(prompt, candidate, asking.edits, asking.cancellation)
    mark = fingerprint(candidate, prompt, outgoing)
    return _Try(candidate, route, prompt, left_out, outgoing, mark)


def previewed(sending: Sending, candidate: Candidate, asking: Asking, route: Route) -> NeedsConsent:
    """What would leave for a turn that waits. Raises what `answers` raises before anything left."""
    outgoing = _prepared(sending, candidate, route, asking).outgoing
    if outgoing is None:
        raise ValueError(route.writer)
    return NeedsConsent(asking.turn.id, route, outgoing, asking.edits, asking.marked)


def _known(history: History, attempted: _Try, rules: Rules) -> Attempt | None:
    if attempted.fingerprint is None or rules.afresh:
        return None
    known = history.answered_before(attempted.fingerprint)
    cut = known is not None and known.receipt is not None and known.receipt.cut
    return None if cut else known


def _allowed(outgoing: Outgoing, asking: Asking) -> bool:
    """Whether the person has seen just this, and lets it leave."""
    consent = asking.consent
    if consent is None or consent.digest != outgoing.digest:
        return False
    return consent.lift or not asking.marked


def _explained(route: Route, declined: Iterable[Declined], asking: Asking) -> Route:
    """`route` with why whoever was asked before it did not do, as it was shown with consent."""
    shown = asking.shown
    if asking.consent is not None and shown is not None and shown.writer == route.writer:
        return replace(route, reason=shown.reason)
    reasons = [answer.reason for answer in declined]
    return replace(route, reason=f"{reasons[0]} {route.reason}") if reasons else route


def _attempt(
    history: History, attempted: _Try, asking: Asking
) -> Generator[Event, None, Answered | Declined]:
    candidate, outgoing = attempted.candidate, attempted.outgoing
    yield Routed(attempted.route)
    if attempted.left_out:
        yield Compacted(attempted.left_out)
    if not candidate.is_awake():
        yield Progress(_("Loading {writer}").format(writer=_(candidate.profile.name)))
    written = _written(attempted, asking)
    # The built-in writer cites by itself, and says nothing that is not there.
    judged = checked(written, attempted.prompt) if candidate.profile.tier else written
    return (
        yield from run_attempt(
            history,
            asking.turn.id,
            attempted.route,
            timed(judged, asking.heard),
            started=asking.started,
            left_out=attempted.left_out,
            left=() if outgoing is None else left(outgoing),
            price=candidate.profile.price,
            fingerprint=attempted.fingerprint,
        )
    )


def _written(attempted: _Try, asking: Asking) -> Iterator[Written]:
    writer, beyond = attempted.candidate.writer, attempted.candidate.beyond
    if writer is not None:
        return writer.write(attempted.prompt, asking.cancellation)
    if beyond is None or attempted.outgoing is None or asking.consent is None:
        raise ValueError(attempted.route.writer)
    consent, turn = asking.consent.digest, asking.turn.id
    return beyond.sender.send(attempted.outgoing, consent, turn, asking.cancellation)


def fitted(
    prompt: Prompt, candidate: Candidate, rules: Rules, cancellation: Cancellation
) -> tuple[Prompt, tuple[str, ...]]:
    """The most of `prompt` that the candidate can hold, and in sentences what was left out.

    Raises what TokenCounter.count raises.
    """
    profile, counter = candidate.profile, candidate.counter
    room = profile.context_length - profile.answer_tokens
    if rules.whole:
        return prompt, ()
    pages: tuple[str, ...] = ()
    if profile.tier:
        prompt, pages = leafed(prompt, min(ENOUGH, room * LETTERS_A_TOKEN // 2))
    if estimate(prompt) <= room:
        return prompt, pages
    count = estimate if counter is None else partial(_counted, counter, cancellation)
    prompt, left_out = compacted(prompt, room, count)
    return prompt, (*pages, *left_out)


def _counted(counter: TokenCounter, cancellation: Cancellation, prompt: Prompt) -> int:
    return counter.count(prompt, cancellation)


def _spoke(history: History, turn: str, before: Collection[str]) -> bool:
    """Whether an attempt that followed those `before` has said anything."""
    attempts = history.turn(turn).attempts
    return any(attempt.text for attempt in attempts if attempt.id not in before)
