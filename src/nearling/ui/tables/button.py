"""A button that is there where tables are, with what can be done with each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from nearling.core.language import gettext as _
from nearling.core.reading import Table
from nearling.ui.bare_button import BareButton
from nearling.ui.theme.theme import Theme


class TableButton(BareButton):
    copy_wanted = Signal(object)
    """The Table."""
    save_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "table", _("Copy or save the table"))
        self._tables: tuple[Table, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.clicked.connect(self._open)
        self.hide()

    def show_tables(self, tables: Sequence[Table]) -> None:
        self._tables = tuple(tables)
        self.setVisible(bool(tables))

    @property
    def menu_of_tables(self) -> QMenu:
        return self._menu

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        self._menu.clear()
        many = len(self._tables) > 1
        for number, table in enumerate(self._tables, 1):
            copy = _("Copy table {number}") if many else _("Copy table")
            save = _("Save table {number} as …") if many else _("Save table as …")
            self._menu.addAction(copy.format(number=number), partial(self.copy_wanted.emit, table))
            self._menu.addAction(save.format(number=number), partial(self.save_wanted.emit, table))
