"""What can be done with keys alone, wherever the focus is; each action has its words and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nearling.core.language import gettext as _
from nearling.ui.compose.composer import Composer
from nearling.ui.conversations.panel import ConversationPanel
from nearling.ui.looking import Looking
from nearling.ui.session import Session


class Keyboard(QObject):
    new_wanted = Signal()
    pick_wanted = Signal()
    settings_wanted = Signal()
    shortcuts_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        panel: ConversationPanel,
        session: Session,
        composer: Composer,
        looking: Looking,
        end_talking: Callable[[], bool],
        leave_page: Callable[[], bool],
    ) -> None:
        """`end_talking` drops what is being said, `leave_page` closes what covers the conversation;
        both tell whether there was anything.
        """
        super().__init__(window)
        self._panel = panel
        self._session = session
        self._looking = looking
        self._end_talking = end_talking
        self._leave_page = leave_page
        standard = QKeySequence.StandardKey
        for text, keys, act in (
            (_("New conversation"), standard.New, self.new_wanted.emit),
            (_("Add pictures and documents"), standard.Open, self.pick_wanted.emit),
            (
                _("Take from the clipboard"),
                QKeySequence("Ctrl+Shift+V"),
                composer.clipboard_wanted.emit,
            ),
            (_("Search"), standard.Find, self._search),
            (_("Write a question"), QKeySequence("Ctrl+L"), composer.text.setFocus),
            (_("Stop, or close what is looked at"), QKeySequence("Esc"), self._escape),
            (_("Zoom in"), standard.ZoomIn, lambda: looking.zoom_by(1.25)),
            (_("Zoom out"), standard.ZoomOut, lambda: looking.zoom_by(0.8)),
            (_("Fit what is looked at"), QKeySequence("Ctrl+0"), looking.fit),
            (_("Settings"), QKeySequence("Ctrl+,"), self.settings_wanted.emit),
            (_("Keyboard shortcuts"), QKeySequence("F1"), self.shortcuts_wanted.emit),
            (_("Close the window"), standard.Close, window.close),
            (_("Quit"), QKeySequence("Ctrl+Q"), self.quit_wanted.emit),
        ):
            action = QAction(text, window)
            action.setShortcuts(keys) if isinstance(keys, standard) else action.setShortcut(keys)
            action.triggered.connect(lambda _=False, act=act: act())
            window.addAction(action)

    def _search(self) -> None:
        if self._looking.find():
            return
        self._panel.search.setFocus()
        self._panel.search.selectAll()

    def _escape(self) -> None:
        if self._end_talking() or self._leave_page():
            return
        if self._session.is_busy:
            self._session.stop()
        elif not self._looking.close() and self._panel.search.text():
            self._panel.search.clear()
