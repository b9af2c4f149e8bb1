"""What an answer rests on, a line each, which tells when it is pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.numerals import whole

INSET = 8
"""Text begins where the words of the buttons among it do."""


class Citations(QWidget):
    entered = Signal(int)
    """Where the pointer or the focus is; -1 when the pointer has left."""
    opened = Signal(object)
    """The Citation."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    def show_citations(self, citations: Sequence[Citation], heading: str) -> None:
        """Under `heading`, where there is one."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if heading:
            label = QLabel(heading)
            label.setProperty("look", "muted")
            label.setContentsMargins(INSET, 0, 0, 0)
            self._layout.addWidget(label)
        for at, citation in enumerate(citations):
            cite = _Cite(at, citation)
            cite.entered.connect(self.entered)
            cite.clicked.connect(lambda _=False, it=citation: self.opened.emit(it))
            self.buttons.append(cite)
            self._layout.addWidget(cite, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(citations))

    def light(self, region: int) -> None:
        """Marks one of them; -1 for none."""
        for at, cite in enumerate(self.buttons):
            if cite.property("lit") is not (at == region):
                cite.setProperty("lit", at == region)
                cite.style().polish(cite)


class _Cite(QPushButton):
    """Lights its place while the pointer or the focus is on it."""

    entered = Signal(int)

    def __init__(self, at: int, citation: Citation) -> None:
        said = " ".join(citation.text.split())
        shown = said if len(said) <= 70 else f"{said[:69]}…"
        paged = citation.page is not None
        where = _("{source}, page {page}") if paged else "{source}"
        source = where.format(source=citation.source, page=whole(citation.page or 0))
        # A single & would become a key to press.
        super().__init__(
            _("[{number}]  “{shown}”  in {source}")
            .format(number=at + 1, shown=shown, source=source)
            .replace("&", "&&")
        )
        self._at = at
        self.setProperty("look", "cite")
        self.setProperty("lit", False)
        self.setAccessibleName(
            _("Citation {number}: {said}, in {source}").format(
                number=at + 1, said=said, source=source
            )
        )
        self.setToolTip(_("Show it in the document") if paged else _("Show it on the picture"))

    # Qt's

    def enterEvent(self, event: object) -> None:
        del event
        self.entered.emit(self._at)

    def leaveEvent(self, event: object) -> None:
        del event
        self.entered.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self._at)
