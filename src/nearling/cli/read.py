"""`nearling read`: everything legible in pictures; keeps nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from nearling.capture.files import capture_picture
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.shapes import reading_shape
from nearling.cli.terminal import Terminal, describe
from nearling.core.errors import Cancelled, NearlingError
from nearling.core.language import gettext as _
from nearling.core.numerals import decimal
from nearling.core.reading import Table
from nearling.core.table_text import TableForm, tables_text


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "pictures", metavar=_("PICTURE"), type=Path, nargs="+", help=_("picture files")
    )
    parser.add_argument(
        "--tables",
        choices=[form.value for form in TableForm],
        help=_("print only the tables, in this form"),
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """A picture that cannot be read is told and does not stop the others."""
    files: list[dict[str, Any]] = []
    tables: list[Table] = []
    code = Exit.DONE
    house.warm_up()
    with interruptible() as cancellation:
        for path in arguments.pictures:
            try:
                reading = house.reader.read(capture_picture(path), cancellation)
            except Cancelled:
                raise
            except NearlingError as error:
                code = Exit.FAILED
                files.append({"file": str(path), "error": describe(error)})
                terminal.note(error.sentence)
                terminal.note(error.remedy)
                continue
            files.append(reading_shape(str(path), reading))
            tables += reading.tables
            if arguments.tables:
                continue
            if len(arguments.pictures) > 1:
                terminal.say(f"{path}:")
            terminal.say(reading.text)
            for found in reading.codes:
                terminal.say(f"{found.format}: {found.text}")
            terminal.quiet_note(
                _("{engine}, {seconds} s").format(
                    engine=reading.engine, seconds=decimal(reading.seconds, 1)
                )
            )
    if arguments.tables and (tables or arguments.tables == TableForm.JSON):
        terminal.say(tables_text(tables, TableForm(arguments.tables)))
    elif arguments.tables:
        terminal.note(_("No table was found."))
    terminal.object({"files": files})
    return code
