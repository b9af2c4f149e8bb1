"""The form of an endpoint: what is written in it, and what is told beside it. It does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nearling.core.endpoints import Dialect, KeyPlace, RemoteModel
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.writers import Zone
from nearling.settings.presets import Preset
from nearling.ui.beyond.draft import Draft, destination, drafted, models_in
from nearling.ui.beyond.extras import Extras
from nearling.ui.beyond.key_entry import KeyEntry
from nearling.ui.beyond.offer import Offer
from nearling.ui.chat.receipt import PLACES
from nearling.ui.dialogs.choice import Choice

_LABELS = 110
"""The least width of what is said at the left."""
_HIGH = 740


class EndpointForm(QDialog):
    look_wanted = Signal()
    save_wanted = Signal()
    session_wanted = Signal()
    """The key shall be kept until Nearling ends, since it cannot be kept longer."""

    def __init__(
        self, parent: QWidget, presets: Sequence[Preset], draft: Draft | None = None
    ) -> None:
        """`draft` is what there is already; its name stays.

        Nothing has its place before it is laid out: all at once would be a hitch.
        """
        super().__init__(parent)
        self._given = draft
        self._dialect = draft.dialect if draft else Dialect.OPENAI
        self.setWindowTitle(_("Edit an endpoint") if draft else _("Add an endpoint"))
        self.setMinimumWidth(560)
        self.preset = Choice()
        self.preset.addItem(_("Another server"), None)
        for each in presets:
            self.preset.addItem(each.title, each)
        self.preset.currentIndexChanged.connect(self._fill)
        self.about = _words("muted")
        self.name, self.address, self.models = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(_("A short one, as in work"))
        self.address.setPlaceholderText("https://api.example.org/v1")
        self.models.setPlaceholderText(_("With commas between them"))
        self.where, self.look_note = _words("muted"), _words("muted")
        self.address.textChanged.connect(self._show_stranger)
        self.look = QPushButton(_("Look what it offers"))
        self.look.setAutoDefault(False)
        self.look.clicked.connect(self.look_wanted)
        self.offer = Offer()
        self.offer.ticked.connect(self._tick)
        self.key = KeyEntry(kept=draft.key if draft else None)
        self.key.place.currentIndexChanged.connect(self._show_destination)
        self.extras = Extras()
        self.extras.zone_chosen.connect(self._show_destination)
        self.told = _words("alarm")
        self.session = QPushButton(_("Keep it until Nearling ends"))
        self.session.setAutoDefault(False)
        self.session.clicked.connect(self.session_wanted)
        self.save = QPushButton(_("Save") if draft else _("Add"))
        self.save.setProperty("look", "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self.save_wanted)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)

    def lay_out(self) -> Iterator[None]:
        """To be gone through once, step by step, before it is opened."""
        fields = self._laid_out(new=self._given is None)
        yield
        self._frame(fields)
        yield
        self.quiet()
        if self._given is None:
            self._show_destination()
            self.preset.setFocus()
        else:
            self.name.setReadOnly(True)
            self.name.setToolTip(_("Answers are kept under it, so it stays."))
            self.show_draft(self._given)
            self.models.setFocus()

    def _laid_out(self, *, new: bool) -> QWidget:
        """The fields, each below the other."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        asking = QHBoxLayout()
        asking.setSpacing(10)
        asking.addWidget(self.look, 0, Qt.AlignmentFlag.AlignTop)
        asking.addWidget(self.look_note, 1)
        if new:
            _row(grid, _("Which kind"), self.preset, self.about)
        _row(grid, _("Name"), self.name)
        _row(grid, _("Address"), self.address, self.where)
        _row(grid, _("Key"), self.key.place, self.key)
        _row(grid, _("Models"), self.models, asking, self.offer)
        grid.addWidget(self.extras, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        return inside

    def _frame(self, fields: QWidget) -> None:
        heading = QLabel(self.windowTitle())
        heading.setProperty("look", "heading")
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(fields)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch()
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addWidget(area, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.session, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(row)
        parent = self.parentWidget()
        room = _HIGH if parent is None else parent.window().height() - 30
        self.resize(620, min(_HIGH, max(480, room)))

    # What is written

    @property
    def draft(self) -> Draft:
        written = Draft(
            name=self.name.text(),
            address=self.address.text(),
            models=self.models.text(),
            key=self.key.chosen,
            variable=self.key.variable.currentText(),
            dialect=self._dialect,
        )
        return self.extras.written_in(written)

    def show_draft(self, draft: Draft) -> None:
        self.name.setText(draft.name)
        self.address.setText(draft.address)
        self.models.setText(draft.models)
        self.key.show_key(draft.key, draft.variable)
        self.extras.show_draft(draft)
        self._dialect = draft.dialect
        self._show_destination()

    # What is told

    def show_offer(self, models: Sequence[RemoteModel]) -> None:
        self.offer.show_models(models, models_in(self.models.text()))
        self.offer.list.setFocus()
        # Once it has its place.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.offer))
        said = ngettext("It offers {count} model.", "It offers {count} models.", len(models))
        self.look_note.setText(said.format(count=whole(len(models))))

    def show_failure(self, error: NearlingError, *, session_helps: bool = False) -> None:
        self.quiet()
        self._tell(f"{error.sentence} {error.remedy}", "alarm")
        self.session.setVisible(session_helps)
        if session_helps:
            self.session.setFocus()

    def show_busy(self, doing: str) -> None:
        self.quiet()
        for each in (self.look, self.save):
            each.setEnabled(False)
        self._tell(doing, "muted")

    def _tell(self, words: str, look: str) -> None:
        _dress(self.told, words, look)
        self.told.show()

    def free(self) -> None:
        """Nothing is under way any more."""
        for each in (self.look, self.save):
            each.setEnabled(True)

    def quiet(self) -> None:
        """There is nothing to be told."""
        self.told.hide()
        self.session.hide()
        self._show_destination()

    def _fill(self) -> None:
        preset: Preset | None = self.preset.currentData()
        self.about.setText(_(preset.note) if preset and preset.note else "")
        self.about.setVisible(bool(self.about.text()))
        if preset is not None:
            self.show_draft(drafted(preset, self.draft))

    def _tick(self, model: str, on: bool) -> None:
        chosen = [each for each in models_in(self.models.text()) if each != model]
        self.models.setText(", ".join((*chosen, model) if on else chosen))

    def _show_destination(self) -> None:
        found = destination(self.draft)
        if found is None:
            self.where.hide()
            self.look_note.setText(_("It is asked only when you press this."))
            return
        host, zone = found
        relays = _("It may pass on what it gets.") if zone is Zone.NETWORK else ""
        _dress(self.where, f"{_(PLACES[zone])} · {host}. {relays}".strip(), f"in-{zone}")
        self.where.show()
        alone = self.key.chosen is KeyPlace.NONE
        said = (
            _("This asks {host} now; nothing of yours goes there.")
            if alone
            else _("This asks {host} now; of yours, only the key goes there.")
        )
        self.look_note.setText(said.format(host=host))

    def _show_stranger(self) -> None:
        """What another address offers is not what this one does."""
        self.offer.hide()
        self._show_destination()


def _row(grid: QGridLayout, said: str, field: QWidget, *below: QWidget | QHBoxLayout) -> None:
    label = QLabel(said)
    label.setBuddy(field)
    label.setWordWrap(True)
    label.setContentsMargins(0, 8, 0, 0)  # where the words of its field are
    if not field.accessibleName():
        field.setAccessibleName(said)
    column = QVBoxLayout()
    column.setSpacing(6)
    for each in (field, *below):
        column.addLayout(each) if isinstance(each, QHBoxLayout) else column.addWidget(each)
    row = grid.rowCount()
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addLayout(column, row, 1)


def _dress(label: QLabel, words: str, look: str) -> None:
    label.setText(words)
    label.setProperty("look", look)
    label.style().polish(label)


def _words(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    label.setWordWrap(True)
    return label
