"""A sheet as Qt's tables see it: doubt by colour and sign, and cells that can be typed over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from nearling.core.language import gettext as _
from nearling.ui.extraction.sheet import Sheet, State
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class SheetModel(QAbstractTableModel):
    typed = Signal()
    """Somebody has typed over a cell."""

    def __init__(self, sheet: Sheet, theme: Theme) -> None:
        super().__init__()
        self.sheet = sheet
        self._theme = theme

    def change(self, act: Callable[[], object]) -> None:
        """Files or fields are others afterwards."""
        self.beginResetModel()
        act()
        self.endResetModel()

    def tell(self, row: int) -> None:
        """A row has come."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _said(self, row: int, at: int) -> str:
        """As somebody hears it who does not see the signs."""
        text = self.sheet.text(row, at) or _("nothing found")
        if self.sheet.is_doubtful(row, at):
            return _("{text}, doubtful").format(text=text)
        if self.sheet.is_typed(row, at):
            return _("{text}, by hand").format(text=text)
        return text

    def _file(self, row: int, role: int) -> object:
        error = self.sheet.error(row)
        match role:
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return self.sheet.paths[row].name
            case _Role.ToolTipRole:
                return str(self.sheet.paths[row]) if error is None else error.sentence
            case _Role.DecorationRole if error is not None:
                return icon("close", self._theme.tokens.danger, 16)
            case _Role.ForegroundRole if self.sheet.state(row) is not State.FINISHED:
                tokens = self._theme.tokens
                return QColor(tokens.danger if error is not None else tokens.muted)
        return None

    def _cell(self, row: int, at: int, role: int) -> object:
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                return self.sheet.text(row, at)
            case _Role.AccessibleTextRole if self.sheet.state(row) is State.FINISHED:
                return self._said(row, at)
        if self.sheet.is_doubtful(row, at):
            return self._doubtful(row, at, role)
        if self.sheet.is_typed(row, at):
            return self._typed(row, at, role)
        return None

    def _doubtful(self, row: int, at: int, role: int) -> object:
        tokens = self._theme.tokens
        match role:
            case _Role.ToolTipRole:
                return self._said(row, at)
            case _Role.BackgroundRole:
                return QColor(tokens.warning_ground)
            case _Role.ForegroundRole:
                return QColor(tokens.warning)
            case _Role.DecorationRole:
                return icon("doubt", tokens.warning, 16)
        return None

    def _typed(self, row: int, at: int, role: int) -> object:
        match role:
            case _Role.ToolTipRole:
                return self._said(row, at)
            case _Role.DecorationRole:
                return icon("edit", self._theme.tokens.muted, 16)
        return None

    # Qt's

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        return 0 if parent.isValid() else len(self.sheet.paths)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        return 0 if parent.isValid() else 1 + len(self.sheet.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return _("File") if section == 0 else self.sheet.fields[section - 1]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if index.column() == 0:
            return self._file(index.row(), role)
        return self._cell(index.row(), index.column() - 1, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() and self.sheet.state(index.row()) is State.FINISHED:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        row, at = index.row(), index.column() - 1
        same = str(value) == self.sheet.text(row, at)
        # Who lets a doubtful cell stand as it is has looked at it.
        if role != _Role.EditRole or (same and not self.sheet.is_doubtful(row, at)):
            return False
        self.sheet.type(row, at, str(value))
        self.tell(row)
        self.typed.emit()
        return True
