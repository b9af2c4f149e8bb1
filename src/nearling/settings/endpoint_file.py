"""Endpoints as TOML and back: what the file holds, and nothing of any key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence

import msgspec

from nearling.core.endpoints import Dialect, Endpoint, KeyPlace, RemoteModel
from nearling.core.media import Medium
from nearling.core.writers import Price, Zone

_HEAD = """\
# Endpoints of Nearling, in the order in which they are offered. No key is ever kept here.
# Prices are in millionths of a US dollar for a million tokens.
"""


class _Price(msgspec.Struct, forbid_unknown_fields=True):
    input: int
    output: int


class _Model(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    accepts: frozenset[Medium] = frozenset({Medium.TEXT})
    context_length: int | None = None
    price: _Price | None = None

    def value(self) -> RemoteModel:
        price = Price(self.price.input, self.price.output) if self.price else None
        return RemoteModel(self.id, self.accepts, self.context_length, price)


class _Endpoint(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    base_url: str
    zone: Zone
    key: KeyPlace = KeyPlace.NONE
    variable: str = ""
    dialect: Dialect = Dialect.OPENAI
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    body: str = "{}"
    """JSON: it knows null, and TOML does not."""
    model: tuple[_Model, ...] = ()

    def value(self) -> Endpoint:
        body = json.loads(self.body)
        if not isinstance(body, dict):
            raise ValueError(f"body of {self.name}: {self.body}")  # noqa: TRY004  for who reads it
        return Endpoint(
            self.name,
            self.base_url,
            tuple(model.value() for model in self.model),
            self.zone,
            self.key,
            self.variable,
            self.dialect,
            self.headers,
            self.query,
            body,
        )


class _File(msgspec.Struct, forbid_unknown_fields=True):
    endpoint: tuple[_Endpoint, ...] = ()


def parsed(text: str) -> tuple[Endpoint, ...]:
    """Raises ValueError, which says where and why."""
    written = msgspec.convert(tomllib.loads(text), _File)
    return tuple(each.value() for each in written.endpoint)


def written(endpoints: Sequence[Endpoint]) -> str:
    """What `parsed` reads as the same endpoints."""
    return _HEAD + "".join(map(_endpoint, endpoints))


def _endpoint(endpoint: Endpoint) -> str:
    lines = {
        "name": endpoint.name,
        "base_url": endpoint.base_url,
        "zone": endpoint.zone.value,
        "key": endpoint.key.value,
        "variable": endpoint.variable,
        "dialect": "" if endpoint.dialect is Dialect.OPENAI else endpoint.dialect.value,
        "headers": endpoint.headers,
        "query": endpoint.query,
        "body": json.dumps(endpoint.body) if endpoint.body else "",
    }
    return _table("[[endpoint]]", lines) + "".join(map(_model, endpoint.models))


def _model(model: RemoteModel) -> str:
    price = model.price
    lines = {
        "id": model.id,
        "accepts": sorted(medium.value for medium in model.accepts),
        "context_length": model.context_length,
        "price": {"input": price.input, "output": price.output} if price else None,
    }
    return _table("[[endpoint.model]]", lines)


def _table(head: str, lines: Mapping[str, object]) -> str:
    kept = {name: value for name, value in lines.items() if value not in ("", None, {})}
    return f"\n{head}\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in kept.items())


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_toml(name)} = {_toml(held)}" for name, held in value.items())
        return f"{{ {inner} }}"
    # Printable texts, numbers and lists of them look the same in JSON.
    return json.dumps(value, ensure_ascii=False)
