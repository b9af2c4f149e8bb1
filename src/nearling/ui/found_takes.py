"""Offers what a process that died had recorded, one take after the other, at the next start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nearling.core.cancellation import Cancellation
from nearling.core.language import gettext as _
from nearling.core.take import BYTES_A_SAMPLE, HEADER_BYTES, RATE
from nearling.ui.house import Voice
from nearling.ui.notices import Notice, Remedy
from nearling.ui.speaking import Speaking
from nearling.ui.tasks import Tasks
from nearling.ui.voice.sound import clock


class FoundTakes(QObject):
    noticed = Signal(object)
    """A Notice."""

    def __init__(self, voice: Voice, tasks: Tasks, speaking: Speaking) -> None:
        super().__init__()
        self._voice = voice
        self._tasks = tasks
        self._speaking = speaking
        self._left: list[tuple[Path, str]] = []

    def look(self) -> None:
        def work(_: Cancellation) -> list[tuple[Path, str]]:
            return [(take, _sentence(take)) for take in self._voice.found()]

        self._tasks.call(work, self._offer)

    def _offer(self, found: Sequence[tuple[Path, str]]) -> None:
        self._left = list(found)
        self._next()

    def _next(self) -> None:
        if not self._left:
            return
        take, sentence = self._left.pop(0)
        self.noticed.emit(
            Notice(
                sentence,
                _("Nearling had ended before it was written down."),
                Remedy(_("Write it down"), partial(self._write, take)),
                more=(
                    Remedy(_("Listen to it"), partial(self._speaking.listen, take), stays=True),
                    Remedy(_("Delete"), partial(self._delete, take)),
                ),
            )
        )

    def _write(self, take: Path) -> None:
        self._speaking.write_down(take, check=True)
        self._next()

    def _delete(self, take: Path) -> None:
        self._speaking.delete(take)
        self._next()


def _sentence(take: Path) -> str:
    status = take.stat()
    length = clock((status.st_size - HEADER_BYTES) / (RATE * BYTES_A_SAMPLE))
    spoken = datetime.fromtimestamp(status.st_mtime).astimezone()
    days = (date.today() - spoken.date()).days
    if days == 0:
        return _("A recording of {length} from today was found.").format(length=length)
    if days == 1:
        return _("A recording of {length} from yesterday was found.").format(length=length)
    return _("A recording of {length} from {day:%Y-%m-%d} was found.").format(
        length=length, day=spoken
    )
