"""`nearling endpoints list`, `presets`, `order` and `remove`: which ones there are."""

from __future__ import annotations

from argparse import Namespace

from nearling.cli.beyond.shape import ZONES, line, model_line, shape
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.errors import KeyFailure
from nearling.core.language import gettext as _
from nearling.settings.presets import PRESETS


def list_endpoints(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    endpoints = house.endpoints.all()
    for each in endpoints:
        terminal.say(line(each))
        for model in each.models:
            terminal.say(f"    {model_line(model)}")
        if not each.models:
            terminal.say("    " + _("no model is named, so it is not asked"))
    if not endpoints:
        terminal.note(_("No endpoint has been added: everything is computed on this computer."))
        terminal.note(_("See which ones many people use: nearling endpoints presets"))
    terminal.object({"endpoints": [shape(each) for each in endpoints]})
    return Exit.DONE


def list_presets(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    offered = house.keys.offered()
    for each in PRESETS:
        terminal.say(f"{each.name:11} {_(ZONES[each.zone]):11} {each.base_url}")
        if each.note:
            terminal.say(f"{'':11} {_(each.note)}")
    terminal.note(_("Use one: nearling endpoints add NAME --preset PRESET --model MODEL"))
    if offered:
        terminal.note(
            _("Variables that seem to hold a key, for --key-env: {names}").format(
                names=", ".join(offered)
            )
        )
    presets = [
        {
            "name": each.name,
            "title": each.title,
            "base_url": each.base_url,
            "zone": each.zone.value,
            "variable": each.variable,
            "needs_key": each.needs_key,
            "template": each.is_template,
            "note": _(each.note) if each.note else "",
        }
        for each in PRESETS
    ]
    terminal.object({"presets": presets, "variables": list(offered)})
    return Exit.DONE


def order_endpoints(arguments: Namespace, house: House, terminal: Terminal) -> int:
    endpoints = house.endpoints.order(arguments.names)
    for each in endpoints:
        terminal.say(line(each))
    terminal.object({"endpoints": [shape(each) for each in endpoints]})
    return Exit.DONE


def remove_endpoint(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """The key goes first: what is interrupted leaves an endpoint that says its key is missing."""
    endpoint = house.endpoints.find(arguments.name)
    key_removed = True
    try:
        house.keys.forget(endpoint)
    except KeyFailure as failure:
        key_removed = False
        terminal.note(failure.sentence)
        terminal.note(_("Its key may still be in the keyring; look there for nearling."))
    house.endpoints.remove(endpoint.name)
    terminal.say(_("{name} was removed.").format(name=endpoint.name))
    terminal.object({"removed": shape(endpoint), "key_removed": key_removed})
    return Exit.DONE
