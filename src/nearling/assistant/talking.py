"""From the key to the text: a press opens the microphone, and what was said becomes words.

Every method returns at once, from any thread. `tell` hears what happens (core/talk.py), in order
and on a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from nearling.core.abilities import Transcriber
from nearling.core.hearing import Speech
from nearling.core.talk import Told


class Microphone(Protocol):
    """What gives sound once it is opened."""


class Talking:
    """One for the app; not before it is closed do its threads end."""

    def __init__(
        self,
        microphone: Microphone,
        transcriber: Transcriber,
        takes: Path,
        speech: Callable[[], Speech],
        tell: Callable[[Told], None],
    ) -> None:
        """`speech` is asked anew for each take, on a thread of Talking's."""
        raise NotImplementedError

    def press(self) -> None:
        """The key went down; pressed again while a hands-free take goes on, that one ends."""
        raise NotImplementedError

    def release(self) -> None:
        """The key came up: a hold ends; a tap goes on hands-free until nobody speaks any more."""
        raise NotImplementedError

    def end(self) -> None:
        """Ends the take, held or hands-free, as `nearling talk stop` does."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Drops the take that is spoken, or else the one whose text is still awaited."""
        raise NotImplementedError

    def hear(self, take: Path) -> None:
        """Has a take heard that lies there already: found again, or waiting for a model."""
        raise NotImplementedError

    def listen_ahead(self, on: bool) -> None:
        """Whether the last two seconds before a press are kept in memory, and only there."""
        raise NotImplementedError

    def close(self) -> None:
        """Ends a take that is spoken, which will be found again; waits for the threads."""
        raise NotImplementedError
