"""What an endpoint offers, to be ticked; a field above narrows a long list down."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nearling.core.endpoints import RemoteModel
from nearling.core.language import gettext as _
from nearling.core.numerals import whole

_ROWS = 6
"""Seen at a time, at the most."""


class Offer(QWidget):
    ticked = Signal(str, bool)
    """A model's id, and whether it may be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Narrow down …"))
        self.filter.setAccessibleName(_("Narrow the models down"))
        self.filter.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Models that the endpoint offers"))
        self.list.setProperty("look", "offer")
        self.list.itemChanged.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.filter)
        layout.addWidget(self.list)
        self.hide()

    def show_models(self, models: Sequence[RemoteModel], chosen: Collection[str]) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for model in models:
            item = QListWidgetItem(" · ".join(filter(None, (model.id, _context(model)))))
            item.setData(Qt.ItemDataRole.UserRole, model.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = Qt.CheckState.Checked if model.id in chosen else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        rows = max(2, min(_ROWS, len(models)))
        self.list.setFixedHeight(rows * max(24, self.list.sizeHintForRow(0)) + 8)
        self._narrow()
        self.show()
        if self.list.count():
            self.list.setCurrentRow(0)

    def _narrow(self) -> None:
        wanted = self.filter.text().casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in item.text().casefold())

    def _tell(self, item: QListWidgetItem) -> None:
        self.ticked.emit(
            item.data(Qt.ItemDataRole.UserRole), item.checkState() is Qt.CheckState.Checked
        )


def _context(model: RemoteModel) -> str:
    if model.context_length is None:
        return ""
    return _("{count} tokens").format(count=whole(model.context_length))
