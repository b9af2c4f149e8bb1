"""Where the parts of the window stand: the list, the conversation over the composer, the picture.

It knows nothing of what they do.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from nearling.ui.chat.title_bar import TitleBar
from nearling.ui.chat.transcript_view import TranscriptView
from nearling.ui.compose.composer import Composer
from nearling.ui.conversations.panel import ConversationPanel
from nearling.ui.notice_bar import NoticeBar
from nearling.ui.tab_order import straighten
from nearling.ui.welcome import Welcome

_COLUMN = 760
"""The widest that the composer gets."""


class Arrangement(QWidget):
    def __init__(
        self,
        *,
        panel: ConversationPanel,
        title: TitleBar,
        welcome: Welcome,
        transcript: TranscriptView,
        notice: NoticeBar,
        composer: Composer,
    ) -> None:
        super().__init__()
        self._welcome, self._transcript = welcome, transcript
        self._title, self._composer = title, composer
        self._empty = True
        self._page: QWidget | None = None
        column = QWidget()
        column.setMaximumWidth(_COLUMN)
        self._below = below = QVBoxLayout(column)
        below.setSpacing(8)
        below.addWidget(notice)
        below.addWidget(composer)
        centred = QHBoxLayout()
        centred.setContentsMargins(24, 0, 24, 0)
        centred.addStretch(1)
        centred.addWidget(column, 1000)
        centred.addStretch(1)
        chat = QWidget()
        chat.setProperty("look", "ground")
        chat.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        chat.setMinimumWidth(360)
        self._chat = chat_layout = QVBoxLayout(chat)
        chat_layout.setContentsMargins(0, 0, 0, 0)
        chat_layout.setSpacing(0)
        chat_layout.addWidget(title)
        chat_layout.addWidget(welcome, 1)
        chat_layout.addWidget(transcript, 1)
        chat_layout.addLayout(centred)
        self.splitter = QSplitter()
        self.splitter.addWidget(chat)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(0, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panel)
        layout.addWidget(self.splitter, 1)
        self._arrange()

    def show_conversation(self, *, empty: bool) -> None:
        """The turns, or what can be done here while there are none."""
        self._empty = empty
        self._arrange()

    def show_page(self, page: QWidget | None) -> None:
        """In the place of the conversation; None brings that back."""
        if page is not None and self._chat.indexOf(page) < 0:
            self._chat.insertWidget(0, page, 1)
        if self._page is not None:
            self._page.hide()
        self._page = page
        self._arrange()

    def _arrange(self) -> None:
        talks = self._page is None
        for part in (self._title, self._composer):
            part.setVisible(talks)
        # The composer brings its own margin.
        self._below.setContentsMargins(0, 0, 0, 0 if talks else 14)
        self._welcome.setVisible(talks and self._empty)
        self._transcript.setVisible(talks and not self._empty)
        if self._page is not None:
            for pane in self._panes:
                pane.hide()
            self._page.show()

    def show_pane(self, pane: QWidget) -> None:
        """Beside the conversation, in the place and the width of what was there."""
        if self.splitter.indexOf(pane) < 0:
            pane.hide()
            self.splitter.addWidget(pane)
            self.splitter.setCollapsible(self.splitter.indexOf(pane), False)
        before = next((each for each in self._panes if each.isVisible()), None)
        if before is pane:
            return
        wide = self.splitter.width() * 45 // 100 if before is None else before.width()
        if before is not None:
            before.hide()
        pane.show()
        room = self.splitter.width()
        self.splitter.setSizes([room - wide, *(wide for _pane in self._panes)])

    @property
    def _panes(self) -> list[QWidget]:
        splitter = self.splitter
        there = (splitter.widget(at) for at in range(1, splitter.count()))
        return [pane for pane in there if pane is not None]

    # Qt's

    def focusNextPrevChild(self, next: bool) -> bool:
        """From the list through the conversation to the composer, what it comes to in sight."""
        straighten(self)
        moved = super().focusNextPrevChild(next)
        if moved:
            self._transcript.reveal(self.window().focusWidget())
        return moved
