"""The menu of what can be done with one picture or document; what does not work here is grey."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nearling.assistant.actions import Action, words_of
from nearling.assistant.offering import Offered
from nearling.core.language import gettext as _


class ActionMenu(QMenu):
    asked = Signal(str)
    """A question about it."""
    copy_wanted = Signal(str)
    """All that it says."""
    save_wanted = Signal()

    def __init__(self, own: Sequence[Action], parent: QWidget, *, asks: bool) -> None:
        """`asks`: a question can be asked now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asks = asks
        self._offered = Offered()
        self.read = self._question(_("Read text"), words_of("read"))
        self.copy_all = self.addAction(_("Copy all text"))
        self.copy_all.triggered.connect(lambda: self.copy_wanted.emit(self._offered.text))
        self.explain = self._question(_("Explain this error"), explain_question())
        self.extract = self._question(_("Extract table"), words_of("table"))
        self.summarise = self._question(_("Summarise"), words_of("summarise"))
        if own:
            self.addSeparator()
        self.own = [self._question(each.name.replace("&", "&&"), each.question) for each in own]
        self.addSeparator()
        self.save = self.addAction(_("Save as …"))
        self.save.triggered.connect(self.save_wanted)
        self.show_offered(Offered())
        for action in self.own:
            action.setEnabled(asks)

    def show_offered(self, offered: Offered) -> None:
        self._offered = offered
        self.copy_all.setEnabled(bool(offered.text))
        self.read.setEnabled(self._asks and bool(offered.text))
        self.explain.setEnabled(self._asks and offered.explains)
        self.extract.setEnabled(self._asks and bool(offered.tables))
        self.summarise.setEnabled(self._asks and offered.is_long)

    def _question(self, name: str, question: str) -> QAction:
        action = self.addAction(name)
        action.triggered.connect(partial(self.asked.emit, question))
        return action


def explain_question() -> str:
    return words_of("explain")
