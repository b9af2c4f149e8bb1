"""Does what is wanted in an endpoint's form, in the background, until it is kept or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import KeyFailure, NearlingError
from nearling.core.language import gettext as _
from nearling.settings.addresses import origin
from nearling.settings.presets import PRESETS
from nearling.ui.beyond.draft import draft_of, endpoint_of, require_all, with_known
from nearling.ui.beyond.form import EndpointForm
from nearling.ui.beyond.lending import lent
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks

_UNNAMED = "new"
"""What an endpoint is called in the account of connections before the person has named it."""


class Editing(QObject):
    saved = Signal()

    def __init__(
        self, parent: QWidget, house: House, tasks: Tasks, endpoint: Endpoint | None
    ) -> None:
        """None: a new one."""
        super().__init__(parent)
        self._house, self._tasks, self._before = house, tasks, endpoint
        self._job: Job[Any] | None = None
        self.coming = True
        """Its form is not open yet."""
        models = endpoint.models if endpoint else ()
        self._told = {each.id: each for each in models}
        draft = None if endpoint is None else draft_of(endpoint)
        self.form = EndpointForm(parent, PRESETS, draft)
        self.form.look_wanted.connect(self._look)
        self.form.save_wanted.connect(self._save)
        self.form.session_wanted.connect(self._save_for_now)
        self.form.finished.connect(self._end)
        tasks.call(lambda _: house.keys.offered(), self._offer)

    def open(self) -> None:
        """Without holding up anything else, each part of the work in an event of its own."""
        steps = self.form.lay_out()

        def go_on() -> None:
            for _step in steps:
                QTimer.singleShot(0, self.form, go_on)
                return
            self.form.open()
            self.coming = False

        QTimer.singleShot(0, self.form, go_on)

    def _offer(self, variables: Sequence[str]) -> None:
        if isValid(self.form):
            self.form.key.offer(variables)

    def _look(self) -> None:
        draft, typed = self.form.draft, self.form.key.typed
        named = replace(draft, name=draft.name or _UNNAMED)

        def work(cancellation: Cancellation) -> Sequence[RemoteModel]:
            with lent(self._house.keys, endpoint_of(named), typed) as endpoint:
                return self._house.remote(endpoint).models(cancellation)

        def then(models: Sequence[RemoteModel]) -> None:
            self._told |= {each.id: each for each in models}
            self.form.quiet()
            self.form.show_offer(models)

        self._begin(_("It is being asked …"), work, then)

    def _save(self) -> None:
        draft, typed, before = self.form.draft, self.form.key.typed, self._before
        told = dict(self._told)

        def work(cancellation: Cancellation) -> Endpoint:
            endpoint = with_known(endpoint_of(draft), told)
            require_all(endpoint, before, typed=bool(typed))
            self._keep(endpoint, typed, cancellation)
            return endpoint

        self._begin(_("It is being kept …"), work, self._kept)

    def _keep(self, endpoint: Endpoint, typed: str, cancellation: Cancellation) -> None:
        """The key before the endpoint: none is kept whose key is nowhere."""
        endpoints, keys, before = self._house.endpoints, self._house.keys, self._before
        cancellation.check()
        if typed:
            keys.keep(endpoint, typed, endpoint.key)
        try:
            cancellation.check()
            if before is None:
                endpoints.add(endpoint)
            else:
                endpoints.replace(endpoint)
            if typed:
                self._house.remote(endpoint).mended()
        except NearlingError:
            if typed and before is None:
                keys.forget(endpoint)
            raise

    def _kept(self, endpoint: Endpoint) -> None:
        before = self._before
        self.form.accept()
        self.saved.emit()
        if before is not None and _key_parted(before, endpoint):
            # Afterwards: a keyring that does not answer shall not hold up what is kept already.
            self._tasks.call(lambda _: self._house.keys.forget(before), lambda _: None)

    def _save_for_now(self) -> None:
        self.form.key.place.select(KeyPlace.SESSION)
        self._save()

    def _begin(
        self, doing: str, work: Callable[[Cancellation], Any], then: Callable[[Any], None]
    ) -> None:
        if self._job is not None:
            return

        def failed(error: NearlingError) -> bool:
            in_keyring = self.form.key.chosen is KeyPlace.KEYRING and bool(self.form.key.typed)
            keyring = isinstance(error, KeyFailure) and in_keyring
            self.form.show_failure(error, session_helps=keyring)
            return True

        self.form.show_busy(doing)
        self._job = self._tasks.stream(
            lambda cancellation: (work(cancellation),),
            lambda results: then(results[0]),
            ended=self._free,
            failed=failed,
        )

    def _free(self) -> None:
        self._job = None
        self.form.free()

    def _end(self) -> None:
        """Kept or not: nothing of the key stays here."""
        if self._job is not None:
            self._job.drop()
        self.form.key.forget()
        self.form.deleteLater()
        self.deleteLater()


def _key_parted(before: Endpoint, now: Endpoint) -> bool:
    """Whether the key that the keyring holds for `before` is nobody's any more."""
    if before.key is not KeyPlace.KEYRING:
        return False
    return now.key is not KeyPlace.KEYRING or origin(now.base_url) != origin(before.base_url)
