"""The theme in use: follows the desktop or the person's choice, and tells who paints by hand.

The desktop's font is followed too, while the window is open: its looks, and how large it is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyleFactory

from nearling.ui.theme.icons import icon
from nearling.ui.theme.style import style_sheet
from nearling.ui.theme.tokens import DARK, LIGHT, Tokens

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


_USUAL = 14
"""Pixels of a desktop's usual text, for which the style sheet was made."""


class Theme(QObject):
    changed = Signal()

    def __init__(self, application: QApplication, choice: str) -> None:
        super().__init__()
        self._application = application
        self.tokens = LIGHT
        style = QStyleFactory.create("Fusion")
        application.setStyle(style)
        application.styleHints().colorSchemeChanged.connect(self._apply)
        application.fontChanged.connect(self._apply)
        for screen in application.screens():
            screen.logicalDotsPerInchChanged.connect(self._apply)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """One of the values of the option `theme`."""
        self._choice = choice
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    def pixels(self, size: int) -> int:
        """Of text that has `size` pixels on a desktop with usual text; never fewer."""
        font, screen = self._application.font(), self._application.primaryScreen()
        # A font remembers the resolution that it was made for.
        desktops = font.pointSizeF() * screen.logicalDotsPerInch() / 72
        return round(size * max(1.0, max(desktops, font.pixelSize()) / _USUAL))

    def _apply(self) -> None:
        dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        if self._choice != "system":  # a platform may not know how to change its scheme
            dark = self._choice == "dark"
        self.tokens = DARK if dark else LIGHT
        self._application.setPalette(_palette(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens, self.pixels))
        self.changed.emit()

    def dress(
        self, button: QAbstractButton, name: str, colour: Callable[[Tokens], str] | None = None
    ) -> None:
        """Gives `button` the icon `name`, in the theme's colour now and after each change."""
        dressing = _Dressing(self, button, name, colour or _muted)
        self.changed.connect(dressing.paint)
        dressing.paint()


class _Dressing(QObject):
    """Belongs to its button: Qt ends the connection to the theme when the button goes."""

    def __init__(
        self, theme: Theme, button: QAbstractButton, name: str, colour: Callable[[Tokens], str]
    ) -> None:
        super().__init__(button)
        self._theme = theme
        self._button = button
        self._name = name
        self._colour = colour

    def paint(self) -> None:
        tokens = self._theme.tokens
        made = QIcon(icon(self._name, self._colour(tokens)))
        # What Qt makes of it for a button that cannot be pressed is hardly seen.
        asleep = icon(self._name, tokens.muted)
        for size in asleep.availableSizes():
            made.addPixmap(asleep.pixmap(size), QIcon.Mode.Disabled)
        self._button.setIcon(made)


def _muted(tokens: Tokens) -> str:
    return tokens.muted


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in {
        role.Window: tokens.panel,
        role.WindowText: tokens.ink,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.side,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.panel,
        role.ButtonText: tokens.ink,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.ink,
        role.Highlight: tokens.local,
        role.HighlightedText: tokens.on_local,
        role.Link: tokens.local,
        role.LinkVisited: tokens.local,
        role.Accent: tokens.local,
        role.Mid: tokens.line,
    }.items():
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.muted))
    return palette
