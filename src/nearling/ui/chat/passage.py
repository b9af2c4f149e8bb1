"""A piece of an answer: text that is selected and copied together with the pieces around it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.prose import Prose
from nearling.ui.chat.selection import Selection


class Passage(Prose):
    def __init__(
        self, name: str, selection: Selection, look: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, look, parent)
        self._selection = selection
        self.selectionChanged.connect(lambda: selection.changed(self))

    # Qt's

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            point = event.globalPosition().toPoint()
            further = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if further and self._selection.extend(self, point):
                return
            if not further:
                self._selection.begin(self, point)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        dragged = event.buttons() & Qt.MouseButton.LeftButton
        if not (dragged and self._selection.extend(self, event.globalPosition().toPoint())):
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._selection.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.everything()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_("Copy"), self._selection.copy)
        copy.setEnabled(bool(self._selection.text))
        if target := self.anchorAt(event.pos()):
            clipboard = QGuiApplication.clipboard()
            menu.addAction(_("Copy the address of the link"), partial(clipboard.setText, target))
        menu.addAction(_("Select the whole answer"), self._selection.everything)
        menu.popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        return self._selection.mime
