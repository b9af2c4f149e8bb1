"""The receipt of an answer, beneath its badge until one clicks elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from nearling.core.language import gettext as _


def show_receipt(badge: QWidget, lines: Iterable[tuple[str, str]]) -> None:
    popup = QFrame(badge.window(), Qt.WindowType.Popup)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.setProperty("look", "popup")
    popup.setAccessibleName(_("Receipt"))
    grid = QGridLayout(popup)
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(6)
    for row, (label, said) in enumerate(lines):
        name = QLabel(label)
        name.setProperty("look", "muted")
        text = QLabel(said)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, row, 0)
        grid.addWidget(text, row, 1)
    popup.move(badge.mapToGlobal(QPoint(0, badge.height() + 4)))
    popup.show()
