"""Does what is wanted on the endpoints page, in the background; connects only to test."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.tested import Tested
from nearling.ui.beyond.editing import Editing
from nearling.ui.beyond.endpoint_card import EndpointCard
from nearling.ui.beyond.endpoints_page import EndpointsPage
from nearling.ui.beyond.listing import look
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks


class Tending(QObject):
    changed = Signal()
    """Endpoints have come or gone, or are others."""

    def __init__(self, page: EndpointsPage, house: House, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._house, self._tasks = page, house, tasks
        self._testing: dict[str, Job[Tested]] = {}
        self.editing: Editing | None = None
        page.add_wanted.connect(lambda: self._edit(None))
        page.edit_wanted.connect(lambda name: self._edit(self._named(name)))
        page.remove_wanted.connect(self._remove)
        page.move_wanted.connect(self._move)
        page.test_wanted.connect(self._test)
        page.testing_stopped.connect(self._stop)

    def look_again(self) -> None:
        self._tasks.call(lambda _: look(self._house), self._page.show_rows)

    def _named(self, name: str) -> Endpoint:
        return next(row.endpoint for row in self._page.rows if row.endpoint.name == name)

    def _tell_change(self, _done: object = None) -> None:
        self.look_again()
        self.changed.emit()

    # What the person wants

    def _edit(self, endpoint: Endpoint | None) -> None:
        if self.editing is not None and self.editing.coming:
            return
        self.editing = Editing(self._page, self._house, self._tasks, endpoint)
        self.editing.saved.connect(self._tell_change)
        self.editing.open()

    def _move(self, name: str, by: int) -> None:
        names = [row.endpoint.name for row in self._page.rows]
        at = names.index(name)
        names.insert(at + by, names.pop(at))
        rows = {row.endpoint.name: row for row in self._page.rows}
        self._page.show_rows([rows[each] for each in names])  # at once; it is only then kept
        self._tasks.call(
            lambda _: self._house.endpoints.order(names), self._tell_change, failed=self._undo
        )

    def _undo(self, _error: NearlingError) -> bool:
        self.look_again()
        return False

    def _remove(self, name: str) -> None:
        endpoint = self._named(name)
        if not self._may_remove(endpoint):
            return
        self._stop(name)

        def work(_: Cancellation) -> None:
            self._house.endpoints.remove(name)

        def then(_: None) -> None:
            self._tell_change()
            if endpoint.key in (KeyPlace.KEYRING, KeyPlace.SESSION):
                # Afterwards: a keyring that does not answer shall not hold the endpoint.
                self._tasks.call(lambda _: self._house.keys.forget(endpoint), lambda _: None)

        self._tasks.call(work, then)

    def _may_remove(self, endpoint: Endpoint) -> bool:
        asking = QMessageBox(self._page)
        asking.setWindowTitle(_("Remove this endpoint?"))
        asking.setText(_("Remove “{name}”?").format(name=endpoint.name))
        kept = endpoint.key in (KeyPlace.KEYRING, KeyPlace.SESSION)
        asking.setInformativeText(
            _("Its key goes, too. Answers that came from there stay.")
            if kept
            else _("Answers that came from there stay.")
        )
        remove = asking.addButton(_("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = asking.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(keep)
        asking.setEscapeButton(keep)
        asking.exec()
        asking.deleteLater()
        return asking.clickedButton() is remove

    # Trying one

    def _test(self, name: str) -> None:
        endpoint = self._named(name)
        if name in self._testing:
            return
        model = endpoint.models[0].id if endpoint.models else ""
        self._on_card(name, lambda card: card.show_testing(on=True))
        self._testing[name] = self._tasks.stream(
            lambda cancellation: (self._house.remote(endpoint).test(model, cancellation),),
            lambda results: self._on_card(name, lambda card: card.show_tested(results[0])),
            ended=partial(self._tested, name),
            failed=partial(self._failed, name),
        )

    def _stop(self, name: str) -> None:
        if name in self._testing:
            self._testing[name].cancel()
            self._on_card(name, lambda card: card.show_untested())

    def _failed(self, name: str, error: NearlingError) -> bool:
        self._on_card(name, lambda card: card.show_failed(error.sentence, error.remedy))
        return True

    def _tested(self, name: str) -> None:
        del self._testing[name]
        self._on_card(name, lambda card: card.show_testing(on=False))

    def _on_card(self, name: str, act: Callable[[EndpointCard], None]) -> None:
        if (card := self._page.cards.get(name)) is not None:
            act(card)
