"""Which fields a table has: those that are known, as buttons, and any other, typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.extraction.flow import Flow

_KNOWN = (
    *(marked("Date"), marked("Merchant"), marked("Total"), marked("VAT"), marked("Invoice number")),
    *(marked("Due date"), marked("Customer"), marked("Address"), marked("Name"), marked("Phone")),
    *(marked("Email"), marked("IBAN"), marked("Currency")),
)
_FIRST = _KNOWN[:3]
"""Chosen where nobody has chosen yet."""


class Fields(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips: list[QPushButton] = []
        self._flow = Flow()
        for name in _KNOWN:
            self._add(_(name), chosen=name in _FIRST)
        self.other = QLineEdit()
        self.other.setPlaceholderText(_("Another field, as its label is called"))
        self.other.setAccessibleName(_("Another field"))
        self.other.setAcceptDrops(False)  # the whole page takes files
        self.other.returnPressed.connect(self._take_other)
        self.add = QPushButton(_("Add the field"))
        self.add.clicked.connect(self._take_other)
        row = QHBoxLayout()
        row.addWidget(self.other, 1)
        row.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._flow)
        layout.addLayout(row)

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        return tuple(self._chips)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(chip.text() for chip in self._chips if chip.isChecked())

    def _add(self, name: str, *, chosen: bool) -> None:
        chip = QPushButton(name)
        chip.setProperty("look", "field")
        chip.setCheckable(True)
        chip.setChecked(chosen)
        chip.toggled.connect(lambda _on: self.changed.emit())
        self._chips.append(chip)
        self._flow.addWidget(chip)

    def _take_other(self) -> None:
        for name in (" ".join(each.split()) for each in self.other.text().split(",")):
            known = next((c for c in self._chips if c.text().casefold() == name.casefold()), None)
            if known is not None:
                known.setChecked(True)
            elif name and name not in ("file", "error"):
                self._add(name, chosen=True)
        self.other.clear()
        self.changed.emit()
