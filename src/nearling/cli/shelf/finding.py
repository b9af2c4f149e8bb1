"""`nearling models find`: which models other programs keep here, and which of them can be used."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from nearling.catalogue.find import found
from nearling.catalogue.find_writers import Found, found_writers
from nearling.catalogue.speech_folder import size
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.shelf.shape import KINDS, megabytes
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _


def find_models(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    known = {each.folder for each in house.library.installed()}
    speech = [folder for folder in found(os.environ) if folder not in known]
    writers = [each for each in found_writers(os.environ) if each.place not in known]
    usable = [each for each in writers if not each.problem]
    useless = [each for each in writers if each.problem]
    models = [*map(_speech_shape, speech), *map(_usable_shape, usable)]
    for model in models:
        terminal.say(f"{megabytes(model['bytes'])}  {_(KINDS[model['kind']])}  {model['folder']}")
    for each in useless:
        terminal.say(f"{megabytes(each.bytes)}  {each.program}: {each.name}\n    {each.problem}")
    for remedy in dict.fromkeys(each.remedy for each in useless):
        terminal.note(remedy)
    terminal.note(
        _("Use one: nearling models add FOLDER")
        if models
        else _("No other program keeps a model here that Nearling can use.")
    )
    terminal.object({"models": models, "unusable": list(map(_useless_shape, useless))})
    return Exit.DONE


def _speech_shape(folder: Path) -> dict[str, Any]:
    program = "Hugging Face"
    return {
        "kind": "speech", "folder": str(folder), "bytes": size(folder), "program": program
    }  # fmt: skip


def _usable_shape(model: Found) -> dict[str, Any]:
    return {
        "kind": "writer",
        "folder": str(model.place),
        "bytes": model.bytes,
        "program": model.program,
        "name": model.name,
    }


def _useless_shape(model: Found) -> dict[str, Any]:
    return {
        "place": str(model.place),
        "bytes": model.bytes,
        "program": model.program,
        "name": model.name,
        "problem": model.problem,
        "remedy": model.remedy,
    }
