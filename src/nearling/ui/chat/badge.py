"""The pill above an answer: where it was computed, and how; behind it lies the receipt."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from nearling.core.conversation import Receipt, Route
from nearling.core.language import gettext as _
from nearling.ui.chat.receipt import PLACES, badge
from nearling.ui.elided import Elided

_HIGH = 26


class Badge(QPushButton):
    def __init__(self) -> None:
        super().__init__()
        self._dot, self._place, self._how = QLabel("●"), QLabel(), Elided()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(11, 0, 12, 0)
        layout.setSpacing(6)
        for part, look in ((self._dot, "dot"), (self._place, "place"), (self._how, "how")):
            part.setProperty("look", look)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(150)

    def show_route(
        self,
        route: Route | None,
        receipt: Receipt | None,
        *,
        quoted: bool,
        from_document: bool = False,
    ) -> None:
        self.setVisible(route is not None)
        if route is None:
            return
        how = badge(route, receipt, quoted=quoted, from_document=from_document)
        self._place.setText(_(PLACES[route.zone]))
        self._how.set_text(how)
        self._how.setVisible(bool(how))
        self._how.setToolTip("")
        self.setToolTip(route.reason)
        self.setAccessibleName(
            _("{place}, {how}. Shows the receipt.").format(place=_(PLACES[route.zone]), how=how)
        )
        look = f"badge-{route.zone}"
        if self.property("look") != look:
            self.setProperty("look", look)
            for part in (self, self._dot, self._place, self._how):
                part.style().polish(part)
        self.updateGeometry()

    # Qt's

    def sizeHint(self) -> QSize:
        inside = self.layout()
        assert inside is not None  # noqa: S101  made with it
        needed = inside.sizeHint()
        return QSize(needed.width(), max(_HIGH, needed.height() + 6))
