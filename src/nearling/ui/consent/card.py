"""Asks whether just this may leave, once: shows all of it first, and lets it be changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from nearling.core.language import gettext as _
from nearling.core.outgoing import Outgoing
from nearling.ui.consent.asked import Asked
from nearling.ui.consent.every_byte import EveryByte
from nearling.ui.consent.excerpt import HIDE
from nearling.ui.consent.hidden_words import HiddenWords
from nearling.ui.consent.left_out import LeftOut
from nearling.ui.consent.picture_choice import PictureChoice
from nearling.ui.consent.section import Section
from nearling.ui.consent.words import TITLES, Part, cost, goes_to, hidden, parts
from nearling.ui.keys import with_keys
from nearling.ui.picture.pictures import Pictures
from nearling.ui.theme.theme import Theme

_SIDE, _BETWEEN = 20, 10


class ConsentCard(QFrame):
    hide_wanted = Signal(str)
    """Words that shall not leave."""
    show_wanted = Signal(str)
    """Words that may leave after all."""
    drop_wanted = Signal(str, bool)
    """The digest of an attachment, and whether it is left out."""
    disclosed = Signal(object)
    """The PictureEdit: how much of one picture leaves."""
    earlier_wanted = Signal(bool)
    """Whether what was said before leaves."""
    sent = Signal(object, bool)
    """The Outgoing as it was shown, and whether it may leave though it is marked to stay."""
    here = Signal()
    put_off = Signal()
    completed = Signal()
    """All of it is there for the first time."""
    resized = Signal()

    def __init__(self, theme: Theme, pictures: Pictures, asked: Asked) -> None:
        super().__init__()
        self._theme, self._pictures, self._asked = theme, pictures, asked
        self._words = ""
        """What is selected."""
        self._missing: list[Part] = []
        self._was_complete = False
        self.sections: dict[str, Section] = {}
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = _label(_(TITLES[asked.route.zone]), "heading")
        reason = _label(asked.route.reason, "lead")
        self.setAccessibleName(title.text())
        self.status = _label("", "muted")
        self._pieces = QVBoxLayout()
        self._pieces.setSpacing(10)
        self.left_out = LeftOut()
        self.left_out.brought_back.connect(lambda digest: self.drop_wanted.emit(digest, False))
        self.left_out.earlier_back.connect(lambda: self.earlier_wanted.emit(True))
        self.hide_words = QPushButton(_("Hide the selected words"))
        self.hide_words.setProperty("look", "small")
        self.hide_words.setToolTip(with_keys(_("Hide the selected words"), HIDE.toString()))
        self.hide_words.clicked.connect(self._hide)
        shortcut = QShortcut(HIDE, self, self._hide)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hidden_words = HiddenWords(theme)
        self.hidden_words.removed.connect(self.show_wanted)
        self.every_byte = EveryByte()
        self.every_byte.resized.connect(self.resized)
        self._goes, self._costs, self._hides = _label(""), _label(""), _label("")
        self.caution = _label(
            _("Names and addresses may remain: please check the text above."), "caution"
        )
        self.lift = QCheckBox(_("This is marked to stay on this computer. Let it leave this once."))
        self.lift.toggled.connect(self._update)
        self.answer_here = QPushButton(_("Answer here"))
        self.answer_here.setToolTip(_("On this computer, as well as it can"))
        self.answer_here.clicked.connect(self.here)
        self.later = QPushButton(_("Not now"))
        self.later.setToolTip(with_keys(_("Not now"), "Esc"))
        self.later.clicked.connect(self.put_off)
        self.send = QPushButton(_("Send once"))
        self.send.setProperty("look", f"send-{asked.route.zone}")
        self.send.clicked.connect(self._send)
        self._ways = (self.answer_here, self.later, self.send)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(_BETWEEN)
        self._buttons.addStretch()
        for button in self._ways:
            self._buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, 18, _SIDE, 18)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(reason)
        layout.addLayout(self._pieces)
        layout.addWidget(self.left_out)
        layout.addWidget(self.hide_words, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.hidden_words)
        layout.addWidget(self.every_byte)
        layout.addLayout(self._account())
        layout.addWidget(self.lift)
        layout.addWidget(self.status)
        layout.addLayout(self._buttons)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._make_one)
        self.show_asked(asked)

    def show_asked(self, asked: Asked) -> None:
        self._asked = asked
        wanted = {part.key: part for part in parts(asked)} if asked.outgoing else {}
        if asked.outgoing is not None:
            for key in [key for key in self.sections if key not in wanted]:
                gone = self.sections.pop(key)
                gone.hide()
                gone.deleteLater()
            for key, section in self.sections.items():
                self._show_part(section, wanted[key])
            self._missing = [part for key, part in wanted.items() if key not in self.sections]
            self._show_account(asked.outgoing)
            self._later.start(0)
        self.hidden_words.show_words(asked.hidden)
        self.left_out.show_edits(asked)
        self._update()
        self.resized.emit()

    @property
    def complete(self) -> bool:
        """All that would leave can be looked at."""
        return self._asked.ready and not self._missing

    def _account(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (label, said) in enumerate(
            (
                (_("Goes to"), self._goes),
                (_("Will cost about"), self._costs),
                (_("Hidden"), self._hides),
            )
        ):
            name = _label(label, "muted")
            name.setWordWrap(False)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
        grid.addWidget(self.caution, 3, 1)
        return grid

    def _show_account(self, outgoing: Outgoing) -> None:
        self._goes.setText(goes_to(outgoing.destination))
        self._goes.setToolTip(outgoing.destination.url)
        self._costs.setText(cost(outgoing))
        self._hides.setText(hidden(outgoing))
        self.every_byte.show_outgoing(outgoing)

    def _make_one(self) -> None:
        """In an event: many would be a hitch."""
        if not self._missing:
            self._make_choice()
            return
        part = self._missing.pop(0)
        section = Section(self._theme, part)
        self._show_part(section, part)
        section.selected.connect(self._selected)
        section.hide_wanted.connect(self._hide)
        section.resized.connect(self.resized)
        section.drop_wanted.connect(partial(self._drop, part))
        self.sections[part.key] = section
        order = [each.key for each in parts(self._asked)]
        keys = sorted(self.sections, key=order.index)
        self._pieces.insertWidget(keys.index(part.key), section)
        section.show()
        self._later.start(0)
        self._update()
        self.resized.emit()

    def _show_part(self, section: Section, part: Part) -> None:
        section.show_part(part, self._asked.images.get(part.digest))
        if section.choice is not None:
            section.choice.show_edit(self._asked.picture(part.digest))

    def _make_choice(self) -> None:
        """One, too."""
        for section in self.sections.values():
            of = section.part.digest
            if section.choice is None and self._asked.may_be_seen(of):
                choice = PictureChoice(self._theme, self._pictures, self._asked.attachments[of])
                choice.chosen.connect(self.disclosed)
                section.add_choice(choice)
                choice.show_edit(self._asked.picture(of))
                self._later.start(0)
                return

    def _drop(self, part: Part) -> None:
        if part.earlier:
            self.earlier_wanted.emit(False)
        else:
            self.drop_wanted.emit(part.digest, True)

    def _selected(self, words: str) -> None:
        self._words = words
        self._update()

    def _hide(self) -> None:
        if self._words.strip():
            self.hide_wanted.emit(self._words)

    def _send(self) -> None:
        if self._asked.outgoing is not None and self.complete:
            self.sent.emit(self._asked.outgoing, self.lift.isChecked())

    def _update(self) -> None:
        asked = self._asked
        self.hide_words.setEnabled(bool(self._words.strip()))
        self.lift.setVisible(asked.lift)
        self.answer_here.setVisible(not asked.answered)
        self.send.setEnabled(self.complete and (not asked.lift or self.lift.isChecked()))
        status = asked.failure
        if not status and not self.complete:
            status = _("Finding out what would leave …")
        elif not status and asked.changed:
            status = _("Something else would leave than what was shown. Please look again.")
        self.status.setText(status)
        self.status.setVisible(bool(status))
        if self.complete and not self._was_complete:
            self._was_complete = True
            self.completed.emit()
        self.setAccessibleDescription(f"{asked.route.reason} {status}".strip())

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(button.sizeHint().width() + _BETWEEN for button in self._ways)
        room = event.size().width() - 2 * _SIDE
        direction = QBoxLayout.Direction
        placed = direction.LeftToRight if wanted <= room else direction.TopToBottom
        if self._buttons.direction() != placed:
            self._buttons.setDirection(placed)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # it is for the card, wherever in it the focus is
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_off.emit()
        else:
            super().keyPressEvent(event)


def _label(words: str, look: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label
