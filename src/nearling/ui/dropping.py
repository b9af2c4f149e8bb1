"""What is dragged over the window and dropped on it, wherever.

Files land in the next question; a folder is taken for a model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from nearling.capture.files import capture_file
from nearling.capture.mime import holds_something, local_files
from nearling.ui.compose.composer import Composer
from nearling.ui.landing import Landing
from nearling.ui.tasks import Tasks


class Dropping(QObject):
    def __init__(
        self,
        window: QWidget,
        tasks: Tasks,
        landing: Landing,
        composer: Composer,
        take_folder: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._take_folder = take_folder
        self._landing = landing
        self._composer = composer
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _enter(self, event: QDragEnterEvent) -> None:
        if holds_something(event.mimeData()):
            event.acceptProposedAction()
            self._composer.show_inviting(inviting=True)
            self._landing.wake()

    def _drop(self, event: QDropEvent) -> None:
        self._composer.show_inviting(inviting=False)
        event.acceptProposedAction()
        self._composer.text.setFocus()
        if files := local_files(event.mimeData()):
            # A folder may lie on a disk that sleeps: what it is must not be waited for here.
            self._tasks.call(lambda _: [(each, each.is_dir()) for each in files], self._sort)
        else:
            self._landing.take(event.mimeData())

    def _sort(self, dropped: Sequence[tuple[Path, bool]]) -> None:
        self._landing.fetch(
            partial(capture_file, path) for path, is_folder in dropped if not is_folder
        )
        for path, is_folder in dropped:
            if is_folder:
                self._take_folder(path)

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif event.type() is QEvent.Type.DragLeave:
            self._composer.show_inviting(inviting=False)
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
        else:
            return super().eventFilter(watched, event)
        return True
