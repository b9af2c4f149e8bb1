"""The settings, made from the declared options: one that is added there appears here."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.settings.options import Options, declared
from nearling.ui.dialogs.choice import Choice
from nearling.ui.dialogs.fields import Control, control, show, value_of

_FIELD = 170
"""The least width of the controls, which stand in one column."""
_LEAST_HEIGHT = 560


class SettingsDialog(QDialog):
    """Every change is passed on at once; there is nothing to confirm."""

    changed = Signal(object)
    """The Options as they are now."""

    def __init__(
        self, options: Options, file: str, parent: QWidget, hidden: Collection[str] = ()
    ) -> None:
        """`hidden` are options that change nothing on this desktop."""
        super().__init__(parent)
        self._options = options
        self.setWindowTitle(_("Settings"))
        self.setMinimumWidth(560)
        self._fields: dict[str, Control] = {}
        heading = QLabel(_("Settings"))
        heading.setProperty("look", "heading")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        for option in declared():
            if option.name in hidden:
                continue
            said, advised = option.metadata["label"], option.metadata["help"]
            field = control(option, getattr(options, option.name), self._tell)
            field.setAccessibleName(_(said))
            field.setAccessibleDescription(_(advised))
            self._fields[option.name] = field
            rows.addLayout(_row(_(said), _(advised), field))
        rows.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and scroll it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        where = QLabel(_("Kept in {file}").format(file=_from_home(file)))
        where.setObjectName("where")
        where.setProperty("look", "hint")
        where.setWordWrap(True)
        where.setToolTip(file)
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
        layout.setSpacing(18)
        layout.addWidget(heading)
        layout.addWidget(area, 1)
        layout.addWidget(where)
        layout.addLayout(row)
        self._grow(layout, inside, area)

    def _grow(self, layout: QLayout, inside: QWidget, area: QScrollArea) -> None:
        """As high as all of it, or as what it stands before; the rest is scrolled."""
        for each in self.findChildren(QWidget):
            each.ensurePolished()  # the style has a say in how much room words take
        column = max(_FIELD, *(it.minimumSizeHint().width() for it in self._fields.values()))
        for field in self._fields.values():
            field.setFixedWidth(column)
        wide = max(560, inside.minimumSizeHint().width() + 60)
        # Rows that wrap tell less than they take until they are laid out.
        needed = max(inside.heightForWidth(wide - 60), inside.sizeHint().height())
        shown = needed - area.sizeHint().height()
        high = layout.totalHeightForWidth(wide) + shown
        room = self.screen().availableGeometry().height() * 9 // 10
        parent = self.parentWidget()
        before = room if parent is None else parent.height()
        self.resize(wide, min(high, room, max(_LEAST_HEIGHT, before)))

    @property
    def options(self) -> Options:
        shown = {name: value_of(field) for name, field in self._fields.items()}
        return replace(self._options, **shown)

    def field(self, name: str) -> Control:
        return self._fields[name]

    def offer(self, name: str, values: Collection[str]) -> None:
        """More that can be chosen for an option, as is found out meanwhile."""
        box = self._fields[name]
        if isinstance(box, Choice):
            box.offer(values)

    def _show(self, options: Options) -> None:
        for name, field in self._fields.items():
            show(field, getattr(options, name))
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.options)


def _row(said: str, advised: str, field: QWidget) -> QHBoxLayout:
    """What is set and what that means at the left, the control at the right."""
    label = QLabel(said)
    label.setBuddy(field)
    label.setWordWrap(True)
    advice = QLabel(advised)
    advice.setProperty("look", "muted")
    advice.setWordWrap(True)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label)
    words.addWidget(advice)
    row = QHBoxLayout()
    row.setSpacing(28)
    row.addLayout(words, 1)
    row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _from_home(file: str) -> str:
    """As people write paths in their own folder."""
    path = Path(file)
    with suppress(RuntimeError):  # an account without a home folder
        if path.is_relative_to(Path.home()):
            return str(Path("~") / path.relative_to(Path.home()))
    return file
