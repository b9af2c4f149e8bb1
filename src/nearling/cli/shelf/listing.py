"""`nearling models list` and `remove`: what is on the shelf, and what is no longer."""

from __future__ import annotations

from argparse import Namespace

from nearling.catalogue.measured import Measurements
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.shelf.shape import KINDS, megabytes, shape, speed_line, speed_of, writer_line
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _


def list_models(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    models = house.library.installed()
    measurements = Measurements(house.paths.models)
    for each in models:
        terminal.say(f"{each.id}  {_(KINDS[each.kind])}  {megabytes(each.bytes)}  {each.folder}")
        if each.problem:
            terminal.say(f"    {each.problem}")
        if each.writer:
            terminal.say(f"    {writer_line(each.writer)}")
        if (measured := speed_of(each, measurements)) is not None:
            terminal.say(f"    {speed_line(measured)}")
    if not any(each.kind == "speech" for each in models):
        terminal.note(_("No speech model is here yet."))
        terminal.note(_("See which one fits this computer: nearling models recommend"))
    if not any(each.kind == "writer" for each in models):
        terminal.note(_("No language model is here yet."))
        terminal.note(_("Add one that you have: nearling models add FOLDER"))
    terminal.object({"models": [shape(each, measurements) for each in models]})
    return Exit.DONE


def remove_model(arguments: Namespace, house: House, terminal: Terminal) -> int:
    measurements = Measurements(house.paths.models)
    told = shape(house.library.find(arguments.id), measurements)
    gone = house.library.remove(arguments.id)
    measurements.forget(gone.id)
    sentence = _("{id} was deleted.") if gone.copied else _("{id} is off the list; {folder} stays.")
    terminal.say(sentence.format(id=gone.id, folder=gone.folder))
    terminal.object({"removed": told})
    return Exit.DONE
