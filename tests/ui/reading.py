"""Reads a window as a person does: every text in it, and every text that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

_SLACK = 1
"""Pixels; a font's own advance is a fraction now and then."""


def texts(window) -> Iterator[tuple[str, str]]:
    """Whose text it is, and what it says: shown, in a tooltip, or told to a screen reader."""
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QComboBox,
        QLabel,
        QLineEdit,
        QPlainTextEdit,
        QSpinBox,
        QTextEdit,
        QWidget,
    )

    yield "window title", window.windowTitle()
    for action in window.actions():
        yield "action", action.text()
    for each in (window, *window.findChildren(QWidget)):
        if not each.isVisibleTo(window) or isinstance(each.parent(), QSpinBox | QLineEdit):
            continue
        kind = type(each).__name__
        said = [each.toolTip(), each.accessibleName(), each.accessibleDescription()]
        if isinstance(each, QLabel | QAbstractButton):
            said.append(each.text())
        elif isinstance(each, QLineEdit | QPlainTextEdit):
            said.append(each.placeholderText())
        elif isinstance(each, QTextEdit):
            said.append(each.toPlainText())
        elif isinstance(each, QComboBox):
            said += [each.itemText(at) for at in range(each.count())]
        elif isinstance(each, QAbstractItemView):
            model = each.model()
            for row in range(model.rowCount()):
                index = model.index(row, 0)
                said += [str(index.data(role) or "") for role in _ROLES]
        yield from ((kind, text) for text in said if text)


_ROLES = (0, 11, 12)
"""Shown, accessible name, accessible description."""


def cut_off(window) -> list[tuple[str, str]]:
    """Kind and text of whatever has less room than its text needs; … is no excuse but by design."""
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit

    found = []
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for each in window.findChildren(kind):
            if each.isVisibleTo(window) and not _fits(each):
                said = (
                    getattr(each, name, str)()
                    for name in ("text", "currentText", "placeholderText")
                )
                found.append((type(each).__name__, next(filter(None, said), "")))
    return found


def _fits(widget) -> bool:
    from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit

    if _may_be_cut(widget):
        return True
    if not _in_a_scroll_area(widget) and widget.visibleRegion().boundingRect() != widget.rect():
        return widget.size().isEmpty()
    room = widget.width() + _SLACK
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return _invites(widget)
    if isinstance(widget, QLabel) and widget.wordWrap():
        words = map(widget.fontMetrics().horizontalAdvance, widget.text().split())
        high = widget.heightForWidth(widget.width())
        return high <= widget.height() and max(words, default=0) <= room
    if isinstance(widget, QComboBox):
        return widget.minimumSizeHint().width() <= room
    tall_enough = widget.minimumSizeHint().height() <= widget.height() + _SLACK
    return widget.sizeHint().width() <= room and tall_enough


def _invites(widget) -> bool:
    """Whether there is room for what is said while nothing is written."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLineEdit

    if isinstance(widget, QLineEdit):
        wide = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return wide + 24 <= widget.width() + _SLACK
    room = widget.viewport().rect().adjusted(2, 0, -2, 0)
    wraps = Qt.TextFlag.TextWordWrap
    taken = widget.fontMetrics().boundingRect(room, wraps, widget.placeholderText())
    return taken.height() <= room.height() and taken.width() <= room.width()


def _may_be_cut(widget) -> bool:
    """What ends in … by design, what is Qt's inside of another, and buttons without words."""
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    from nearling.ui.elided import Elided

    inner = isinstance(widget.parent(), QLineEdit)
    wordless = isinstance(widget, QAbstractButton) and not widget.text()
    return isinstance(widget, Elided) or inner or wordless


def _in_a_scroll_area(widget) -> bool:
    from PySide6.QtWidgets import QAbstractScrollArea

    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
