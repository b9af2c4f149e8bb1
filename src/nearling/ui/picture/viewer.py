"""What is looked at beside the conversation, as large as wanted; its text can be selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.ui.bare_button import BareButton
from nearling.ui.elided import Elided
from nearling.ui.keys import keys
from nearling.ui.picture.canvas import Canvas
from nearling.ui.picture.magnifier import STEP, Magnifier
from nearling.ui.tables.button import TableButton
from nearling.ui.theme.theme import Theme


class Viewer(QWidget):
    closed = Signal()
    actions_wanted = Signal(object, QPoint)
    """What can be done with the Attachment, and where on the screen to say so."""
    region_hovered = Signal(int)

    def __init__(self, theme: Theme, name: str, *, fits_width: bool = False) -> None:
        """`name` of what is shown, `fits_width` as Magnifier has it."""
        super().__init__()
        self.setProperty("look", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._attachment: Attachment | None = None
        self._name = Elided()
        self._name.setProperty("look", "strong")
        self.canvas = Canvas(theme, name, selectable=True)
        self.canvas.region_hovered.connect(self.region_hovered)
        self.canvas.menu_wanted.connect(self._want_actions)
        self.magnifier = Magnifier(self.canvas, fits_width=fits_width)
        self.tables = TableButton(theme)

    def zoom_by(self, factor: float) -> None:
        self.magnifier.zoom_by(factor)

    def fit(self) -> None:
        self.magnifier.fit()

    # For those who are one

    def _button(self, icon: str, name: str, act: Callable[[], object], tip: str = "") -> BareButton:
        button = BareButton(self._theme, icon, name, tip)
        button.clicked.connect(lambda _checked: act())
        return button

    def _zooming(self, fit: str) -> tuple[BareButton, ...]:
        """`fit` is what fitting is called here."""
        return (
            self._button("zoom-out", _("Zoom out"), lambda: self.zoom_by(1 / STEP)),
            self._button("zoom-in", _("Zoom in"), lambda: self.zoom_by(STEP)),
            self._button("fit", fit, self.fit),
        )

    def _more(self, name: str) -> BareButton:
        def want() -> None:
            self._want_actions(button.mapToGlobal(QPoint(0, button.height())))

        button = self._button("more", name, want, _("Actions"))
        return button

    def _lay_out(self, *rows: Sequence[QWidget], wide: Sequence[QWidget], below: QWidget) -> None:
        """Rows of tools, of which those of `wide` get what room there is, and what is looked at."""
        head = QWidget()
        head.setProperty("look", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tools = QVBoxLayout(head)
        edge = 10 if len(rows) == 1 else 6
        tools.setContentsMargins(14, edge, 10, edge)
        tools.setSpacing(4)
        for widgets in rows:
            row = QHBoxLayout()
            row.setSpacing(4)
            for widget in widgets:
                row.addWidget(widget, int(widget in wide))
            tools.addLayout(row)
        hint = QLabel(
            _("Drag over text to select it, {copy} copies, Ctrl+wheel zooms").format(
                copy=keys("Ctrl+C")
            )
        )
        hint.setProperty("look", "hint")
        hint.setWordWrap(True)
        hint.setContentsMargins(14, 6, 14, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(below, 1)
        layout.addWidget(hint)

    def _want_actions(self, where: QPoint) -> None:
        if self._attachment is not None:
            self.actions_wanted.emit(self._attachment, where)
