"""The network page: every connection that was made, when, where to, why and how much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)

from nearling.core.account import totals
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.ui.beyond.rows import Row, Rows
from nearling.ui.page import Page
from nearling.ui.theme.theme import Theme

LIMIT = 1_000
"""Connections that are looked at, the latest ones."""
_WIDEST = 250
"""Pixels of a column; its tooltip has all of it."""


class NetworkPage(Page):
    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Network"), scrolls=False)
        heading = QLabel(_("What left this computer"))
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        self.totals = QLabel()
        self.totals.setProperty("look", "muted")
        self.totals.setWordWrap(True)
        self.copy = QPushButton(_("Copy as text"))
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading, 1)
        head.addWidget(self.copy)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Narrow down …"))
        self.filter.setAccessibleName(_("Narrow the connections down"))
        self.filter.setClearButtonEnabled(True)
        self.rows = Rows(theme)
        self.filter.textChanged.connect(self.rows.narrow)
        self.filter.textChanged.connect(self._sum_up)
        theme.changed.connect(self.rows.layoutChanged)
        self.table = _table()
        self.table.setModel(self.rows)
        self.empty = QLabel(_("Nothing has left this computer."))
        self.empty.setProperty("look", "strong")
        self.empty.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        about = QLabel(
            _(
                "Each connection is written down before it is made, and never what was said. "
                "The account is erased together with the whole history, and not before."
            )
        )
        about.setProperty("look", "muted")
        about.setWordWrap(True)
        self.column.addLayout(head)
        self.column.addWidget(about)
        self.column.addWidget(self.filter)
        self.column.addWidget(self.totals)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.rows.show_rows(rows)
        for part in (self.filter, self.table, self.copy, self.totals):
            part.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._sum_up()

    def _sum_up(self) -> None:
        shown = self.rows.shown
        if len(shown) == LIMIT:
            said = _("The latest {count} connections: {totals}")
        else:
            said = ngettext(
                "{count} connection: {totals}", "{count} connections: {totals}", len(shown)
            )
        self.totals.setText(said.format(count=whole(len(shown)), totals=totals(shown)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.rows.text())


def _table() -> QTableView:
    table = QTableView()
    table.setProperty("look", "account")
    table.setAccessibleName(_("Connections"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setResizeContentsPrecision(0)  # to what is seen: there may be many more
    header.setMaximumSectionSize(_WIDEST)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return table
