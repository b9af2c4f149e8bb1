"""A document under the question that it came with: opens it, and shows what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.ui.bare_button import BareButton
from nearling.ui.theme.theme import Theme

_LONGEST = 44
"""Letters of a name that are shown."""


class Attached(QWidget):
    opened = Signal(object)
    """The Attachment."""
    actions_wanted = Signal(object, QPoint)
    """The Attachment, and where on the screen."""

    def __init__(self, theme: Theme, attachment: Attachment) -> None:
        super().__init__()
        self._attachment = attachment
        name = attachment.name
        shown = name if len(name) <= _LONGEST else f"{name[:27]}…{name[-16:]}"
        self.button = QPushButton(shown.replace("&", "&&"))
        self.button.setProperty("look", "small")
        self.button.setAccessibleName(_("Document {name}").format(name=name))
        self.button.setToolTip(_("Open {name}").format(name=name))
        self.button.clicked.connect(lambda: self.opened.emit(attachment))
        theme.dress(self.button, "document")
        self.button.setIconSize(QSize(18, 18))
        self.more = BareButton(
            theme, "more", _("What to do with {name}").format(name=name), _("Actions")
        )
        self.more.clicked.connect(self._want_actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.button)
        row.addWidget(self.more)
        row.addStretch()

    def _want_actions(self) -> None:
        below = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.actions_wanted.emit(self._attachment, below)

    # Qt's

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.actions_wanted.emit(self._attachment, event.globalPos())
        else:
            self._want_actions()
        event.accept()
