"""What an endpoint must be before it is kept or used; one sentence for each refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from ipaddress import ip_address

from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import Refused
from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.settings.addresses import host, is_near, origin, promised_zone

_NAME = re.compile(r"[a-z0-9._-]{1,40}")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,79}")
"""Capital letters only, as variables are named: most keys have small ones, or a dash, and are so
told apart from a name before they are written anywhere."""
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_AUTHORISES = re.compile(
    r"(^|[-_])(authorization|authentication|auth|key|api-?key|token|secret|signature|sig"
    r"|cookie2?|password|passwd|credentials?)$",
    re.IGNORECASE,
)
"""Ends of the names of headers and parameters by which one shows who one is."""
_AUTHORISES_IN_BODY = re.compile(
    r"(^|[-_])(authorization|(api|access|auth|secret)[-_]?key|(api|access|auth)[-_]?token|secret"
    r"|password)$",
    re.IGNORECASE,
)
_OF_THE_CONNECTION = re.compile(
    r"host|te|trailer|upgrade|expect|accept(-encoding)?|(proxy-)?connection|keep-alive"
    r"|content-(length|type|encoding)|transfer-encoding",
    re.IGNORECASE,
)
_OUR_PARAMETERS = frozenset(
    ("model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens")
)
_LONGEST_ADDRESS = 500


def checked(endpoint: Endpoint) -> Endpoint:
    """`endpoint` with its address tidied up. Raises Refused for the first thing that cannot be."""
    _name(endpoint.name)
    endpoint = replace(endpoint, base_url=tidied(endpoint.base_url))
    _zone(endpoint)
    _key(endpoint)
    _models(endpoint.models)
    for name, value in endpoint.headers.items():
        _header(name, value)
    for name, value in endpoint.query.items():
        _parameter(name, value)
    _body(endpoint.body)
    return endpoint


def tidied(url: str) -> str:
    """`url` as requests are built on it. Raises Refused if it is none that we take."""
    url = url.strip().rstrip("/").removesuffix("/chat/completions").rstrip("/")
    if "@" in url:
        raise Refused(  # without the address, of which a part may be a password
            _("The address holds a name or a password, and would be kept and shown with it."),
            _("Leave out what stands before the @, and hand the key over by itself."),
        )
    if "?" in url or "#" in url:
        raise Refused(
            _("The address of an endpoint ends before its ? or #."),
            _("Hand over what follows the ? as parameters of the address: NAME=VALUE."),
        )
    if "{" in url or "}" in url:
        raise Refused(
            _("{address} is still to be completed.").format(address=url),
            _("Put your own words where the braces are."),
        )
    scheme = url.partition("://")[0].lower()
    if scheme not in ("http", "https") or not _is_address(url):
        raise Refused(
            _("{address} is no address of a server.").format(address=url or '""'),
            _("It begins with https:// and a host, such as {example}").format(
                example="https://api.openai.com/v1"
            ),
        )
    if scheme == "http" and promised_zone(url) is not Zone.NETWORK:
        raise Refused(
            _("Anybody on the way to {host} could read along, since its address is http.").format(
                host=host(url)
            ),
            _("Use https; http is for servers of your own network, by a short name or their IP."),
        )
    return url


def _is_address(url: str) -> bool:
    try:
        origin(url)
    except ValueError:
        return False
    return url.isprintable() and not re.search(r"[\s\\]", url) and len(url) <= _LONGEST_ADDRESS


def _name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise Refused(
            _("{name} cannot be the name of an endpoint.").format(name=name or '""'),
            _("Take up to 40 small letters, digits, dots, - and _."),
        )


def _zone(endpoint: Endpoint) -> None:
    if endpoint.zone is Zone.COMPUTER:
        raise Refused(
            _("An endpoint is in your network or in the cloud, also one on this computer."),
            _("Take the zone network."),
        )
    if endpoint.zone is Zone.NETWORK and _is_far(endpoint.base_url):
        raise Refused(
            _("{host} is not in your network.").format(host=host(endpoint.base_url)),
            _("Take the zone cloud."),
        )


def _is_far(url: str) -> bool:
    """Whether `url` has an IP address that is not near; where a name leads is seen later."""
    try:
        address = ip_address(host(url).partition("%")[0])
    except ValueError:
        return False
    return not is_near(str(address))


def _key(endpoint: Endpoint) -> None:
    named = bool(_VARIABLE.fullmatch(endpoint.variable))
    if endpoint.key is KeyPlace.ENVIRONMENT and not named:
        raise Refused(  # without the word itself, which may be a key
            _("That cannot be the name of an environment variable that holds a key."),
            _("Name the variable in capital letters, such as OPENAI_API_KEY; never the key."),
        )
    if endpoint.key is not KeyPlace.ENVIRONMENT and endpoint.variable:
        raise Refused(
            _("A variable is named, but the key is not taken from one."),
            _("Leave out one of them."),
        )


def _models(models: Iterable[RemoteModel]) -> None:
    seen: set[str] = set()
    for model in models:
        if not _is_line(model.id) or model.id != model.id.strip() or len(model.id) > 200:
            raise Refused(
                _("{model} cannot be the name of a model.").format(model=repr(model.id)),
                _("Write it as the endpoint spells it."),
            )
        if model.id in seen:
            raise Refused(
                _("The model {model} is named twice.").format(model=model.id),
                _("Name it once."),
            )
        seen.add(model.id)
        price = model.price
        if (model.context_length is not None and model.context_length < 1) or (
            price is not None and min(price.input, price.output) < 0
        ):
            raise Refused(
                _("The context or the price of {model} is less than nothing.").format(
                    model=model.id
                ),
                _("Leave out what is not known."),
            )


def _header(name: str, value: str) -> None:
    if not _HEADER.fullmatch(name) or not _is_line(value) or not value.isascii():
        raise Refused(
            _("The header {name} cannot be sent.").format(name=name or '""'),
            _("Its name is one word, its value one line without special letters."),
        )
    if _AUTHORISES.search(name) or value.lower().startswith(("bearer ", "basic ")):
        raise _authorises(name)
    if _OF_THE_CONNECTION.fullmatch(name):
        raise Refused(
            _("The header {name} belongs to the connection and is set by Nearling.").format(
                name=name
            ),
            _("Leave it out."),
        )


def _parameter(name: str, value: str) -> None:
    if not _is_line(name) or not _is_line(value):
        raise Refused(
            _("The parameter {name} of the address cannot be sent.").format(name=repr(name)),
            _("Write it as NAME=VALUE, in one line."),
        )
    if _AUTHORISES.search(name):
        raise _authorises(name)


def _body(body: Mapping[str, object]) -> None:
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Refused(
            _("What is to be added to each request is not JSON."),
            _("Write it as a JSON object, such as {example}").format(example='{"top_k": 20}'),
        ) from error
    for name in body:
        if name in _OUR_PARAMETERS:
            raise Refused(
                _("The parameter {name} is set by Nearling for each question.").format(name=name),
                _("Leave it out."),
            )
    for name in _names(body):
        if _AUTHORISES_IN_BODY.search(name):
            raise _authorises(name)


def _names(value: object) -> Iterable[str]:
    """Every name in a JSON value at which a text stands."""
    if isinstance(value, Mapping):
        for name, held in value.items():
            if isinstance(held, str):
                yield name
            yield from _names(held)
    elif isinstance(value, list):
        for held in value:
            yield from _names(held)


def _authorises(name: str) -> Refused:
    return Refused(
        _("{name} says who you are, and would be kept and shown as plain text.").format(name=name),
        _("Hand the key over by itself; Nearling adds it when it asks."),
    )


def _is_line(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()
