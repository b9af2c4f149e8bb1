"""What an open microphone gives goes to the lines that wait for it, or is soon forgotten."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock

from nearling.capture.line import Line
from nearling.capture.portaudio import Block, Inlet

AHEAD_SECONDS = 2.0
"""As much is remembered while nobody talks; in memory only."""


class Exchange:
    """Blocks come in on PortAudio's thread, lines come and go on the microphone's."""

    def __init__(
        self, began: Callable[[Exchange], None], ended: Callable[[Exchange], None]
    ) -> None:
        self._on_begin, self._on_end = began, ended
        self._begun = False
        self._lock = Lock()
        self._lines: tuple[Line, ...] = ()
        self._ahead: deque[Block] = deque()
        self._over = False

    @property
    def over(self) -> bool:
        return self._over

    @property
    def alive(self) -> bool:
        """Whether there were samples, and will be more."""
        return self._begun and not self._over

    @property
    def busy(self) -> bool:
        return bool(self._lines)

    def take(self, block: Block) -> None:
        if not self._begun:
            self._begun = True
            self._on_begin(self)
        with self._lock:
            for line in self._lines:
                line.put(block)
            if not self._lines:
                self._ahead.append(block)
                while self._ahead[0].arrived < block.arrived - AHEAD_SECONDS:
                    self._ahead.popleft()

    def ended(self) -> None:
        """The microphone gives nothing any more: it was closed, or it went away."""
        with self._lock:
            self._over = True
            self._ahead.clear()
            for line in self._lines:
                line.cut()
        self._on_end(self)

    def join(self, line: Line, inlet: Inlet) -> None:
        with self._lock:
            line.connect(inlet, self._ahead)
            self._ahead.clear()
            self._lines += (line,)
            if self._over:
                line.cut()

    def leave(self, line: Line) -> None:
        with self._lock:
            self._lines = tuple(each for each in self._lines if each is not line)
