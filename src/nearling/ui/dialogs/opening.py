"""Opens the dialogs: each is imported only then, and freed once it is closed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from nearling.capture.kinds import DOCUMENTS, PICTURES
from nearling.core.language import gettext as _
from nearling.settings.options import Options
from nearling.ui.tasks import Tasks

if TYPE_CHECKING:
    from nearling.ui.dialogs.settings import SettingsDialog


class Dialogs:
    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        self._window = window
        self._tasks = tasks

    def pictures(self) -> Sequence[str]:
        """The files that were picked, documents among them."""
        kinds = ";;".join(
            f"{name} ({' '.join(f'*{ending}' for ending in endings)})"
            for name, endings in (
                (_("Pictures and documents"), (*PICTURES, *DOCUMENTS)),
                (_("Pictures"), PICTURES),
                (_("Documents"), DOCUMENTS),
                (_("All files"), ("",)),
            )
        )
        title = _("Add pictures and documents")
        return QFileDialog.getOpenFileNames(self._window, title, "", kinds)[0]

    def folder(self) -> str:
        """The folder that was chosen; "" if none was."""
        return QFileDialog.getExistingDirectory(self._window, _("Choose a speech model"))

    def model(self) -> str:
        """The folder of any model; "" if none was chosen."""
        return QFileDialog.getExistingDirectory(self._window, _("Choose a model's folder"))

    def settings(
        self,
        options: Options,
        file: str,
        changed: Callable[[Options], None],
        hidden: Collection[str] = (),
        known: Mapping[str, Callable[[], Sequence[str]]] | None = None,
    ) -> None:
        """`known` are options with what can be chosen for them, found out in the background."""
        from nearling.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(options, file, self._window, hidden)
        dialog.changed.connect(changed)
        for name, ask in (known or {}).items():
            self._find_out(ask, partial(_offer, dialog, name))
        _run(dialog)

    def _find_out(
        self, ask: Callable[[], Sequence[str]], then: Callable[[Sequence[str]], None]
    ) -> None:
        # Where it cannot be found out, what is chosen already stays all there is.
        self._tasks.call(lambda _: ask(), then, failed=lambda _: True)

    def shortcuts(self) -> None:
        from nearling.ui.dialogs.shortcuts import ShortcutsDialog

        _run(ShortcutsDialog(self._window.actions(), self._window))

    def about(self) -> None:
        from nearling.ui.dialogs.about import AboutDialog

        _run(AboutDialog(self._window))

    def link(self, target: str) -> None:
        from nearling.ui.dialogs.link import LinkDialog

        _run(LinkDialog(target, self._window))


def _offer(dialog: SettingsDialog, name: str, values: Sequence[str]) -> None:
    if isValid(dialog):
        dialog.offer(name, values)


def _run(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()
