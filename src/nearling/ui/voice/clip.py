"""A recording that can be played: a button, its waveform, and its length or how far it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.bars import STEP, paint_bars
from nearling.ui.voice.sound import Sound, clock

_HEIGHT = 22


class Clip(QWidget):
    toggled = Signal()
    """It is to be played, or to stop."""

    def __init__(
        self, theme: Theme, name: str, digest: str, otherwise: str = "", *, small: bool = False
    ) -> None:
        """`otherwise` stands there, or else its name, where its sound cannot be shown."""
        super().__init__()
        self._otherwise = otherwise or name
        self._every = 2 if small else 1
        self._theme = theme
        self._name, self._digest = name, digest
        self._sound: Sound | None = None
        self._position: float | None = None
        self.button = QPushButton()
        self.button.setProperty("look", "bare")
        self.button.setIconSize(QSize(18, 18))
        self.button.setEnabled(False)
        self.button.clicked.connect(self.toggled)
        self.wave = _Wave(theme)
        self.length = QLabel()
        self.length.setProperty("look", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.wave)
        row.addWidget(self.length)
        row.addStretch()
        theme.changed.connect(self._show)
        self._show()

    def show_sound(self, sound: Sound | None) -> None:
        """None for a file that only a child may decode."""
        self._sound = sound
        self.button.setVisible(sound is not None)
        self.wave.setVisible(sound is not None)
        if sound is None:
            self.length.setText(self._otherwise)
            return
        self.button.setEnabled(True)
        self.wave.show_peaks(sound.peaks[:: self._every])
        self._show()

    def follow(self, digest: str, seconds: float) -> None:
        """The recording `digest` plays and is so far."""
        if digest == self._digest:
            self._position = seconds
            self._show()

    def rest(self, digest: str) -> None:
        """The recording `digest` is not played any more."""
        if digest == self._digest:
            self._position = None
            self._show()

    def _show(self) -> None:
        playing = self._position is not None
        said = _("Stop {name}") if playing else _("Listen to {name}")
        self.button.setAccessibleName(said.format(name=self._name))
        self.button.setToolTip(_("Stop") if playing else _("Listen"))
        self.button.setIcon(icon("stop" if playing else "play", self._theme.tokens.local))
        if self._sound is None:
            return
        length = self._sound.seconds
        self.length.setText(clock(length if self._position is None else self._position))
        self.wave.show_part(1.0 if self._position is None else self._position / max(length, 0.001))


class _Wave(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._peaks: tuple[float, ...] = ()
        self._part = 1.0
        self.setAccessibleName(_("Waveform"))
        theme.changed.connect(self.update)

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        self._peaks = peaks
        self.setFixedSize(QSize(len(peaks) * STEP, _HEIGHT))
        self.update()

    def show_part(self, part: float) -> None:
        """How much of it has been heard, 0 to 1."""
        self._part = part
        self.update()

    # Qt's

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = self._theme.tokens
        heard = round(self._part * len(self._peaks))
        colours = [tokens.local] * heard + [tokens.muted] * (len(self._peaks) - heard)
        paint_bars(QPainter(self), self.size(), self._peaks, colours)
