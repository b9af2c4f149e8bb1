"""Opens the dialogs: each is imported only then, and freed once it is closed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from nearling.core.language import gettext as _
from nearling.settings.options import Options

_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"


class Dialogs:
    def __init__(self, window: QWidget) -> None:
        self._window = window

    def pictures(self) -> Sequence[str]:
        """The files that were picked."""
        pictures, everything = _("Pictures"), _("All files")
        kinds = f"{pictures} ({_PICTURES});;{everything} (*)"
        return QFileDialog.getOpenFileNames(self._window, _("Add pictures"), "", kinds)[0]

    def settings(
        self,
        options: Options,
        file: str,
        changed: Callable[[Options], None],
        hidden: Collection[str] = (),
    ) -> None:
        from nearling.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(options, file, self._window, hidden)
        dialog.changed.connect(changed)
        _run(dialog)

    def shortcuts(self) -> None:
        from nearling.ui.dialogs.shortcuts import ShortcutsDialog

        _run(ShortcutsDialog(self._window.actions(), self._window))

    def about(self) -> None:
        from nearling.ui.dialogs.about import AboutDialog

        _run(AboutDialog(self._window))

    def link(self, target: str) -> None:
        from nearling.ui.dialogs.link import LinkDialog

        _run(LinkDialog(target, self._window))


def _run(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()
