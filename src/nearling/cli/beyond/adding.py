"""`nearling endpoints add` and `key`: takes an endpoint, and its key from standard input."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from dataclasses import replace

from nearling.catalogue.prices import known
from nearling.cli.beyond.shape import line, model_line, shape
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import Cancelled, KeyFailure, NearlingError, Refused
from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.settings.addresses import host, origin, promised_zone
from nearling.settings.endpoint_checks import checked, tidied
from nearling.settings.endpoints import taken
from nearling.settings.presets import Preset, preset

_LONGEST_KEY = 10_000


def add_endpoint(arguments: Namespace, house: House, terminal: Terminal) -> int:
    chosen = preset(arguments.preset) if arguments.preset else None
    previous = next((each for each in house.endpoints.all() if each.name == arguments.name), None)
    if previous is not None and not arguments.replace:
        raise taken(arguments.name)
    endpoint = checked(_endpoint(arguments, chosen, previous))
    if arguments.key:
        house.keys.keep(endpoint, _read_key(terminal), KeyPlace.KEYRING)
    try:
        _keep(endpoint, previous, house)
    except NearlingError:
        if arguments.key and previous is None:
            with suppress(KeyFailure):
                house.keys.forget(endpoint)
        raise
    if previous is not None and _left_behind(previous, endpoint):
        _forget(previous, house, terminal)
    _tell(endpoint, chosen, house, terminal)
    terminal.object({"endpoint": shape(endpoint)})
    return Exit.DONE


def set_key(arguments: Namespace, house: House, terminal: Terminal) -> int:
    previous = house.endpoints.find(arguments.name)
    if arguments.env:
        endpoint = replace(previous, key=KeyPlace.ENVIRONMENT, variable=arguments.env)
    else:
        endpoint = replace(previous, key=KeyPlace.KEYRING, variable="")
        house.keys.keep(endpoint, _read_key(terminal), KeyPlace.KEYRING)
    house.endpoints.replace(endpoint)
    if _left_behind(previous, endpoint):
        _forget(previous, house, terminal)
    terminal.say(line(endpoint))
    terminal.object({"endpoint": shape(endpoint)})
    return Exit.DONE


def _endpoint(arguments: Namespace, chosen: Preset | None, previous: Endpoint | None) -> Endpoint:
    """As the words say, with the preset where they say nothing."""
    url = arguments.base_url or (chosen.base_url if chosen else "")
    if not url:
        raise Refused(
            _("It is not said where the endpoint is."),
            _("Name its address with --base-url, or one of `nearling endpoints presets`."),
        )
    url = tidied(url)
    bare = Endpoint(
        arguments.name,
        url,
        tuple(known(model, host(url)) or RemoteModel(model) for model in arguments.model),
        Zone(arguments.zone) if arguments.zone else promised_zone(url),
        headers=dict(arguments.header),
        query={**(chosen.query if chosen else {}), **dict(arguments.query)},
        body=arguments.body,
    )
    if chosen:
        bare = replace(bare, dialect=chosen.dialect)
    if arguments.key:
        return replace(bare, key=KeyPlace.KEYRING)
    if arguments.key_env:
        return replace(bare, key=KeyPlace.ENVIRONMENT, variable=arguments.key_env)
    if previous is not None and origin(previous.base_url) == origin(url):
        return replace(bare, key=previous.key, variable=previous.variable)
    return bare


def _keep(endpoint: Endpoint, previous: Endpoint | None, house: House) -> None:
    if previous is None:
        house.endpoints.add(endpoint)
    else:
        house.endpoints.replace(endpoint)


def _left_behind(previous: Endpoint, endpoint: Endpoint) -> bool:
    """Whether a key of `previous` lies where `endpoint` does not look."""
    moved = origin(previous.base_url) != origin(endpoint.base_url)
    return previous.key is KeyPlace.KEYRING and (moved or endpoint.key is not KeyPlace.KEYRING)


def _forget(previous: Endpoint, house: House, terminal: Terminal) -> None:
    try:
        house.keys.forget(previous)
    except KeyFailure as failure:
        terminal.note(failure.sentence)
        terminal.note(_("Its former key may still be in the keyring; look there for nearling."))


def _tell(endpoint: Endpoint, chosen: Preset | None, house: House, terminal: Terminal) -> None:
    terminal.say(line(endpoint))
    for model in endpoint.models:
        terminal.say(f"    {model_line(model)}")
    if chosen and chosen.note:
        terminal.note(_(chosen.note))
    if endpoint.zone is Zone.NETWORK:
        terminal.note(_("A server may pass on what it gets, also to the cloud; ask who runs it."))
    if not endpoint.models:
        terminal.note(
            _("Name a model before it can be asked; what it has: nearling endpoints models {name}")
            .format(name=endpoint.name)
        )  # fmt: skip
    if chosen and chosen.needs_key and endpoint.key is KeyPlace.NONE:
        terminal.note(_("It wants a key: nearling endpoints key {name}").format(name=endpoint.name))
        if chosen.variable in house.keys.offered():
            terminal.note(
                _("There is one in {variable}; it is used only if you say so: {command}").format(
                    variable=chosen.variable,
                    command=f"nearling endpoints key {endpoint.name} --env {chosen.variable}",
                )
            )
    terminal.quiet_note(_("See whether it answers: nearling endpoints test {name}").format(
        name=endpoint.name
    ))  # fmt: skip


def _read_key(terminal: Terminal) -> str:
    """From a pipe, or as it is typed, unseen. Raises Cancelled."""
    if not sys.stdin.isatty():
        return sys.stdin.read(_LONGEST_KEY)
    from getpass import getpass

    try:
        return getpass(_("Key (it is not shown): "), terminal.notes)
    except EOFError as error:  # Ctrl-D
        raise Cancelled from error
