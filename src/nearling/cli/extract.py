"""`nearling extract`: a table of files, a row for each, every cell with the place it stands at."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from nearling.capture.files import capture_file
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal, describe
from nearling.core.errors import Cancelled, Interrupted, UnusableQuestion
from nearling.core.extraction import Extracted, FileFailed, Row, as_cells, as_object
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.spreadsheet import as_csv

_BAR = 24
"""Characters."""
_OURS = ("file", "error")
"""Keys of a row in JSON that no field may be called."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar=_("FILE"), type=Path, nargs="+", help=_("pictures and documents")
    )
    parser.add_argument(
        "--fields",
        metavar=_("FIELD,FIELD"),
        required=True,
        help=_("what is looked for, as date,merchant,total or any label"),
    )
    parser.add_argument(
        "--csv", action="store_true", help=_("as lines for a spreadsheet, on standard output")
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """A file that cannot be read is told and does not stop the others."""
    fields = _fields(arguments.fields)
    if arguments.csv and terminal.json:
        raise UnusableQuestion(
            _("A table is written as CSV or as JSON, not as both."),
            _("Leave out --csv or --json."),
        )
    house.warm_up()
    table = _Table(arguments.files, fields, terminal, csv=arguments.csv)
    taken = [partial(capture_file, path) for path in arguments.files]
    with interruptible() as cancellation:
        try:
            table.begin()
            for event in house.extraction.table(taken, fields, cancellation):
                table.add(event)
        except (Cancelled, Interrupted) as error:
            table.clear()
            raise type(error)(table.cut(), _("Run it again: it goes on where it was.")) from error
    return table.end()


def _fields(named: str) -> tuple[str, ...]:
    fields = tuple(dict.fromkeys(" ".join(each.split()) for each in named.split(",")))
    fields = tuple(field for field in fields if field)
    if not fields:
        raise UnusableQuestion(
            _("No field is named."), _("Name at least one, as in --fields date,total")
        )
    if taken := [field for field in fields if field in _OURS]:
        raise UnusableQuestion(
            _("No field can be called {name}.").format(name=taken[0]),
            _("Rows have that name for something else. Choose another word for it."),
        )
    return fields


class _Table:
    """What is told of the rows as they come."""

    def __init__(
        self, files: Sequence[Path], fields: Sequence[str], terminal: Terminal, *, csv: bool
    ) -> None:
        self._files = files
        self._fields = fields
        self._terminal = terminal
        self._csv = csv
        self._rows: list[dict[str, Any]] = []
        self._known = 0
        self._code = Exit.DONE

    def begin(self) -> None:
        if self._csv:
            self._terminal.say(as_csv([("file", *self._fields, "doubtful")]), end="")
        self._progress()

    def add(self, event: Row | FileFailed) -> None:
        file = str(self._files[event.number])
        self.clear()
        match event:
            case Row():
                self._known += event.known
                self._rows.append(as_object(file, self._fields, event.found))
                self._say(file, event.found)
            case FileFailed():
                self._code = Exit.FAILED
                nothing = Extracted((None,) * len(self._fields), 0)
                row = as_object(file, self._fields, nothing)
                self._rows.append({**row, "error": describe(event.error)})
                self._terminal.note(event.error.sentence)
                self._terminal.note(event.error.remedy)
                if self._csv:
                    self._say(file, nothing)
        self._progress()

    def end(self) -> Exit:
        self.clear()
        if self._known:
            told = ngettext(
                "{n} file had been finished by an earlier run.",
                "{n} files had been finished by an earlier run.",
                self._known,
            )
            self._terminal.quiet_note(told.format(n=whole(self._known)))
        self._terminal.object({"rows": self._rows, "known": self._known})
        return self._code

    def cut(self) -> str:
        """How far it came."""
        return _("{done} of {all} files are finished.").format(
            done=whole(len(self._rows)), all=whole(len(self._files))
        )

    def clear(self) -> None:
        if self._terminal.watched:
            self._terminal.passing_note("")

    def _say(self, file: str, found: Extracted) -> None:
        if self._csv:
            line = (file, *as_cells(self._fields, found))
            self._terminal.say(as_csv([line]), end="")
            return
        self._terminal.say(f"{file}:")
        for field, cell in zip(self._fields, found.cells, strict=True):
            text = "–" if cell is None else cell.text
            doubtful = _("doubtful")
            doubt = f"  ({doubtful})" if cell is not None and cell.doubtful else ""
            self._terminal.say(f"  {field}: {text}{doubt}")

    def _progress(self) -> None:
        done, all_ = len(self._rows), len(self._files)
        if self._terminal.watched and done < all_:
            filled = _BAR * done // all_
            bar = "█" * filled + "░" * (_BAR - filled)
            name = self._files[done].name
            self._terminal.passing_note(f"{bar} {whole(done)}/{whole(all_)} {name}")
