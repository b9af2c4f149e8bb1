"""What is looked at beside the turn it belongs to: what lights up here, lights up there."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from nearling.core.conversation import Citation
from nearling.core.media import Attachment, Medium
from nearling.ui.chat.transcript_view import TranscriptView

if TYPE_CHECKING:  # nobody looks at anything before the window is seen
    from nearling.ui.chat.turn_view import TurnView
    from nearling.ui.document.pane import DocumentPane
    from nearling.ui.picture.pane import PicturePane


class Looking(QObject):
    actions_wanted = Signal(object, object, QPoint)
    """What can be done: the TurnView, the Attachment, and where on the screen to say so."""

    def __init__(
        self,
        transcript: TranscriptView,
        make_pictures: Callable[[], PicturePane],
        make_documents: Callable[[], DocumentPane],
        show: Callable[[QWidget], None],
    ) -> None:
        """A pane is made when something is first opened in it; `show` shows either."""
        super().__init__()
        self._make_pictures, self._make_documents = make_pictures, make_documents
        self._panes: list[PicturePane | DocumentPane] = []
        """Those that have been made."""
        self._show = show
        self._transcript = transcript
        self._view: TurnView | None = None
        """Of the turn whose picture or document is shown."""

    @property
    def pane(self) -> PicturePane | DocumentPane | None:
        """The one that is seen."""
        return next((each for each in self._panes if each.isVisible()), None)

    @cached_property
    def pictures(self) -> PicturePane:
        pane = self._make_pictures()
        self._attend(pane)
        return pane

    @cached_property
    def documents(self) -> DocumentPane:
        pane = self._make_documents()
        self._attend(pane)
        return pane

    def _attend(self, pane: PicturePane | DocumentPane) -> None:
        self._panes.append(pane)
        pane.actions_wanted.connect(self._want_actions)
        pane.region_hovered.connect(self._light_turn)
        pane.closed.connect(pane.hide)

    def open(self, view: TurnView, attachment: Attachment) -> None:
        self._view = view
        if attachment.medium is Medium.DOCUMENT:
            cited = (each for each in view.citations if each.digest == attachment.digest)
            self.documents.show_document(attachment, view.citations, next(cited, None))
            self._show(self.documents)
        else:
            self.pictures.show_attachment(attachment, view.citations)
            self._show(self.pictures)

    def open_page(self, view: TurnView, citation: Citation) -> None:
        """Where an answer rests on."""
        self._view = view
        own = (each for each in view.attachments if each.digest == citation.digest)
        attachment = next(own, None) or Attachment(
            Medium.DOCUMENT, citation.source, citation.digest, 0
        )
        self.documents.show_document(attachment, view.citations, citation)
        self._show(self.documents)

    def close(self) -> bool:
        """Whether anything was looked at."""
        pane = self.pane
        if pane is not None:
            pane.hide()
        return pane is not None

    def zoom_by(self, factor: float) -> None:
        if (pane := self.pane) is not None:
            pane.zoom_by(factor)

    def fit(self) -> None:
        if (pane := self.pane) is not None:
            pane.fit()

    def find(self) -> bool:
        """Whether it is in a document that the person wants to find something."""
        if "documents" not in vars(self):  # none has been opened yet
            return False
        pane = self.documents
        focus = pane.window().focusWidget()
        if focus is None or not pane.isVisible() or not pane.isAncestorOf(focus):
            return False
        pane.begin_finding()
        return True

    def light(self, view: TurnView, region: int) -> None:
        """Marks what the turn of `view` cites; -1 for nothing."""
        pane = self.pane
        if pane is not None and self._view is not None and view.id == self._view.id:
            pane.canvas.light(region)

    def _light_turn(self, region: int) -> None:
        if (pane := self.pane) is not None:
            pane.canvas.light(region)
        shown = "" if self._view is None else self._view.id
        if (turn := self._transcript.widget_of(shown)) is not None:
            turn.light(region)

    def _want_actions(self, attachment: Attachment, where: QPoint) -> None:
        if self._view is not None:
            self.actions_wanted.emit(self._view, attachment, where)
