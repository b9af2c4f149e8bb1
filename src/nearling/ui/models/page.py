"""The models page: which models are here, how they run, and how another one comes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.core.language_model import Resident
from nearling.core.numerals import whole
from nearling.ui.models.card import Card
from nearling.ui.models.shelf import Offer, Row, Shelf
from nearling.ui.page import Page
from nearling.ui.theme.theme import Theme


class ModelsPage(Page):
    pick_wanted = Signal()
    add_wanted = Signal(object)
    """A folder's Path."""
    remove_wanted = Signal(object)
    """The Row."""
    measure_wanted = Signal(str)
    """The model's id."""
    measuring_stopped = Signal()
    rest_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Models"))
        self._theme = theme
        self._measuring: str | None = None
        self._busy = False
        self._resident: Resident | None = None
        self._rows: Mapping[str, Row] = {}
        self.cards: dict[str, Card] = {}
        self._tools: dict[str, tuple[QPushButton, QPushButton, QPushButton]] = {}
        """Of models that write: measure, stop measuring, let it sleep."""
        self.offers: list[Card] = []
        heading = QLabel(_("Models on this computer"))
        heading.setProperty("look", "heading")
        self._computer = QLabel()
        self._computer.setProperty("look", "muted")
        self.add = QPushButton(_("Add a folder …"))
        self.add.clicked.connect(self.pick_wanted)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading)
        head.addWidget(self._computer, 1)
        head.addWidget(self.add)
        self._list, self._found = QVBoxLayout(), QVBoxLayout()
        for cards in (self._list, self._found):
            cards.setSpacing(10)
        self._others = QLabel(_("Already on this computer, from other programs"))
        self._others.setProperty("look", "strong")
        self._others.hide()
        self.column.addLayout(head)
        self.column.addLayout(self._list)
        self.column.addWidget(_how_to())
        self.column.addWidget(self._others)
        self.column.addLayout(self._found)
        self.column.addStretch(1)

    # What is shown

    def show_shelf(self, shelf: Shelf) -> None:
        """Anew, where anything is new: who has the focus keeps it else."""
        self._computer.setText(shelf.computer)
        rows = {row.id: row for row in shelf.rows}
        if list(rows) != list(self.cards):
            _clear(self._list)
            self.cards.clear()
            self._tools.clear()
            for row in shelf.rows:
                self.cards[row.id] = self._card(row)
                self._list.addWidget(self.cards[row.id])
        self._rows = rows
        _clear(self._found)
        self.offers = [self._offer(each) for each in shelf.offers]
        for card in self.offers:
            self._found.addWidget(card)
        self._others.setVisible(bool(self.offers))
        self._refresh()

    def show_resident(self, resident: Resident | None) -> None:
        """Which model is in memory."""
        if resident != self._resident:
            self._resident = resident
            self._refresh()

    def show_measuring(self, model: str | None) -> None:
        self._measuring = model
        self._refresh()

    def show_busy(self, *, busy: bool) -> None:
        """Whether a question is being answered: no model can be measured or sent to sleep."""
        self._busy = busy
        self._refresh()

    def _card(self, row: Row) -> Card:
        card = Card(self._theme, "chat" if row.writes else "microphone", row.id, row.about)
        card.setToolTip(str(row.folder))
        if row.writes:
            self._tools[row.id] = (
                card.add_button(
                    _("Measure"),
                    _("Measure how fast {model} is").format(model=row.id),
                    partial(self.measure_wanted.emit, row.id),
                ),
                card.add_button(_("Stop"), _("Stop measuring"), self.measuring_stopped.emit),
                card.add_button(
                    _("Let it sleep"),
                    _("Have {model} give its memory back").format(model=row.id),
                    self.rest_wanted.emit,
                ),
            )
        card.add_button(
            _("Remove"),
            _("Remove {model}").format(model=row.id),
            lambda: self.remove_wanted.emit(self._rows[row.id]),
        )
        return card

    def _offer(self, offer: Offer) -> Card:
        card = Card(self._theme, "models", offer.name, offer.about)
        card.setToolTip(str(offer.folder))
        card.show_note(offer.problem)
        if not offer.problem:
            card.add_button(
                _("Use it"),
                _("Use {model}").format(model=offer.name),
                partial(self.add_wanted.emit, offer.folder),
            )
        return card

    def _refresh(self) -> None:
        for model, row in self._rows.items():
            card = self.cards[model]
            awake = self._resident if self._is_resident(row) else None
            card.show_about(row.about if awake is None else f"{row.about} · {_in_memory(awake)}")
            measuring = self._measuring == model
            note = _("It is being measured: some 20 seconds, and its load before.")
            card.show_note(note if measuring else row.note)
            card.show_verdict(row.verdict, good=row.runs)
            if model in self._tools:
                measure, stop, sleep = self._tools[model]
                free = self._measuring is None and not self._busy
                measure.setVisible(row.whole and free)
                stop.setVisible(measuring)
                sleep.setVisible(awake is not None and free)

    def _is_resident(self, row: Row) -> bool:
        return self._resident is not None and self._resident.setup.folder == row.folder


def _in_memory(resident: Resident) -> str:
    return _("in memory, {size} MB").format(size=whole(resident.megabytes))


def _how_to() -> QLabel:
    label = QLabel(
        _(
            "Nearling does not download models yet. For answers, save the files of a chat model in "
            "ONNX form, from onnx-community at Hugging Face, in a folder, and drop the folder on "
            "this window. For listening, take one in the form of faster-whisper, from Systran."
        )
    )
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    return label


def _clear(cards: QVBoxLayout) -> None:
    while (item := cards.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
