"""`nearling models measure`: how fast models that write are on this computer."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from nearling.catalogue.library import Installed
from nearling.catalogue.measured import Measurements
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.shelf.shape import shape, speed_line
from nearling.cli.terminal import Terminal, describe
from nearling.core.errors import Cancelled, NearlingError, UnusableModel
from nearling.core.language import gettext as _


def measure_models(arguments: Namespace, house: House, terminal: Terminal) -> int:
    models = (_named(arguments.id, house),) if arguments.id else house.library.installed("writer")
    measurements = Measurements(house.paths.models)
    shapes: list[dict[str, Any]] = []
    code = Exit.DONE
    if models:
        terminal.quiet_note(_("Each takes up to 20 seconds after its loading."))
    else:
        terminal.note(_("No language model is here yet."))
    with interruptible() as cancellation:
        for each in models:
            try:
                measured = house.writers.measure(each.id, cancellation)
            except Cancelled:
                raise
            except NearlingError as error:
                code = Exit.FAILED
                terminal.say(f"FAIL  {each.id}: {error.sentence}")
                terminal.say(f"      {error.remedy}")
                told = {"ok": False, "error": describe(error)}
            else:
                terminal.say(f"{each.id}: {speed_line(measured)}")
                told = {"ok": True}
            shapes.append(shape(each, measurements) | told)
    terminal.object({"models": shapes})
    return code


def _named(id: str, house: House) -> Installed:
    model = house.library.find(id)
    if model.kind != "writer":
        raise UnusableModel(
            _("{id} listens; only models that write are measured.").format(id=id),
            _("See what it hears: nearling models verify {id}").format(id=id),
        )
    return model
