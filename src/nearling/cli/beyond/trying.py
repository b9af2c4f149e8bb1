"""`nearling endpoints test` and `models`: asks an endpoint whether it answers and what it has."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from nearling.catalogue.prices import known
from nearling.cli.beyond.shape import ZONES, model_line, model_shape
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import Refused
from nearling.core.language import gettext as _
from nearling.core.media import Medium
from nearling.core.numerals import whole
from nearling.settings.addresses import host


def try_endpoint(arguments: Namespace, house: House, terminal: Terminal) -> int:
    endpoint = house.endpoints.find(arguments.name)
    model = arguments.model or next((each.id for each in endpoint.models), "")
    if not model:
        raise Refused(
            _("No model of {name} is named, so there is nobody to ask.").format(name=endpoint.name),
            _("Name one with --model; what it has: nearling endpoints models {name}").format(
                name=endpoint.name
            ),
        )
    with interruptible() as cancellation:
        tested = house.remote(endpoint).test(model, cancellation)
    terminal.say(f"{'ok  ' if tested.ok else 'FAIL'}  {endpoint.writer(model)}: {tested.sentence}")
    if tested.remedy:
        terminal.say(f"      {tested.remedy}")
    if tested.address:
        terminal.say(
            "      "
            + _("connected to {address} ({zone}), {milliseconds} ms").format(
                address=tested.address,
                zone=_(ZONES[tested.zone]) if tested.zone in ZONES else "-",
                milliseconds=whole(round(tested.milliseconds)),
            )
        )
    terminal.object(
        {
            "endpoint": endpoint.name,
            "model": model,
            "ok": tested.ok,
            "sentence": tested.sentence,
            "remedy": tested.remedy,
            "address": tested.address,
            "zone": tested.zone.value if tested.zone else None,
            "milliseconds": tested.milliseconds,
        }
    )
    return Exit.DONE if tested.ok else Exit.FAILED


def list_models(arguments: Namespace, house: House, terminal: Terminal) -> int:
    endpoint = house.endpoints.find(arguments.name)
    with interruptible() as cancellation:
        offered = house.remote(endpoint).models(cancellation)
    models = [_completed(each, endpoint) for each in offered]
    named = {each.id for each in endpoint.models}
    for each in models:
        terminal.say(f"{'*' if each.id in named else ' '} {model_line(each)}")
    if not models:
        terminal.note(_("{name} names no models.").format(name=endpoint.name))
    else:
        terminal.quiet_note(_("* is asked by Nearling. Prices and contexts are estimates."))
    terminal.object(
        {
            "endpoint": endpoint.name,
            "models": [
                model_shape(each, endpoint) | {"added": each.id in named} for each in models
            ],
        }
    )
    return Exit.DONE


def _completed(model: RemoteModel, endpoint: Endpoint) -> RemoteModel:
    """With what is published where the endpoint itself says nothing."""
    published = known(model.id, host(endpoint.base_url))
    if published is None:
        return model
    return replace(
        model,
        # Most endpoints name their models and say no more of them.
        accepts=published.accepts if model.accepts == {Medium.TEXT} else model.accepts,
        context_length=model.context_length or published.context_length,
        price=model.price or published.price,
    )
