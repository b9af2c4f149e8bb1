"""The same question about the same sources to the same writer is answered from the history."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator
from dataclasses import replace

from nearling.core.chat import messages
from nearling.core.conversation import Attempt, AttemptStatus, Receipt, Route
from nearling.core.events import Answered, Cited, Delta, Event, Routed
from nearling.core.language import gettext as _
from nearling.core.outgoing import Outgoing
from nearling.core.prompt import Prompt
from nearling.engines.pool import Candidate
from nearling.history.history import History


def fingerprint(candidate: Candidate, prompt: Prompt, outgoing: Outgoing | None) -> str | None:
    """Of who is asked what, to the letter; None where asking again costs nothing.

    Who only quotes is as quick as the history, and gets better from version to version.
    """
    if outgoing is not None:
        return outgoing.digest
    if not candidate.profile.tier or candidate.version is None:
        return None
    asked = [candidate.profile.id, candidate.version]
    asked += [f"{message.role}\n{message.content}" for message in messages(prompt)]
    return hashlib.sha256("\0".join(asked).encode("utf-8", "surrogatepass")).hexdigest()


def answered_again(
    history: History,
    turn: str,
    route: Route,
    known: Attempt,
    *,
    started: float,
    left_out: tuple[str, ...],
) -> Generator[Event, None, Answered]:
    """`known` as the answer of another turn; `started` in seconds of time.perf_counter.

    `left_out` is what this turn's prompt had no room for.
    """
    route = replace(
        route,
        reason=_("The same was asked before: this is what was answered then."),
        predicted_seconds=0.0,
        predicted_price=0,
    )
    yield Routed(route)
    attempt = history.open_attempt(turn, route)
    history.append(attempt.id, known.text)
    yield Delta(known.text)
    for citation in known.citations:
        history.cite(attempt.id, citation)
        yield Cited(citation)
    took = round((time.perf_counter() - started) * 1000, 1)
    before = known.receipt or Receipt(None, took, 0, 0)
    receipt = replace(before, first_token_ms=took, total_ms=took, price=0, left=(), again=True)
    receipt = replace(receipt, left_out=left_out)
    closed = history.close_attempt(attempt.id, AttemptStatus.ANSWERED, receipt=receipt)
    return Answered(closed)
