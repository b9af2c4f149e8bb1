"""What few endpoints want: headers, parameters and a zone said by hand, folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.ui.beyond.draft import Draft
from nearling.ui.chat.receipt import PLACES
from nearling.ui.dialogs.choice import Choice

_LINES = 3


class Extras(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self.unfold = QPushButton()
        self.unfold.setProperty("look", "quiet")
        self.unfold.setAutoDefault(False)
        self.unfold.clicked.connect(lambda: self._show(on=not self._inside.isVisibleTo(self)))
        self.zone = Choice()
        self.zone.addItem(_("As its address says"), None)
        for zone in (Zone.NETWORK, Zone.CLOUD):
            self.zone.addItem(_(PLACES[zone]), zone)
        self.headers, self.query, self.body = _lines(), _lines(), _lines()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for said, field in (
            (_("Where it is"), self.zone),
            (_("Headers, one a line: Name: value"), self.headers),
            (_("Added to its address, one a line: name=value"), self.query),
            (_("Added to each question, as a JSON object"), self.body),
        ):
            label = QLabel(said)
            label.setBuddy(field)
            label.setWordWrap(True)
            field.setAccessibleName(said)
            inside.addWidget(label)
            inside.addWidget(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
        self._show(on=False)

    @property
    def chosen_zone(self) -> Zone | None:
        chosen = self.zone.currentData()
        return None if chosen is None else Zone(chosen)

    def show_draft(self, draft: Draft) -> None:
        self.zone.setCurrentIndex(self.zone.findData(draft.zone))
        self.headers.setPlainText(draft.headers)
        self.query.setPlainText(draft.query)
        self.body.setPlainText(draft.body)
        self._show(on=bool(draft.zone or draft.headers or draft.query or draft.body))

    def _show(self, *, on: bool) -> None:
        self._inside.setVisible(on)
        self.unfold.setText(_("Fewer details") if on else _("More details"))


def _lines() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setProperty("look", "lines")
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    field.setFixedHeight(_LINES * field.fontMetrics().lineSpacing() + 22)
    return field
