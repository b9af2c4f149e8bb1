"""Does what is wanted with a table: onto the clipboard, or into a file of the person's choice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.reading import Table
from nearling.core.table_text import TableForm, table_text
from nearling.ui.tables.button import TableButton
from nearling.ui.tables.spreadsheet import mime_of
from nearling.ui.tasks import Tasks

_FORMS = {
    "CSV (*.csv)": ("csv", TableForm.CSV),
    "TSV (*.tsv)": ("tsv", TableForm.TSV),
    "Markdown (*.md)": ("md", TableForm.MARKDOWN),
    "JSON (*.json)": ("json", TableForm.JSON),
}


class Tables(QObject):
    done = Signal(str)
    """What was done, as a sentence."""

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks

    def attend(self, button: TableButton) -> None:
        button.copy_wanted.connect(self.copy)
        button.save_wanted.connect(self.save)

    def copy(self, table: Table) -> None:
        QGuiApplication.clipboard().setMimeData(mime_of(table))
        self.done.emit(_("The table is on the clipboard."))

    def save(self, table: Table) -> None:
        file, form = QFileDialog.getSaveFileName(
            self._window, _("Save table"), _("table") + ".csv", ";;".join(_FORMS)
        )
        if file:
            self.write(table, Path(file), form)

    def write(self, table: Table, file: Path, form: str) -> None:
        """As its ending says; where it has none, as `form`, one of the dialog's filters."""
        known = dict(_FORMS.values())
        ending = file.suffix.lower().removeprefix(".")
        if ending not in known:
            ending, _form = _FORMS.get(form, ("csv", TableForm.CSV))
            file = file.with_name(f"{file.name}.{ending}")
        text = table_text(table, known[ending]) + "\n"

        def work(_cancellation: object) -> Path:
            try:
                file.write_text(text, "utf-8", newline="")
            except OSError as error:
                raise UnusableFile(
                    _("{name} could not be written.").format(name=file.name),
                    _("Choose another folder, or make room on the disk."),
                ) from error
            return file

        self._tasks.call(
            work, lambda kept: self.done.emit(_("Saved as {name}.").format(name=kept.name))
        )
