"""The settings, made from the declared options: one that is added there appears here."""

from __future__ import annotations

from dataclasses import Field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.settings.options import Options, declared


class SettingsDialog(QDialog):
    """Every change is passed on at once; there is nothing to confirm."""

    changed = Signal(object)
    """The Options as they are now."""

    def __init__(self, options: Options, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.setMinimumWidth(520)
        self._fields: dict[str, QComboBox | QSpinBox] = {}
        heading = QLabel(_("Settings"))
        heading.setProperty("look", "heading")
        inside = QWidget()
        form = QGridLayout(inside)  # a form would not make room for advice of several lines
        form.setContentsMargins(0, 0, 12, 0)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(20)
        form.setColumnStretch(1, 1)
        for at, option in enumerate(declared()):
            said, advised = option.metadata["label"], option.metadata["help"]
            field = self._field(option, getattr(options, option.name))
            field.setAccessibleName(_(said))
            field.setAccessibleDescription(_(advised))
            self._fields[option.name] = field
            advice = QLabel(_(advised))
            advice.setProperty("look", "muted")
            advice.setWordWrap(True)
            label = QLabel(_(said))
            label.setBuddy(field)
            form.addWidget(label, 3 * at, 0)
            form.addWidget(field, 3 * at, 1)
            form.addWidget(advice, 3 * at + 1, 0, 1, 2)
            form.setRowMinimumHeight(3 * at + 2, 6)
        form.setRowStretch(3 * len(declared()), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and scroll it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        where = QLabel(_("Kept in {file}").format(file=file))
        where.setProperty("look", "hint")
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        done = QPushButton(_("Done"))
        done.setDefault(True)
        done.clicked.connect(self.accept)
        defaults = QPushButton(_("Use the defaults"))
        defaults.setAutoDefault(False)
        defaults.clicked.connect(lambda: self._show(Options()))
        row = QHBoxLayout()
        row.addWidget(defaults)
        row.addStretch()
        row.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addWidget(area, 1)
        layout.addWidget(where)
        layout.addLayout(row)
        self._grow(layout, inside, area)

    def _grow(self, layout: QLayout, inside: QWidget, area: QScrollArea) -> None:
        """As high as all of it, where the screen has so much room; the rest is scrolled."""
        wide = max(560, inside.minimumSizeHint().width() + 60)
        shown = inside.heightForWidth(wide - 60) - area.sizeHint().height()
        high = layout.totalHeightForWidth(wide) + shown
        self.resize(wide, min(high, self.screen().availableGeometry().height() * 9 // 10))

    @property
    def options(self) -> Options:
        return Options(**{name: _value(field) for name, field in self._fields.items()})

    def field(self, name: str) -> QComboBox | QSpinBox:
        return self._fields[name]

    def _field(self, option: Field[Any], value: object) -> QComboBox | QSpinBox:
        limits = option.metadata
        if "choices" in limits:
            box = QComboBox()
            for choice, shown in limits["choices"].items():
                box.addItem(_(shown), choice)
            box.setCurrentIndex(box.findData(value))
            box.currentIndexChanged.connect(self._tell)
            return box
        spin = QSpinBox()
        spin.setRange(limits["at_least"], limits["at_most"])
        spin.setSingleStep(limits["step"])
        spin.setKeyboardTracking(False)  # 60 is meant, not the 6 on the way there
        assert isinstance(value, int)  # noqa: S101  as the store has checked
        spin.setValue(value)
        spin.valueChanged.connect(self._tell)
        return spin

    def _show(self, options: Options) -> None:
        for name, field in self._fields.items():
            value = getattr(options, name)
            blocked = field.blockSignals(True)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            else:
                field.setValue(value)
            field.blockSignals(blocked)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.options)


def _value(field: QComboBox | QSpinBox) -> Any:
    return field.currentData() if isinstance(field, QComboBox) else field.value()
