"""`nearling models verify`: whether models are whole, do what they are for, and how fast."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from nearling.catalogue import speech_folder, writer_folder
from nearling.catalogue.library import Installed
from nearling.catalogue.measured import Measurements
from nearling.cli.exits import Exit
from nearling.cli.hearing_trial import try_hearing
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.shelf.shape import shape, speed_line, speed_shape
from nearling.cli.terminal import Terminal, describe
from nearling.cli.writing_trial import try_writing
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, NearlingError
from nearling.core.language import gettext as _


def verify_models(arguments: Namespace, house: House, terminal: Terminal) -> int:
    library, measurements = house.library, Measurements(house.paths.models)
    models = (library.find(arguments.id),) if arguments.id else library.installed()
    shapes: list[dict[str, Any]] = []
    code = Exit.DONE
    with interruptible() as cancellation:
        for each in models:
            told = shape(each, measurements)
            try:
                sentence, proof = _tried(each, house, cancellation)
            except Cancelled:
                raise
            except NearlingError as error:
                code = Exit.FAILED
                terminal.say(f"FAIL  {each.id}: {error.sentence}")
                terminal.say(f"      {error.remedy}")
                shapes.append(told | {"ok": False, "error": describe(error)})
                continue
            terminal.say(f"ok    {each.id}: {sentence}")
            shapes.append(told | {"ok": True} | proof)
    if not models:
        terminal.note(_("No model is here yet."))
    terminal.object({"models": shapes})
    return code


def _tried(
    model: Installed, house: House, cancellation: Cancellation
) -> tuple[str, dict[str, Any]]:
    """What it did, as words and as values. Raises NearlingError."""
    if model.kind == "writer":
        writer_folder.inspect(model.folder)
        # First, since what failed before is tried anew then.
        measured = house.writers.measure(model.id, cancellation)
        said = try_writing(model.folder, house.language_model, cancellation)
        proof = {"said": said.text, "seconds": said.seconds, "speed": speed_shape(measured)}
        return f"{said.text}\n      {speed_line(measured)}", proof
    speech_folder.inspect(model.folder)
    heard = try_hearing(model.folder, house.file_transcriber, cancellation)
    return heard.text, {"heard": heard.text, "seconds": heard.seconds}
