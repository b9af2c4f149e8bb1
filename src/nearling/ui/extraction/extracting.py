"""Does what is wanted on the page for tables, in the background: reads, shows places, saves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from nearling.capture.files import capture_file
from nearling.capture.kinds import DOCUMENTS, PICTURES
from nearling.core.cancellation import Cancellation
from nearling.core.errors import StorageUnwritable
from nearling.core.extraction import FileFailed, Row
from nearling.core.language import gettext as _
from nearling.core.media import Medium
from nearling.ui.extraction.page import ExtractionPage
from nearling.ui.house import House
from nearling.ui.picture.pictures import Shown
from nearling.ui.tasks import Job, Tasks

_LONGEST = 2048
"""Pixels of the picture that is shown below the table."""
_KINDS = (*PICTURES, *DOCUMENTS)


class Extracting(QObject):
    def __init__(self, page: ExtractionPage, house: House, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._house, self._tasks = page, house, tasks
        self._job: Job[Row | FileFailed] | None = None
        self._looking: Job[Shown] | None = None
        self._shown: tuple[tuple[Path, int], Shown] | None = None
        page.pick_wanted.connect(self._pick)
        page.dropped.connect(self.add)
        page.run_wanted.connect(self.run)
        page.stop_wanted.connect(self._stop)
        page.clear_wanted.connect(self._clear)
        page.place_wanted.connect(self._show_place)
        page.save_wanted.connect(self._save)

    def add(self, paths: Sequence[Path]) -> None:
        """Files, and what lies in folders."""
        # A disk may sleep: what lies on it must not be waited for here.
        self._tasks.call(lambda _: _unfolded(paths), self._added)

    def run(self) -> None:
        page, fields = self._page, self._page.fields.chosen
        page.model.change(lambda: page.sheet.begin(fields))
        files = [partial(capture_file, path) for path in page.sheet.paths]
        page.show_running(running=True)
        self._job = self._tasks.stream(
            lambda cancellation: self._house.extraction.table(files, fields, cancellation),
            self._take,
            ended=self._ended,
        )

    def _take(self, events: Sequence[Row | FileFailed]) -> None:
        for event in events:
            self._page.sheet.take(event)
            self._page.model.tell(event.number)
        self._page.show_state()

    def _ended(self) -> None:
        self._job = None
        self._page.show_running(running=False)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _pick(self) -> None:
        known, all_files = _("Pictures and documents"), _("All files")
        kinds = f"{known} ({' '.join(f'*{end}' for end in _KINDS)});;"
        everything = f"{all_files} (*)"
        chosen = QFileDialog.getOpenFileNames(self._page, _("Add files"), "", kinds + everything)[0]
        self._added([Path(each) for each in chosen])

    def _added(self, paths: Sequence[Path]) -> None:
        self._page.model.change(lambda: self._page.sheet.add(paths))
        self._page.show_state()

    def _clear(self) -> None:
        self._page.model.change(self._page.sheet.clear)
        self._page.preview.hide()
        self._page.show_state()

    def _show_place(self, row: int, at: int) -> None:
        sheet = self._page.sheet
        path, found = sheet.paths[row], sheet.found(row, at)
        said = _("{file}: {field}").format(file=path.name, field=sheet.fields[at])
        box, number = (None, 1) if found is None else (found.box, found.page)
        place = (path, number)

        def arrived(shown: Shown) -> None:
            self._shown = (place, shown)
            self._page.show_place(said, shown, box)

        if self._looking is not None:
            self._looking.drop()
        if self._shown is not None and self._shown[0] == place:
            arrived(self._shown[1])
            return

        def work(cancellation: Cancellation) -> Shown:
            file = capture_file(path)
            if file.medium is Medium.DOCUMENT:
                renderer = self._house.page_renderer
                return Shown.of(renderer.render(file, number, _LONGEST, cancellation))
            return Shown.of(self._house.decoder.decode(file, _LONGEST, cancellation))

        # A file that cannot be shown has been told in its row.
        self._looking = self._tasks.call(work, arrived, failed=lambda _: True)

    def _save(self) -> None:
        name = _("Table")
        proposed = str(Path.home() / f"{name}.csv")
        kinds = "CSV (*.csv);;JSON (*.json)"
        chosen, kind = QFileDialog.getSaveFileName(self._page, _("Save the table"), proposed, kinds)
        if not chosen:
            return
        sheet, target = self._page.sheet, Path(chosen)
        as_json = target.suffix.lower() == ".json" or (not target.suffix and "json" in kind)
        # A mark at its beginning has spreadsheets read it as UTF-8.
        text = sheet.as_json() if as_json else f"\ufeff{sheet.as_csv()}"

        def work(_cancellation: Cancellation) -> None:
            try:
                target.write_text(text, "utf-8")
            except OSError as error:
                raise StorageUnwritable(
                    _("{file} cannot be written there.").format(file=target.name),
                    _("Choose another folder."),
                ) from error

        self._tasks.call(work, lambda _done: None)


def _unfolded(paths: Sequence[Path]) -> list[Path]:
    """Each folder becomes the pictures and documents that lie in it, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file())
            found += [each for each in inside if each.suffix.lower() in _KINDS]
        else:
            found.append(path)
    return found
