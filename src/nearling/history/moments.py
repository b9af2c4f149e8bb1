"""Moments as the database keeps them, microseconds since 1970, and as everyone else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    return kept(datetime.now(UTC))


def kept(moment: datetime) -> int:
    """Exact, which a float of seconds is not; `moment` must know its time zone."""
    return (moment - _START) // timedelta(microseconds=1)


def as_datetime(kept_moment: int) -> datetime:
    return _START + timedelta(microseconds=kept_moment)
