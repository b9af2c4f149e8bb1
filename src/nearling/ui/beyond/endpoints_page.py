"""The endpoints page: who may be asked beyond this computer, in the person's order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.ui.beyond.endpoint_card import EndpointCard
from nearling.ui.beyond.listing import Row
from nearling.ui.page import Page
from nearling.ui.theme.theme import Theme


class EndpointsPage(Page):
    add_wanted = Signal()
    edit_wanted = Signal(str)
    remove_wanted = Signal(str)
    move_wanted = Signal(str, int)
    test_wanted = Signal(str)
    testing_stopped = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Endpoints"))
        self._theme = theme
        self.rows: tuple[Row, ...] = ()
        self.cards: dict[str, EndpointCard] = {}
        heading = QLabel(_("Beyond this computer"))
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        self.add = QPushButton(_("Add an endpoint …"))
        self.add.clicked.connect(self.add_wanted)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading, 1)
        head.addWidget(self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.empty = _muted(
            _(
                "There is none yet, so every question is answered on this computer. An endpoint is "
                "a server that speaks as OpenAI's does: a service that you pay for, a server of "
                "your company, or Ollama on another computer at home."
            )
        )
        self.column.addLayout(head)
        self.column.addWidget(
            _muted(
                _(
                    "Nothing goes to any of them before you have seen it and said yes. Your "
                    "network comes before the cloud, and between equals your order decides."
                )
            )
        )
        self.column.addWidget(self.empty)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.empty.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Who has the focus keeps it, as far as what it is on is still there."""
        names = [row.endpoint.name for row in rows]
        for name in set(self.cards) - set(names):
            self._drop(self.cards.pop(name))
        for row in rows:
            if row.endpoint.name not in self.cards:
                self.cards[row.endpoint.name] = self._card(row.endpoint.name)
        before = {row.endpoint.name: row.endpoint for row in self.rows}
        if names != list(before):
            for at, name in enumerate(names):
                self._list.removeWidget(self.cards[name])
                self._list.insertWidget(at, self.cards[name])
        for at, row in enumerate(rows):
            card = self.cards[row.endpoint.name]
            card.show_row(row)
            card.show_place(first=at == 0, last=at == len(rows) - 1)
            if before.get(row.endpoint.name) != row.endpoint:
                card.show_untested()
        self.rows = tuple(rows)
        self.empty.setVisible(not rows)

    def _card(self, name: str) -> EndpointCard:
        card = EndpointCard(self._theme, name)
        card.test_wanted.connect(partial(self.test_wanted.emit, name))
        card.stopped.connect(partial(self.testing_stopped.emit, name))
        card.edit_wanted.connect(partial(self.edit_wanted.emit, name))
        card.remove_wanted.connect(partial(self.remove_wanted.emit, name))
        card.move_wanted.connect(partial(self.move_wanted.emit, name))
        return card

    def _drop(self, card: EndpointCard) -> None:
        if card.isAncestorOf(card.window().focusWidget()):
            self.add.setFocus()
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()


def _muted(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    return label
