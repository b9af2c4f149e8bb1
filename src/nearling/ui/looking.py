"""A picture looked at beside the turn it belongs to: what lights up here, lights up there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nearling.core.media import Attachment
from nearling.ui.chat.transcript_view import TranscriptView
from nearling.ui.chat.turn_view import TurnView
from nearling.ui.picture.pane import PicturePane


class Looking(QObject):
    def __init__(self, pane: PicturePane, transcript: TranscriptView) -> None:
        super().__init__()
        self._pane = pane
        self._transcript = transcript
        self._turn = ""
        """The one whose picture the pane shows."""
        pane.region_hovered.connect(self._light_turn)

    def begin(self, view: TurnView, attachment: Attachment) -> None:
        self._turn = view.id
        self._pane.show_attachment(attachment, view.citations)

    def light_picture(self, view: TurnView, region: int) -> None:
        """Marks what the turn of `view` cites; -1 for nothing."""
        if self._pane.isVisible() and view.id == self._turn:
            self._pane.canvas.light(region)

    def _light_turn(self, region: int) -> None:
        self._pane.canvas.light(region)
        if (turn := self._transcript.widget_of(self._turn)) is not None:
            turn.light(region)
