"""Where a question is written; tells what was asked and what landed on it."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.compose.lock import Lock
from nearling.ui.compose.question_text import QuestionText
from nearling.ui.elided import Elided
from nearling.ui.keys import keys, with_keys
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.talk_button import TalkButton

if TYPE_CHECKING:  # nothing lands in it and nobody talks before the window is seen
    from nearling.ui.compose.chip import Chip
    from nearling.ui.compose.clip_chip import ClipChip
    from nearling.ui.compose.document_chip import DocumentChip
    from nearling.ui.compose.picture_chip import PictureChip
    from nearling.ui.voice.clip import Clip
    from nearling.ui.voice.live import Live
    from nearling.ui.voice.talk_view import TalkView

_ROOMY = 600
"""Pixels from which on there is room for buttons that can be done without."""
_DONE_MS = 6000
_NARROW = 400
"""Pixels below which the button to talk has no room for its words."""


class Composer(QWidget):
    asked = Signal(str)
    stopped = Signal()
    pick_wanted = Signal()
    landed = Signal(object)
    """QMimeData that was pasted."""
    removed = Signal(str)
    clipboard_wanted = Signal()
    """What can be done with what is on the clipboard."""
    actions_wanted = Signal(str)
    """What can be done with what is pending under a digest."""
    talking = Signal()
    """Somebody begins to talk."""
    changed = Signal()
    """What stands in it."""
    dropped = Signal()
    """The person does not want what is being said."""

    def __init__(self, theme: Theme, *, hears: bool = False) -> None:
        """`hears`: whether one can talk to it."""
        super().__init__()
        self._theme = theme
        self._chips: dict[str, Chip | ClipChip] = {}
        self._clips: set[str] = set()
        """Digests of those of recordings."""
        self._asked = ""
        """What was asked last, as it stood here."""
        self.text = QuestionText()
        invitation = (
            _("Ask, drop a picture or document, or hold {key} and talk")
            if hears
            else _("Ask anything – drop or paste a picture or document")
        )
        self.text.setPlaceholderText(invitation.format(key=keys("F9")))
        self.text.sent.connect(self.ask)
        self.text.landed.connect(self.landed)
        self.text.clipboard_wanted.connect(self.clipboard_wanted)
        self.text.textChanged.connect(self._update)
        self._box = QFrame()
        self._box.setProperty("look", "box")
        self.text.focused.connect(lambda on: self._mark("focused", on=on))
        self._shelf = QHBoxLayout()
        self._shelf.setSpacing(8)
        self._shelf.addStretch()
        pick = QPushButton()
        pick.setProperty("look", "icon")
        pick.setAccessibleName(_("Add pictures and documents"))
        pick.setToolTip(with_keys(_("Add pictures and documents"), "Ctrl+O"))
        pick.clicked.connect(self.pick_wanted)
        theme.dress(pick, "picture")
        pick.setIconSize(QSize(18, 18))
        self.clipboard = QPushButton()
        self.clipboard.setProperty("look", "icon")
        self.clipboard.setAccessibleName(_("Take from the clipboard"))
        self.clipboard.setToolTip(with_keys(_("Take from the clipboard"), "Ctrl+Shift+V"))
        self.clipboard.clicked.connect(self.clipboard_wanted)
        theme.dress(self.clipboard, "clipboard")
        self.clipboard.setIconSize(QSize(18, 18))
        self.lock = Lock(theme)
        self._ahead = False
        """The microphone is on while nobody talks."""
        self._told = ""
        self._ear = QLabel("●")
        self._ear.setProperty("look", "ahead")
        self._ear.setAccessibleName(_("The microphone is on"))
        self._hint = Elided()
        self._hint.setProperty("look", "muted")
        self.talk = TalkButton(theme)
        self.talk.setVisible(hears)
        self.send = QPushButton(_("Send"))
        self.send.setProperty("look", "round")
        self.send.setToolTip(with_keys(_("Send"), "Enter"))
        self.send.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.send.clicked.connect(self.ask)
        theme.dress(self.send, "send", lambda tokens: tokens.on_local)
        self.stop = QPushButton(_("Stop"))
        self.stop.setProperty("look", "stop")
        self.stop.setToolTip(with_keys(_("Stop"), "Esc"))
        self.stop.setAccessibleName(_("Stop answering"))
        self.stop.clicked.connect(self.stopped)
        theme.dress(self.stop, "stop", lambda tokens: tokens.ink)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(pick)
        row.addWidget(self.clipboard)
        row.addWidget(self.lock)
        row.addWidget(self._ear)
        row.addWidget(self._hint, 1)
        row.addWidget(self.stop)
        row.addWidget(self.talk)
        row.addWidget(self.send)
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(14, 12, 12, 12)
        inside.setSpacing(10)
        inside.addLayout(self._shelf)
        self._middle = QVBoxLayout()
        self._middle.addWidget(self.text)
        inside.addLayout(self._middle)
        inside.addLayout(row)
        self._promise, self._aside = Elided(), Elided()
        foot = QHBoxLayout()
        for label in (self._promise, self._aside):
            label.setProperty("look", "hint")
            foot.addWidget(label)
        foot.insertStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 14)
        layout.setSpacing(6)
        layout.addWidget(self._box)
        layout.addLayout(foot)
        self.show_hint("")
        self.show_weight("")
        self.show_busy(busy=False)

    def add_chip(self, capture: Capture) -> None:
        """Of a picture."""
        from nearling.ui.compose.picture_chip import PictureChip

        self._add_chip(PictureChip(self._theme, capture))

    def add_document(self, capture: Capture) -> None:
        from nearling.ui.compose.document_chip import DocumentChip

        self._add_chip(DocumentChip(self._theme, capture))

    def add_clip(self, capture: Capture) -> Clip:
        from nearling.ui.compose.clip_chip import ClipChip

        chip = ClipChip(self._theme, capture)
        self._clips.add(chip.digest)
        self._add(chip)
        return chip.clip

    def chip(self, digest: str) -> PictureChip | None:
        """Of a picture."""
        from nearling.ui.compose.picture_chip import PictureChip

        chip = self._chips.get(digest)
        return chip if isinstance(chip, PictureChip) else None

    def document_chip(self, digest: str) -> DocumentChip | None:
        from nearling.ui.compose.document_chip import DocumentChip

        chip = self._chips.get(digest)
        return chip if isinstance(chip, DocumentChip) else None

    def menu_point(self, digest: str) -> QPoint | None:
        """Where on the screen it can be said what can be done with a chip."""
        from nearling.ui.compose.chip import Chip

        chip = self._chips.get(digest)
        if not isinstance(chip, Chip):
            return None
        return chip.more.mapToGlobal(chip.more.rect().bottomLeft())

    def remove_chip(self, digest: str) -> None:
        self._clips.discard(digest)
        chip = self._chips.pop(digest, None)
        if chip is not None:
            chip.hide()
            chip.deleteLater()
            self._update()

    def clear_asked(self) -> None:
        """Takes away what was asked; what has come since stays."""
        left = self.text.toPlainText().removeprefix(self._asked).lstrip()
        self._asked = ""
        self.lock.setChecked(False)
        if left != self.text.toPlainText():
            self.text.setPlainText(left)

    def keep_words(self) -> None:
        """What is written stays: something else is asked."""
        self._asked = ""

    def add_words(self, words: str) -> None:
        """Behind what stands there."""
        self.text.setPlainText(f"{self.text.toPlainText().rstrip()} {words}".strip())
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def show_hint(self, words: str) -> None:
        """What is to be known right now, in place of what can be done."""
        self._told = words
        ahead = _("The microphone stays on: the last two seconds, in memory only")
        self._hint.set_text(words or (ahead if self._ahead else _("Several at once are fine")))
        self._ear.setVisible(self._ahead)

    def show_done(self, sentence: str) -> None:
        """What was done, until something else is to be known or a while has passed."""
        self.show_hint(sentence)
        QTimer.singleShot(_DONE_MS, self, partial(self._forget, sentence))

    def _forget(self, sentence: str) -> None:
        if self._told == sentence:
            self.show_hint("")

    def show_weight(self, words: str, *, full: bool = False) -> None:
        """How much the language model holds that would answer; "" where none would."""
        if words:
            promise = _("Answers come from a small model; check what matters.")
        else:
            promise = _("Nearling quotes what it reads; check what matters.")
            words = _("{send} sends · {line} begins a line").format(
                send=keys("Enter"), line=keys("Shift+Enter")
            )
        for label, said in ((self._promise, promise), (self._aside, words)):
            label.set_text(said)
            label.setToolTip("")
        self._aside.setProperty("look", "full" if full else "hint")
        self._aside.style().polish(self._aside)

    @cached_property
    def live(self) -> Live:
        """Made when somebody first talks."""
        from nearling.ui.voice.live import Live

        live = Live(self._theme)
        live.hide()
        live.dropped.connect(self.dropped)
        self._middle.addWidget(live)
        return live

    def show_talk(self, view: TalkView) -> None:
        """The words that are being said, in the text's place."""
        talking = view.under_way
        if talking is not self.live.isVisibleTo(self):
            if talking:
                self.talking.emit()
            had_focus = self.text.hasFocus() or self.talk.hasFocus()
            self.live.setVisible(talking)
            self.text.setVisible(not talking)
            if had_focus:
                (self.talk if talking else self.text).setFocus()
        if view.ahead is not self._ahead:
            self._ahead = view.ahead
            self.show_hint(self._told)
        self.live.show_view(view)
        self.talk.show_state(talking=view.take is not None, hands_free=view.hands_free)

    def ask(self) -> None:
        """As the button to send does."""
        question = self.text.toPlainText()
        if self._busy or not (question.strip() or self._clips):
            return
        self._asked = question
        self.asked.emit(question.strip() or _("Write it down"))

    def show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.stop.setVisible(busy)
        self.send.setVisible(not busy)
        self._update()

    def show_inviting(self, *, inviting: bool) -> None:
        self._mark("inviting", on=inviting)

    def _add_chip(self, chip: Chip) -> None:
        chip.actions_wanted.connect(self.actions_wanted)
        self._add(chip)

    def _add(self, chip: Chip | ClipChip) -> None:
        chip.removed.connect(self.removed)
        self._chips[chip.digest] = chip
        self._shelf.insertWidget(self._shelf.count() - 1, chip)
        self._update()

    def _update(self) -> None:
        words = bool(self.text.toPlainText().strip())
        self.send.setText(_("Write it down") if self._clips and not words else _("Send"))
        self.send.setEnabled(words or bool(self._clips))
        self.text.fit()
        self.changed.emit()

    def _mark(self, what: str, *, on: bool) -> None:
        self._box.setProperty(what, on)
        self._box.style().polish(self._box)

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        self.talk.show_narrow(narrow=wide < _NARROW)
        self.clipboard.setVisible(wide >= _ROOMY)  # its key and the text's menu are always there
