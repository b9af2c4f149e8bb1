"""An endpoint and its models as lines of text and as JSON objects."""

from __future__ import annotations

from typing import Any

from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.numerals import decimal, whole
from nearling.core.writers import Zone
from nearling.settings.addresses import host

ZONES = {Zone.NETWORK: marked("my network"), Zone.CLOUD: marked("cloud")}
_KEYS = {
    KeyPlace.NONE: marked("no key"),
    KeyPlace.KEYRING: marked("key in the keyring"),
    KeyPlace.SESSION: marked("key until Nearling ends"),
}


def shape(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "base_url": endpoint.base_url,
        "host": host(endpoint.base_url),
        "zone": endpoint.zone.value,
        "key": endpoint.key.value,
        "variable": endpoint.variable,
        "dialect": endpoint.dialect.value,
        "headers": dict(endpoint.headers),
        "query": dict(endpoint.query),
        "body": dict(endpoint.body),
        "models": [model_shape(model, endpoint) for model in endpoint.models],
    }


def model_shape(model: RemoteModel, endpoint: Endpoint) -> dict[str, Any]:
    price = model.price
    return {
        "id": model.id,
        "writer": endpoint.writer(model.id),
        "accepts": sorted(medium.value for medium in model.accepts),
        "context_length": model.context_length,
        "price": {"input": price.input, "output": price.output} if price else None,
    }


def line(endpoint: Endpoint) -> str:
    key = (
        _("key in {variable}").format(variable=endpoint.variable)
        if endpoint.key is KeyPlace.ENVIRONMENT
        else _(_KEYS[endpoint.key])
    )
    return f"{endpoint.name}  {_(ZONES[endpoint.zone])}  {endpoint.base_url}  {key}"


def model_line(model: RemoteModel) -> str:
    """What is known of it, in a few words."""
    known = [_("looks at pictures")] if Medium.PICTURE in model.accepts else []
    known += [_("listens")] if Medium.CLIP in model.accepts else []
    if model.context_length is not None:
        known.append(_("{tokens} tokens of context").format(tokens=whole(model.context_length)))
    if model.price is not None:
        known.append(
            _("about {input} USD in and {output} USD out for a million tokens").format(
                input=_usd(model.price.input), output=_usd(model.price.output)
            )
        )
    elif Medium.TEXT in model.accepts:
        known.append(_("price not known"))
    return f"{model.id}  {', '.join(known)}".rstrip()


def _usd(micro_usd: int) -> str:
    """With as many places as small prices need."""
    return decimal(micro_usd / 1_000_000, 2 if micro_usd % 10_000 == 0 else 4)
