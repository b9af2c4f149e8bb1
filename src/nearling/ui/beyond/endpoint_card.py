"""One endpoint on its page: where it is, how its key is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.core.numerals import whole
from nearling.core.tested import Tested
from nearling.ui.beyond.listing import Row
from nearling.ui.chat.receipt import PLACES
from nearling.ui.theme.theme import Theme


class EndpointCard(QFrame):
    test_wanted = Signal()
    stopped = Signal()
    """It shall not be tried any longer."""
    edit_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)
    """By one place: -1 up, 1 down."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(name)
        self.zone, self.about = QLabel(), _words("muted")
        self.note, self.result = _words("muted"), _words("strong")
        title = _words("strong")
        title.setText(name)
        self.up, self.down = (
            _arrow(theme, "up", _("Move {name} up").format(name=name)),
            _arrow(theme, "down", _("Move {name} down").format(name=name)),
        )
        self.up.clicked.connect(lambda: self.move_wanted.emit(-1))
        self.down.clicked.connect(lambda: self.move_wanted.emit(1))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title, 1)
        for part in (self.zone, self.up, self.down):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.test = _button(_("Test connection"), _("Test the connection to {name}"), name)
        self.stop = _button(_("Stop"), _("Stop testing {name}"), name)
        self.edit = _button(_("Edit …"), _("Edit {name}"), name)
        self.remove = _button(_("Remove"), _("Remove {name}"), name)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, wanted in (
            (self.test, self.test_wanted),
            (self.stop, self.stopped),
            (self.edit, self.edit_wanted),
            (self.remove, self.remove_wanted),
        ):
            button.clicked.connect(wanted)
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        for words in (self.about, self.note, self.result):
            layout.addWidget(words)
        layout.addSpacing(4)
        layout.addLayout(row)
        self.stop.hide()
        self.result.hide()

    def show_row(self, row: Row) -> None:
        zone = row.endpoint.zone
        self.zone.setText(_(PLACES[zone]))
        _dress(self.zone, f"zone-{zone}")
        self.about.setText(row.about)
        self.about.setToolTip(row.endpoint.base_url)
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))

    def show_place(self, *, first: bool, last: bool) -> None:
        """Who has the focus keeps it near, where its button can do nothing any more."""
        for arrow, asleep, other in ((self.up, first, self.down), (self.down, last, self.up)):
            if asleep and arrow.hasFocus():
                other.setEnabled(True)
                other.setFocus()
            arrow.setEnabled(not asleep)
            arrow.setVisible(not (first and last))

    def show_testing(self, *, on: bool) -> None:
        had = self.test.hasFocus() or self.stop.hasFocus()
        self.test.setVisible(not on)
        self.stop.setVisible(on)
        if had:
            (self.stop if on else self.test).setFocus()
        if on:
            self._show_result(_("It is being asked for one word …"), "muted")

    def show_tested(self, tested: Tested) -> None:
        said = filter(None, (tested.sentence, tested.remedy, _reached(tested)))
        self._show_result(" ".join(said), "fine" if tested.ok else "wrong")

    def show_failed(self, sentence: str, advice: str) -> None:
        self._show_result(f"{sentence} {advice}", "wrong")

    def show_untested(self) -> None:
        self._show_result("", "muted")

    def _show_result(self, words: str, look: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))
        _dress(self.result, look)


def _reached(tested: Tested) -> str:
    """Who really answered, whatever the address promised."""
    if not tested.address:
        return _("Nobody was connected.")
    # Where it answered, the sentence says the address.
    said = (
        _("{place}, {milliseconds} ms.")
        if tested.ok
        else _("Connected to {address}: {place}, {milliseconds} ms.")
    )
    return said.format(
        address=tested.address,
        place=_(PLACES[tested.zone]),
        milliseconds=whole(tested.milliseconds),
    )


def _dress(label: QLabel, look: str) -> None:
    if label.property("look") != look:
        label.setProperty("look", look)
        label.style().polish(label)


def _words(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    label.setWordWrap(True)
    return label


def _button(words: str, said: str, name: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(said.format(name=name))
    return button


def _arrow(theme: Theme, picture: str, said: str) -> QPushButton:
    button = QPushButton()
    button.setProperty("look", "bare")
    button.setAccessibleName(said)
    button.setToolTip(said)
    theme.dress(button, picture, lambda tokens: tokens.ink)
    button.setIconSize(QSize(16, 16))
    return button
