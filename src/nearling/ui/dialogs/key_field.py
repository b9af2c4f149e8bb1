"""Takes the keys that are pressed together in it, and shows what they are called."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from nearling.core.language import gettext as _
from nearling.ui.keys import keys

_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_unknown,
)  # fmt: skip
_PASSED_ON = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return)
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class KeyField(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText(_("None"))
        self.setToolTip(_("Press the keys; the Delete key takes them away"))
        self.keys = ""
        """As they are kept, the same in every language."""

    def show_keys(self, portable: str) -> None:
        self.keys = portable
        self.setText(keys(portable))

    # Qt's

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in _MODIFIERS or (event.key() in _PASSED_ON and plain):
            event.ignore()
        elif event.key() in _CLEARING and plain:
            self.show_keys("")
        else:
            self.show_keys(QKeySequence(event.keyCombination()).toString())
