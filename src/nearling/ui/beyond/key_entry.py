"""Where an endpoint's key comes from, and the field that it is typed into but never shown in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from nearling.core.endpoints import KeyPlace
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.dialogs.choice import Choice

_PLACES = {
    KeyPlace.NONE: marked("None is needed"),
    KeyPlace.KEYRING: marked("Kept in this computer's keyring"),
    KeyPlace.ENVIRONMENT: marked("Taken from an environment variable"),
    KeyPlace.SESSION: marked("Kept until Nearling ends"),
}
_TYPED = (KeyPlace.KEYRING, KeyPlace.SESSION)


class KeyEntry(QWidget):
    def __init__(self, *, kept: KeyPlace | None) -> None:
        """`kept` is where there is one already."""
        super().__init__()
        self._kept = kept
        self.place = Choice()
        for place, said in _PLACES.items():
            self.place.addItem(_(said), place)
        self.place.setAccessibleName(_("Where the key is"))
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(_("Key"))
        # Input methods may learn words that pass through them.
        self.key.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.variable = Choice()
        self.variable.setEditable(True)
        self.variable.setAccessibleName(_("Environment variable"))
        if (written := self.variable.lineEdit()) is not None:
            written.setAccessibleName(_("Environment variable"))
        self.hint = QLabel()
        self.hint.setProperty("look", "muted")
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self.place, self.key, self.variable, self.hint):
            layout.addWidget(part)
        self.place.currentIndexChanged.connect(self._arrange)
        self._arrange()

    def show_key(self, place: KeyPlace, variable: str) -> None:
        self.place.select(place)
        self.variable.setCurrentText(variable)

    def offer(self, variables: Sequence[str]) -> None:
        """Names of variables that are set; what is written stays."""
        written = self.variable.currentText()
        self.variable.offer(variables)
        self.variable.setCurrentText(written)

    @property
    def chosen(self) -> KeyPlace:
        return KeyPlace(self.place.currentData())

    @property
    def typed(self) -> str:
        return self.key.text().strip() if self.chosen in _TYPED else ""

    def forget(self) -> None:
        self.key.clear()

    def _arrange(self) -> None:
        place = self.chosen
        self.key.setVisible(place in _TYPED)
        self.variable.setVisible(place is KeyPlace.ENVIRONMENT)
        here = place is self._kept
        self.key.setPlaceholderText(
            _("One is kept; leave it empty to keep that") if here else _("Paste the key")
        )
        said = {
            KeyPlace.NONE: "",
            KeyPlace.KEYRING: _("It goes to this address only, and is never shown again."),
            KeyPlace.ENVIRONMENT: _("Only the variable's name is kept, never what it holds."),
            KeyPlace.SESSION: _("It is nowhere on the disk; you are asked again next time."),
        }[place]
        self.hint.setText(said)
        self.hint.setVisible(bool(said))
