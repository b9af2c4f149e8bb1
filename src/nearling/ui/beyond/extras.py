"""What few endpoints want: headers, parameters and a zone said by hand, folded away."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.ui.beyond.draft import Draft
from nearling.ui.chat.receipt import PLACES
from nearling.ui.dialogs.choice import Choice

_LINES = 3


class Fields(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.zone = Choice()
        self.zone.addItem(_("As its address says"), None)
        for zone in (Zone.NETWORK, Zone.CLOUD):
            self.zone.addItem(_(PLACES[zone]), zone)
        self.headers, self.query, self.body = _lines(), _lines(), _lines()
        inside = QVBoxLayout(self)
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

    def show_draft(self, draft: Draft) -> None:
        self.zone.setCurrentIndex(self.zone.findData(draft.zone))
        self.headers.setPlainText(draft.headers)
        self.query.setPlainText(draft.query)
        self.body.setPlainText(draft.body)


class Extras(QWidget):
    zone_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unfold = QPushButton()
        self.unfold.setProperty("look", "quiet")
        self.unfold.setAutoDefault(False)
        self.unfold.clicked.connect(lambda: self._show(on=not self._unfolded))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        self._show(on=False)

    @cached_property
    def fields(self) -> Fields:
        """Made when they are first needed, which they seldom are."""
        fields = Fields()
        fields.hide()
        fields.zone.currentIndexChanged.connect(self.zone_chosen)
        layout = self.layout()
        assert layout is not None  # noqa: S101  made with it
        layout.addWidget(fields)
        order = (self.unfold, fields.zone, fields.headers, fields.query, fields.body)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        return fields

    @property
    def _made(self) -> bool:
        return "fields" in vars(self)

    @property
    def _unfolded(self) -> bool:
        return self._made and self.fields.isVisibleTo(self)

    def written_in(self, draft: Draft) -> Draft:
        """`draft` with what stands here."""
        if not self._made:
            return draft
        fields, zone = self.fields, self.fields.zone.currentData()
        return replace(
            draft,
            zone=None if zone is None else Zone(zone),
            headers=fields.headers.toPlainText(),
            query=fields.query.toPlainText(),
            body=fields.body.toPlainText(),
        )

    def show_draft(self, draft: Draft) -> None:
        said = bool(draft.zone or draft.headers or draft.query or draft.body)
        if said or self._made:
            self.fields.show_draft(draft)
        self._show(on=said)

    def _show(self, *, on: bool) -> None:
        if on or self._made:
            self.fields.setVisible(on)
        self.unfold.setText(_("Fewer details") if on else _("More details"))


def _lines() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setProperty("look", "lines")
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    field.setFixedHeight(_LINES * field.fontMetrics().lineSpacing() + 22)
    return field
