"""One writer's try at a turn; every word is kept before it is passed on."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator

from nearling.core.conversation import AttemptStatus, Receipt, Route
from nearling.core.errors import Cancelled, EngineFailure, NearlingError
from nearling.core.events import (
    Answered,
    Cited,
    Declined,
    Delta,
    Doubted,
    Finished,
    Prefilling,
    Progress,
    Written,
)
from nearling.core.language import gettext as _
from nearling.history.history import History


def run_attempt(
    history: History,
    turn_id: str,
    route: Route,
    written: Iterator[Written | Doubted],
    *,
    started: float,
    left_out: tuple[str, ...] = (),
) -> Generator[Progress | Delta | Cited | Doubted, None, Answered | Declined]:
    """Streams what is `written` and returns how the attempt ended.

    `started` is when the person asked, in seconds of time.perf_counter. Raises what
    `written` raises, after the attempt has been closed accordingly.
    """
    attempt = history.open_attempt(turn_id, route)
    status, reason = AttemptStatus.INTERRUPTED, ""
    first_token_ms: float | None = None
    account = Finished(0, 0)
    doubted: list[str] = []
    try:
        for event in written:
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
                case Doubted():
                    doubted.append(event.text)
                    yield event
                case Prefilling():
                    yield Progress(_told(event))
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
            first_token_ms,
            _milliseconds_since(started),
            account.tokens_in,
            account.tokens_out,
            reused=account.reused,
            guessed=account.guessed,
            cut=account.cut,
            unsure=account.unsure,
            left_out=left_out,
            doubted=tuple(doubted),
        )
        closed = history.close_attempt(attempt.id, status, receipt=receipt, reason=reason)
    return Answered(closed)


def _told(event: Prefilling) -> str:
    percent = 100 * event.done // max(1, event.total)
    return _("Taking the question in: {percent} %").format(percent=percent)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
