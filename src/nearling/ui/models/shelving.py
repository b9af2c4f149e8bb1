"""Does what is wanted on the models page, in the background, and keeps the page up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from nearling.core.cancellation import Cancellation
from nearling.core.language import gettext as _
from nearling.core.language_model import Measured
from nearling.settings.options import Options
from nearling.ui.house import House
from nearling.ui.models.page import ModelsPage
from nearling.ui.models.shelf import Row, look
from nearling.ui.session import Session
from nearling.ui.tasks import Job, Tasks

_GLANCE_MS = 2000
"""Between two looks at what is in memory, while the page is seen."""


class Shelving(QObject):
    changed = Signal()
    """Models have come or gone, or one was measured."""

    def __init__(
        self,
        page: ModelsPage,
        house: House,
        tasks: Tasks,
        session: Session,
        *,
        options: Callable[[], Options],
        pick_folder: Callable[[], str],
        add: Callable[[Path], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._house = house
        self._tasks = tasks
        self._options = options
        self._pick_folder = pick_folder
        self._add = add
        self._measuring: Job[Measured] | None = None
        self._glance = QTimer(self)
        self._glance.setInterval(_GLANCE_MS)
        self._glance.timeout.connect(self._look_at_memory)
        page.pick_wanted.connect(self._pick)
        page.add_wanted.connect(add)
        page.remove_wanted.connect(self._remove)
        page.measure_wanted.connect(self._measure)
        page.measuring_stopped.connect(self._stop_measuring)
        page.rest_wanted.connect(self._rest)
        session.busy.connect(lambda on: page.show_busy(busy=on))
        page.show_busy(busy=session.is_busy)

    def begin(self) -> None:
        """The page is seen from now on."""
        self.look_again()
        self._glance.start()

    def pause(self) -> None:
        self._glance.stop()

    def look_again(self) -> None:
        options = self._options()
        self._tasks.call(lambda _: look(self._house, options), self._page.show_shelf)
        self._look_at_memory()

    def _look_at_memory(self) -> None:
        self._tasks.call(lambda _: self._house.writers.resident(), self._page.show_resident)

    def _pick(self) -> None:
        if folder := self._pick_folder():
            self._add(Path(folder))

    def _remove(self, row: Row) -> None:
        if row.copied and not self._may_delete(row):
            return

        def work(_: Cancellation) -> None:
            resident = self._house.writers.resident()
            if resident is not None and resident.setup.folder == row.folder:
                self._house.writers.rest()
            self._house.library.remove(row.id)

        self._tasks.call(work, lambda _: self._tell_change())

    def _may_delete(self, row: Row) -> bool:
        asking = QMessageBox(self._page)
        asking.setWindowTitle(_("Delete this model?"))
        asking.setText(_("Delete “{model}”?").format(model=row.id))
        asking.setInformativeText(_("Nearling's copy of its files is deleted from this computer."))
        delete = asking.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = asking.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(keep)
        asking.setEscapeButton(keep)
        asking.exec()
        asking.deleteLater()
        return asking.clickedButton() is delete

    def _measure(self, model: str) -> None:
        if self._measuring is not None:
            return

        self._page.show_measuring(model)
        self._measuring = self._tasks.stream(
            lambda cancellation: (self._house.writers.measure(model, cancellation),),
            lambda _: self._tell_change(),
            ended=self._measured,
        )

    def _stop_measuring(self) -> None:
        if self._measuring is not None:
            self._measuring.cancel()

    def _measured(self) -> None:
        self._measuring = None
        self._page.show_measuring(None)
        self._look_at_memory()

    def _rest(self) -> None:
        def work(_: Cancellation) -> None:
            self._house.writers.rest()

        self._tasks.call(work, lambda _: self._look_at_memory())

    def _tell_change(self) -> None:
        self.look_again()
        self.changed.emit()
