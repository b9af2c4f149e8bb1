"""One writer's try at a turn; every word is kept before it is passed on."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from nearling.core.conversation import AttemptStatus, Receipt, Route
from nearling.core.errors import Cancelled, EngineFailure, NearlingError, RemoteKind
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
from nearling.core.writers import FREE, Price
from nearling.history.history import History


def run_attempt(
    history: History,
    turn_id: str,
    route: Route,
    written: Iterator[Written | Doubted],
    *,
    started: float,
    left_out: tuple[str, ...] = (),
    left: tuple[str, ...] = (),
    price: Price | None = FREE,
    fingerprint: str | None = None,
) -> Generator[Progress | Delta | Cited | Doubted, None, Answered | Declined]:
    """Streams what is `written` and returns how the attempt ended.

    `started` is when the person asked, in seconds of time.perf_counter; `left` is what leaves
    this computer for it. Raises what `written` raises, after the attempt has been closed
    accordingly.
    """
    attempt = history.open_attempt(turn_id, route, fingerprint)
    status, reason = AttemptStatus.INTERRUPTED, ""
    heard = _Heard(started)
    try:
        for event in written:
            match event:
                case Declined():
                    status, reason = AttemptStatus.DECLINED, event.reason
                    return event
                case Delta():
                    if heard.first_token_ms is None:
                        heard.first_token_ms = _milliseconds_since(started)
                    history.append(attempt.id, event.text)
                    yield event
                case Cited():
                    history.cite(attempt.id, event.citation)
                    yield event
                case Doubted():
                    heard.doubted.append(event.text)
                    yield event
                case Prefilling():
                    yield Progress(_told(event))
                case Finished():
                    heard.account = event
        if heard.first_token_ms is None:
            raise EngineFailure(_("The writer ended without an answer."), _("Try again."))
        status = AttemptStatus.ANSWERED
    except Cancelled:
        status = AttemptStatus.CANCELLED
        raise
    except NearlingError as error:
        status, reason = AttemptStatus.FAILED, error.sentence
        left = () if error.kind == RemoteKind.CONNECT else left
        raise
    finally:
        receipt = heard.receipt(price, left, left_out)
        closed = history.close_attempt(attempt.id, status, receipt=receipt, reason=reason)
    return Answered(closed)


@dataclass(slots=True)
class _Heard:
    """What an attempt took, as far as it has come."""

    started: float
    first_token_ms: float | None = None
    account: Finished = field(default_factory=lambda: Finished(0, 0))
    doubted: list[str] = field(default_factory=list)

    def receipt(
        self, price: Price | None, left: tuple[str, ...], left_out: tuple[str, ...]
    ) -> Receipt:
        account = self.account
        return Receipt(
            self.first_token_ms,
            _milliseconds_since(self.started),
            account.tokens_in,
            account.tokens_out,
            _cost(account, price),
            left,
            reused=account.reused,
            guessed=account.guessed,
            cut=account.cut,
            unsure=account.unsure,
            left_out=left_out,
            doubted=tuple(self.doubted),
            means=account.means,
        )


def _cost(account: Finished, price: Price | None) -> int | None:
    """What the endpoint itself says, else what its price list says; None: neither is known."""
    if account.price is not None:
        return account.price
    told = account.tokens_in or account.tokens_out or price == FREE
    return price.of(account.tokens_in, account.tokens_out) if price and told else None


def _told(event: Prefilling) -> str:
    percent = 100 * event.done // max(1, event.total)
    return _("Taking the question in: {percent} %").format(percent=percent)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
