"""Exit codes, a contract with scripts."""

from __future__ import annotations

from enum import IntEnum

from nearling.core.errors import (
    Cancelled,
    Interrupted,
    ModelMissing,
    NearlingError,
    UnusableQuestion,
)


class Exit(IntEnum):
    DONE = 0
    FAILED = 1
    USAGE = 2
    CANNOT_ANSWER = 3
    NEEDS_CONSENT = 4
    CANCELLED = 130


def exit_for(error: NearlingError) -> Exit:
    if isinstance(error, Cancelled | Interrupted):
        return Exit.CANCELLED
    if isinstance(error, UnusableQuestion):
        return Exit.USAGE
    if isinstance(error, ModelMissing):
        return Exit.CANNOT_ANSWER
    return Exit.FAILED
