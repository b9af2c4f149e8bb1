"""`nearling models add`: says what a folder holds and takes it once it has shown what it can do."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from nearling.catalogue import speech_folder, writer_folder
from nearling.catalogue.computer import free_memory
from nearling.catalogue.kind import kind_of
from nearling.catalogue.measured import Measurements
from nearling.catalogue.writer_fit import fit
from nearling.cli.exits import Exit
from nearling.cli.hearing_trial import try_hearing
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.shelf.cloning import clone, repository
from nearling.cli.shelf.shape import megabytes, shape, speed_line, writer_line
from nearling.cli.terminal import Terminal
from nearling.cli.writing_trial import try_writing
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _


def add_model(arguments: Namespace, house: House, terminal: Terminal) -> int:
    folder = Path(arguments.folder).expanduser()
    if not folder.exists() and (named := repository(arguments.folder)) is not None:
        raise UnusableFile(
            _("Nearling does not download models yet; {repository} can be fetched by hand.").format(
                repository=named
            ),
            clone(named),
        )
    add = _add_speech if kind_of(folder) == "speech" else _add_writer
    terminal.object(add(folder, arguments, house, terminal))
    return Exit.DONE


def _add_speech(
    folder: Path, arguments: Namespace, house: House, terminal: Terminal
) -> dict[str, Any]:
    speech_folder.inspect(folder)
    with interruptible() as cancellation:
        heard = try_hearing(folder, house.file_transcriber, cancellation)
    added = house.library.add(folder, copy=arguments.copy)
    terminal.say(_("{id} is ready; it heard: {text}").format(id=added.id, text=heard.text))
    told = shape(added, Measurements(house.paths.models))
    return {"model": told, "heard": heard.text, "seconds": heard.seconds}


def _add_writer(
    folder: Path, arguments: Namespace, house: House, terminal: Terminal
) -> dict[str, Any]:
    writer = writer_folder.inspect(folder)
    fitting = fit(writer, free_memory())
    terminal.note(f"{writer_line(writer)}, {megabytes(writer.bytes).strip()}")
    terminal.note(fitting.sentence)
    if not writer.tested:
        terminal.note(_("Nobody has held models of this shape against a reference."))
    told = {
        "fit": {
            "fits": fitting.fits,
            "context_length": fitting.context_length,
            "bytes": fitting.bytes,
            "sentence": fitting.sentence,
        }
    }
    if not fitting.fits:
        added = house.library.add(folder, copy=arguments.copy)
        terminal.say(_("{id} is on the list; it was not tried.").format(id=added.id))
        return told | {"model": shape(added, Measurements(house.paths.models))}
    with interruptible() as cancellation:
        said = try_writing(folder, house.language_model, cancellation)
        added = house.library.add(folder, copy=arguments.copy)
        terminal.say(_("{id} is ready; it wrote: {text}").format(id=added.id, text=said.text))
        terminal.quiet_note(_("Its speed is being measured; that takes up to 20 seconds."))
        measured = house.writers.measure(added.id, cancellation)
    terminal.say(speed_line(measured))
    return told | {
        "model": shape(added, Measurements(house.paths.models)),
        "said": said.text,
        "seconds": said.seconds,
    }
