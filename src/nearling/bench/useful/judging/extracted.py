"""The fields of a file: what was found, missed and made up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from nearling.bench.scoring import plain

FIELDS = (
    "date",
    "merchant",
    "total",
    "number",
    "address",
    "email",
    "phone",
    "due_date",
    "tax",
    "customer",
)
Found = Literal["right", "wrong", "missing", "invented", "rightly empty", "failed"]


def extracted(
    printed: Mapping[str, str | tuple[str, ...]], found: Mapping[str, str | None] | None
) -> dict[str, Found]:
    """What became of each of the FIELDS; a value is right exactly as it is printed.

    Without anything `found` all that are printed failed.
    """
    if found is None:
        return {name: "failed" if printed.get(name) else "rightly empty" for name in FIELDS}
    return {name: _judged(printed.get(name, ()), found.get(name)) for name in FIELDS}


def _judged(printed: str | tuple[str, ...], found: str | None) -> Found:
    accepted = (printed,) if isinstance(printed, str) else printed
    if not found:
        return "missing" if accepted else "rightly empty"
    if not accepted:
        return "invented"
    return "right" if _letters(found) in map(_letters, accepted) else "wrong"


def _letters(text: str) -> str:
    """An address may stand in several lines or in one with commas."""
    return re.sub(r"[,;]?\s+", "", plain(text)).strip(".,;:")
