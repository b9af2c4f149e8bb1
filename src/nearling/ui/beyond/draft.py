"""What is written in the form of an endpoint, taken apart and put together; knows no Qt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nearling.catalogue.prices import known
from nearling.core.endpoints import Dialect, Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import Refused
from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.settings.addresses import host, origin, promised_zone
from nearling.settings.endpoint_checks import checked, tidied
from nearling.settings.presets import PRESETS, Preset

_PARTED = re.compile(r"[,\s]+")
_OPEN = re.compile(r"[{}]")
"""Around words of an address that the person's own have to stand for."""


@dataclass(frozen=True, slots=True)
class Draft:
    name: str = ""
    address: str = ""
    models: str = ""
    """Ids, with commas or spaces between them."""
    zone: Zone | None = None
    """None: as the address promises it."""
    key: KeyPlace = KeyPlace.NONE
    variable: str = ""
    headers: str = ""
    """`Name: value`, one a line."""
    query: str = ""
    """`name=value`, one a line."""
    body: str = ""
    """A JSON object, or nothing."""
    dialect: Dialect = Dialect.OPENAI


def draft_of(endpoint: Endpoint) -> Draft:
    zone = None if endpoint.zone is promised_zone(endpoint.base_url) else endpoint.zone
    return Draft(
        name=endpoint.name,
        address=endpoint.base_url,
        models=", ".join(each.id for each in endpoint.models),
        zone=zone,
        key=endpoint.key,
        variable=endpoint.variable,
        headers="\n".join(f"{name}: {value}" for name, value in endpoint.headers.items()),
        query="\n".join(f"{name}={value}" for name, value in endpoint.query.items()),
        body=json.dumps(dict(endpoint.body), ensure_ascii=False) if endpoint.body else "",
        dialect=endpoint.dialect,
    )


def drafted(preset: Preset, before: Draft) -> Draft:
    """As `preset` has it; a name that the person wrote stays."""
    names = ("", *(each.name for each in PRESETS))
    return Draft(
        name=preset.name if before.name in names else before.name,
        address=preset.base_url,
        models=before.models if before.address == preset.base_url else "",
        key=KeyPlace.KEYRING if preset.needs_key else KeyPlace.NONE,
        variable=preset.variable,
        query="\n".join(f"{name}={value}" for name, value in preset.query.items()),
        dialect=preset.dialect,
    )


def models_in(written: str) -> tuple[str, ...]:
    """Ids in the order in which they are written, each once."""
    return tuple(dict.fromkeys(filter(None, _PARTED.split(written))))


def destination(draft: Draft) -> tuple[str, Zone] | None:
    """Whom the address names and where that is, as far as it is written; None if it is not yet."""
    if _OPEN.search(draft.address):
        return None
    try:
        return host(draft.address), draft.zone or promised_zone(draft.address)
    except ValueError:
        return None


def endpoint_of(draft: Draft) -> Endpoint:
    """As it would be kept, with nothing known of its models. Raises Refused."""
    if _OPEN.search(draft.address):
        raise Refused(_("The address is not whole yet."), _("Put your own words where braces are."))
    address = tidied(draft.address)
    return checked(
        Endpoint(
            name=draft.name.strip(),
            base_url=address,
            models=tuple(RemoteModel(each) for each in models_in(draft.models)),
            zone=draft.zone or promised_zone(address),
            key=draft.key,
            variable=draft.variable.strip() if draft.key is KeyPlace.ENVIRONMENT else "",
            dialect=draft.dialect,
            headers=_pairs(draft.headers, ":"),
            query=_pairs(draft.query, "="),
            body=_body(draft.body),
        )
    )


def require_all(endpoint: Endpoint, before: Endpoint | None, *, typed: bool) -> None:
    """Raises Refused where something is missing that only the person can add.

    `before` is what it was, `typed` whether a key was written just now.
    """
    if not endpoint.models:
        raise Refused(
            _("No model is named."), _("Write its name, or look what the endpoint offers.")
        )
    if endpoint.key in (KeyPlace.KEYRING, KeyPlace.SESSION) and not typed:
        if before is None or before.key is not endpoint.key:
            raise Refused(_("No key is written."), _("Paste it, or say that none is needed."))
        if origin(before.base_url) != origin(endpoint.base_url):
            raise Refused(
                _("The key was given for another address and stays with that."),
                _("Paste the key for this one."),
            )


def with_known(endpoint: Endpoint, told: Mapping[str, RemoteModel]) -> Endpoint:
    """With what it has `told` of its models, and what is published where it told nothing."""
    place = host(endpoint.base_url)
    models = (_filled(told.get(each.id, each), known(each.id, place)) for each in endpoint.models)
    return replace(endpoint, models=tuple(models))


def _filled(model: RemoteModel, published: RemoteModel | None) -> RemoteModel:
    if published is None:
        return model
    return RemoteModel(
        model.id,
        model.accepts | published.accepts,
        model.context_length or published.context_length,
        model.price or published.price,
    )


def _pairs(written: str, between: str) -> dict[str, str]:
    pairs = {}
    for line in filter(None, map(str.strip, written.splitlines())):
        name, found, value = line.partition(between)
        if not found or not name.strip():
            raise Refused(
                _("“{line}” is not understood.").format(line=line),
                _("Write each on a line of its own, as in {example}.").format(
                    example=f"name{between} value".replace("= ", "=")
                ),
            )
        pairs[name.strip()] = value.strip()
    return pairs


def _body(written: str) -> dict[str, object]:
    try:
        body = json.loads(written) if written.strip() else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(
            _("What is added to the body is no JSON object."),
            _("Write it with braces, as in {example}.").format(example='{"top_k": 40}'),
        )
    return body
