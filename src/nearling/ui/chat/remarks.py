"""What is to be known beside an answer: what was left out, doubted or cut, and who wrote it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.citations import INSET
from nearling.ui.chat.turn_view import Partial, State, TurnView


class Remarks(QWidget):
    whole_wanted = Signal()
    """Another answer, for which nothing is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setProperty("look", "muted")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole = QPushButton(_("Ask again with everything"))
        self.whole.setProperty("look", "cite")
        self.whole.clicked.connect(self.whole_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._words)
        layout.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)

    def show_view(self, view: TurnView, *, quoted: bool) -> None:
        words = "\n".join(remarks(view, quoted=quoted))
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.whole.setVisible(bool(view.left_out) and view.state is State.ANSWERED)
        self.setVisible(bool(words))


def remarks(view: TurnView, *, quoted: bool) -> tuple[str, ...]:
    """One sentence each."""
    found = [*view.left_out]
    found += (_("No source says “{words}”.").format(words=words) for words in view.doubted)
    if view.receipt is not None and view.receipt.cut:
        found.append(_("The answer was cut: there was no room for more."))
    if view.text and view.finished and view.route is not None and not quoted:
        near = _("Answers come from a small model; check what matters.")
        found.append(_("Answers can be wrong; check what matters.") if view.route.leaves else near)
    return tuple(found)


def broken_off(partial: Partial) -> str:
    """What had come from beyond this computer, and from whom."""
    return _("From {writer}, before it broke off:\n{text}").format(
        writer=partial.route.writer, text=partial.text
    )
