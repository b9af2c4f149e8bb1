"""What an endpoint offers, as far as it tells; each family of servers tells it in its own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from nearling.core.endpoints import RemoteModel
from nearling.core.errors import RemoteKind
from nearling.core.media import Medium
from nearling.core.writers import Price
from nearling.engines.cloud.failures import failure

MOST_BYTES = 16 << 20
_MOST = 5_000
_LONGEST = 200
_LENGTHS = ("context_length", "max_context_length", "context_window", "max_model_len")


def models_of(body: bytes, endpoint: str) -> tuple[RemoteModel, ...]:
    """In the endpoint's order. Raises RemoteFailure if `body` is no list of models."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    rows = told.get("data") if isinstance(told, dict) else told
    if not isinstance(rows, list):
        raise failure(RemoteKind.PROTOCOL, endpoint)
    models: dict[str, RemoteModel] = {}
    for row in rows[:_MOST]:
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST:
            models.setdefault(name, RemoteModel(name, _accepts(row), _length(row), _price(row)))
    return tuple(models.values())


def _accepts(row: Mapping[str, Any]) -> frozenset[Medium]:
    architecture = row.get("architecture")
    kinds = architecture.get("input_modalities") if isinstance(architecture, dict) else None
    sees = isinstance(kinds, list) and "image" in kinds
    return frozenset({Medium.TEXT, Medium.PICTURE} if sees else {Medium.TEXT})


def _length(row: Mapping[str, Any]) -> int | None:
    lengths = (row.get(field) for field in _LENGTHS)
    return next((each for each in lengths if isinstance(each, int) and 0 < each < 1 << 31), None)


def _price(row: Mapping[str, Any]) -> Price | None:
    pricing = row.get("pricing")
    if not isinstance(pricing, dict):
        return None
    asked, told = _rate(pricing.get("prompt")), _rate(pricing.get("completion"))
    return None if asked is None or told is None else Price(asked, told)


def _rate(dollars_a_token: object) -> int | None:
    """Micro-USD per million tokens."""
    try:
        rate = Decimal(str(dollars_a_token)) * 10**12
    except InvalidOperation:
        return None
    # Minus one is how some say that it depends.
    return int(rate) if rate.is_finite() and 0 <= rate < 10**15 else None
