"""Opens the menu of what can be done with something, and does what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from nearling.assistant.actions import own_actions
from nearling.capture.mime import fetches, text_fetch
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Attachment, Capture
from nearling.settings.options import Options
from nearling.ui.compose.composer import Composer
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.session import Session
from nearling.ui.tasks import Job, Tasks

if TYPE_CHECKING:  # no menu is opened before the window is seen
    from nearling.assistant.offering import Offered
    from nearling.ui.actions.menu import ActionMenu
    from nearling.ui.chat.turn_view import TurnView

_Fetch = Callable[[], Capture]


class Acting(QObject):
    done = Signal(str)
    """What was done, as a sentence."""

    def __init__(
        self,
        window: QWidget,
        house: House,
        tasks: Tasks,
        *,
        session: Session,
        landing: Landing,
        composer: Composer,
        options: Callable[[], Options],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._house = house
        self._tasks = tasks
        self._session = session
        self._landing = landing
        self._composer = composer
        self._options = options
        self.menu: ActionMenu | None = None
        """The one that is open."""
        composer.actions_wanted.connect(self.offer_pending)
        composer.clipboard_wanted.connect(self.take_clipboard)

    def offer_pending(self, digest: str) -> None:
        """What can be done with what lies in the composer."""
        pending = (each for each in self._landing.pending.captures if each.digest == digest)
        capture, where = next(pending, None), self._composer.menu_point(digest)
        if capture is None or where is None:
            return
        menu = self._open(capture.attachment, where, lambda: capture)
        menu.asked.connect(partial(self._ask_pending, digest))

    def offer(self, view: TurnView, attachment: Attachment, where: QPoint) -> None:
        """What can be done with what a turn brought along."""
        here = self._session.transcript.row(view.id) is not None
        fetch = partial(self._fetched, attachment)
        menu = self._open(attachment, where, fetch, asks=here)
        menu.asked.connect(partial(self._ask_kept, attachment, view.local_only))

    def take_clipboard(self) -> None:
        """A picture, files or text of it land in the composer, and are offered there."""
        mime = QGuiApplication.clipboard().mimeData()
        waiting = fetches(mime) or text_fetch(mime)
        if not waiting:
            self.done.emit(_("There is no picture, file or text on the clipboard."))
            return
        before = {each.digest for each in self._landing.pending.captures}

        def landed() -> None:
            captures = self._landing.pending.captures
            fresh = [each for each in captures if each.digest not in before]
            if len(waiting) == 1 and captures:
                self.offer_pending((fresh or captures)[-1].digest)

        self._landing.fetch(waiting)
        self._landing.when_settled(landed)

    def _open(
        self, attachment: Attachment, where: QPoint, fetch: _Fetch, *, asks: bool = True
    ) -> ActionMenu:
        from nearling.ui.actions.menu import ActionMenu, explain_question

        own = own_actions(self._options().own_actions)
        menu = ActionMenu(own, self._window, asks=asks and not self._session.is_busy)
        menu.copy_wanted.connect(self._copy)
        menu.save_wanted.connect(partial(self._save, attachment.name, fetch))

        def found(offered: Offered) -> None:
            if isValid(menu):
                menu.show_offered(offered)

        explain = explain_question()
        job = self._tasks.call(
            lambda cancellation: self._house.assistant.offered(attachment, explain, cancellation),
            found,
            failed=lambda _error: True,  # then nothing more is offered
        )
        menu.aboutToHide.connect(partial(self._hidden, menu, job))
        self.menu = menu
        menu.popup(where)
        return menu

    def _hidden(self, menu: ActionMenu, job: Job[Offered]) -> None:
        job.cancel()
        if self.menu is menu:  # else another one has been opened
            self.menu = None

    def _ask_pending(self, digest: str, question: str) -> None:
        local_only = self._composer.lock.isChecked()
        self._composer.keep_words()
        captures = self._landing.taken_along(digest)
        self._session.ask(question, captures, local_only=local_only)

    def _ask_kept(self, attachment: Attachment, marked: bool, question: str) -> None:
        """`marked`: it stays on this computer."""
        conversation = self._session.conversation

        def fetched(capture: Capture) -> None:
            if self._session.conversation == conversation:
                local_only = marked or self._composer.lock.isChecked()
                self._composer.keep_words()
                self._landing.taken_along(capture.digest)  # should the same lie there as well
                self._session.ask(question, (capture,), local_only=local_only)

        self._tasks.call(lambda _cancellation: self._fetched(attachment), fetched)

    def _fetched(self, attachment: Attachment) -> Capture:
        data = self._house.history.attachment(attachment.digest)
        return Capture(attachment.medium, attachment.name, data)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.emit(_("All of the text is on the clipboard."))

    def _save(self, name: str, fetch: _Fetch) -> None:
        file, _form = QFileDialog.getSaveFileName(self._window, _("Save as"), name)
        if file:
            self.write(Path(file), fetch)

    def write(self, file: Path, fetch: _Fetch) -> None:
        def work(_cancellation: object) -> Path:
            try:
                file.write_bytes(fetch().data)
            except OSError as error:
                raise UnusableFile(
                    _("{name} could not be written.").format(name=file.name),
                    _("Choose another folder, or make room on the disk."),
                ) from error
            return file

        self._tasks.call(
            work, lambda kept: self.done.emit(_("Saved as {name}.").format(name=kept.name))
        )
