"""The recordings that the window shows: their waveforms, and the one that is played.

Loaded and looked at in the background; one plays at a time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from nearling.core.cancellation import Cancellation
from nearling.core.media import Attachment, Capture
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks

if TYPE_CHECKING:  # no recording is shown before the window is seen
    from nearling.ui.voice.clip import Clip
    from nearling.ui.voice.sound import Sound

_KEPT = 200
"""Waveforms, of some hundred bytes each."""


class Recordings(QObject):
    moved = Signal(str, float)
    """Which one plays, and how many seconds of it have been heard."""
    ended = Signal(str)

    def __init__(self, house: House, tasks: Tasks) -> None:
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._sounds: OrderedDict[str, Sound | None] = OrderedDict()
        self._job: Job[float] | None = None
        self._playing = ""

    def show_attachment(self, attachment: Attachment, clip: Clip) -> None:
        digest = attachment.digest
        self._show(digest, clip, lambda: self._house.history.attachment(digest))

    def show_capture(self, capture: Capture, clip: Clip) -> None:
        self._show(capture.digest, clip, lambda: capture.data)

    def toggle(self, name: str, load: Callable[[], bytes]) -> None:
        """Plays the recording of that name, or stops it; `load` is called on another thread."""
        again = self._job is not None and self._playing == name
        self.stop()
        voice = self._house.voice
        if again or voice is None:
            return

        def work(cancellation: Cancellation) -> Iterator[float]:
            yield from voice.play(load(), cancellation)

        def each(positions: Sequence[float]) -> None:
            self.moved.emit(name, positions[-1])

        self._playing = name
        self._job = self._tasks.stream(work, each, ended=self._over)
        self.moved.emit(name, 0.0)

    def stop(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._over()

    def _over(self) -> None:
        self._job = None
        self.ended.emit(self._playing)

    def _show(self, digest: str, clip: Clip, load: Callable[[], bytes]) -> None:
        clip.toggled.connect(partial(self.toggle, digest, load))
        self.moved.connect(clip.follow)
        self.ended.connect(clip.rest)
        if digest in self._sounds:
            clip.show_sound(self._sounds[digest])
            return

        from nearling.ui.voice.sound import sound_of

        def arrived(sound: Sound | None) -> None:
            self._sounds[digest] = sound
            while len(self._sounds) > _KEPT:
                self._sounds.popitem(last=False)
            if isValid(clip):  # it may have been scrolled away
                clip.show_sound(sound)

        self._tasks.call(lambda _: sound_of(load()), arrived, failed=lambda _: True)
