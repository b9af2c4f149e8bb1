"""`nearling read`: everything legible in pictures and documents; keeps nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from nearling.assistant.documents import legible
from nearling.capture.files import capture_file
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.shapes import document_shape, reading_shape
from nearling.cli.terminal import Terminal, describe
from nearling.core.cancellation import Cancellation
from nearling.core.document import Page
from nearling.core.errors import Cancelled, NearlingError, UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Medium
from nearling.core.numerals import decimal
from nearling.core.reading import Reading, Table
from nearling.core.table_text import TableForm, tables_text


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar=_("FILE"), type=Path, nargs="+", help=_("pictures and documents")
    )
    parser.add_argument(
        "--tables",
        choices=[form.value for form in TableForm],
        help=_("print only the tables, in this form"),
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """A file that cannot be read is told and does not stop the others."""
    files: list[dict[str, Any]] = []
    tables: list[Table] = []
    code = Exit.DONE
    with interruptible() as cancellation:
        for path in arguments.files:
            try:
                shape, readings = _read(path, house, cancellation)
            except Cancelled:
                raise
            except NearlingError as error:
                code = Exit.FAILED
                files.append({"file": str(path), "error": describe(error)})
                terminal.note(error.sentence)
                terminal.note(error.remedy)
                continue
            files.append(shape)
            tables += [table for reading in readings for table in reading.tables]
            if arguments.tables:
                continue
            if len(arguments.files) > 1:
                terminal.say(f"{path}:")
            _say(readings, terminal)
    if arguments.tables and (tables or arguments.tables == TableForm.JSON):
        terminal.say(tables_text(tables, TableForm(arguments.tables)))
    elif arguments.tables:
        terminal.note(_("No table was found."))
    terminal.object({"files": files})
    return code


def _read(
    path: Path, house: House, cancellation: Cancellation
) -> tuple[dict[str, Any], list[Reading]]:
    capture = capture_file(path)
    match capture.medium:
        case Medium.PICTURE:
            reading = house.reader.read(capture, cancellation)
            return reading_shape(str(path), reading), [reading]
        case Medium.CLIP:
            raise UnusableFile(
                _("{name} is a recording.").format(name=capture.name),
                _("Have it written down: nearling transcribe"),
            )
    pages = [
        legible(it, capture, house.reader, cancellation)
        for it in house.document_reader.open(capture, cancellation)
        if isinstance(it, Page)
    ]
    return document_shape(str(path), pages), [page.reading for page in pages]


def _say(readings: list[Reading], terminal: Terminal) -> None:
    for number, reading in enumerate(readings):
        terminal.say(f"\n{reading.text}" if number else reading.text)
        for found in reading.codes:
            terminal.say(f"{found.format}: {found.text}")
    seconds = sum(reading.seconds for reading in readings)
    for engine in dict.fromkeys(reading.engine for reading in readings):
        terminal.quiet_note(
            _("{engine}, {seconds} s").format(engine=engine, seconds=decimal(seconds, 1))
        )
