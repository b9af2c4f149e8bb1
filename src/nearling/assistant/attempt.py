"""One writer's try at a turn; every word is kept before it is passed on."""

from __future__ import annotations

import time
from collections.abc import Generator

from nearling.core.abilities import Writer
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import AttemptStatus, Receipt, Route
from nearling.core.errors import Cancelled, EngineFailure, NearlingError
from nearling.core.events import Answered, Cited, Declined, Delta, Finished
from nearling.core.language import gettext as _
from nearling.core.prompt import Prompt
from nearling.history.history import History


def run_attempt(
    history: History,
    turn_id: str,
    route: Route,
    writer: Writer,
    prompt: Prompt,
    *,
    started: float,
    cancellation: Cancellation,
) -> Generator[Delta | Cited, None, Answered | Declined]:
    """Streams the answer and returns how the attempt ended.

    `started` is when the person asked, in seconds of time.perf_counter. Raises what
    Writer.write raises, after the attempt has been closed accordingly.
    """
    attempt = history.open_attempt(turn_id, route)
    status, reason = AttemptStatus.INTERRUPTED, ""
    first_token_ms: float | None = None
    account = Finished(0, 0)
    try:
        for event in writer.write(prompt, cancellation):
            match event:
                case Declined():
                    status, reason = AttemptStatus.DECLINED, event.reason
                    return event
                case Delta():
                    if first_token_ms is None:
                        first_token_ms = _milliseconds_since(started)
                    history.append(attempt.id, event.text)
                    yield event
                case Cited():
                    history.cite(attempt.id, event.citation)
                    yield event
                case Finished():
                    account = event
        if first_token_ms is None:
            raise EngineFailure(_("The writer ended without an answer."), _("Try again."))
        status = AttemptStatus.ANSWERED
    except Cancelled:
        status = AttemptStatus.CANCELLED
        raise
    except NearlingError as error:
        status, reason = AttemptStatus.FAILED, error.sentence
        raise
    finally:
        receipt = Receipt(
            first_token_ms, _milliseconds_since(started), account.tokens_in, account.tokens_out
        )
        closed = history.close_attempt(attempt.id, status, receipt=receipt, reason=reason)
    return Answered(closed)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
