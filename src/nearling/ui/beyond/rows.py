"""The account of connections as rows of a table, narrowed down to what is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from nearling.core.account import HEADINGS, cells
from nearling.core.language import gettext as _
from nearling.core.network import Connection
from nearling.core.writers import Zone
from nearling.ui.theme.theme import Theme

_WHERE, _NUMBERS = 2, (4, 5)
"""Columns."""
Row = tuple[Connection, tuple[str, ...]]
"""What happened, and what the table says of it."""
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


def rows_of(connections: Sequence[Connection]) -> tuple[Row, ...]:
    """Takes its time where there are many."""
    return tuple((each, cells(each)) for each in connections)


class Rows(QAbstractTableModel):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: tuple[Row, ...] = ()
        self._shown: tuple[Row, ...] = ()
        self._wanted = ""

    @property
    def shown(self) -> tuple[Connection, ...]:
        return tuple(connection for connection, _cells in self._shown)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._all = tuple(rows)
        self._narrow()

    def narrow(self, wanted: str) -> None:
        """To the rows that hold all of these words."""
        self._wanted = wanted
        self._narrow()

    def text(self) -> str:
        """What is shown, a row a line, with tabs between."""
        said = [tuple(map(_, HEADINGS)), *(row for _connection, row in self._shown)]
        return "".join("\t".join(row) + "\n" for row in said)

    def _narrow(self) -> None:
        words = self._wanted.casefold().split()
        self.beginResetModel()
        self._shown = tuple(
            (connection, row)
            for connection, row in self._all
            if all(word in f"{connection.endpoint} {' '.join(row)}".casefold() for word in words)
        )
        self.endResetModel()

    # Qt's

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        if section in _NUMBERS and role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        connection, row = self._shown[index.row()]
        at = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row[at]
            case Qt.ItemDataRole.ToolTipRole:
                return f"{connection.endpoint}: {row[at]}"
            case Qt.ItemDataRole.ForegroundRole if at == _WHERE:
                tokens = self._theme.tokens
                near = connection.zone is not Zone.CLOUD
                return QColor(tokens.network if near else tokens.cloud)
            case Qt.ItemDataRole.TextAlignmentRole if at in _NUMBERS:
                return _AT_RIGHT
        return None
