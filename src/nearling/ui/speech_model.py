"""Before a speech model is installed: says which one fits, takes a folder, and writes down then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nearling.core.language import gettext as _
from nearling.core.speech_models import Suggestion
from nearling.ui.house import Voice
from nearling.ui.notices import Notice, Remedy
from nearling.ui.speaking import Speaking
from nearling.ui.tasks import Tasks

_LETTERS = 48
"""Of a folder that are shown."""


class SpeechModel(QObject):
    noticed = Signal(object)
    """A Notice."""

    def __init__(
        self, voice: Voice, tasks: Tasks, speaking: Speaking, pick: Callable[[], str]
    ) -> None:
        """`pick` has the person choose a folder; "" if none was chosen."""
        super().__init__()
        self._voice = voice
        self._tasks = tasks
        self._speaking = speaking
        self._pick = pick
        speaking.model_missing.connect(self._suggest)

    def look_again(self) -> None:
        """A model may have come in the meantime, by another way."""
        if self._speaking.waiting:
            self._tasks.call(lambda _: self._voice.has_model(), self._go_on)

    def _go_on(self, here: bool) -> None:
        if here:
            self._speaking.write_waiting()

    def _suggest(self) -> None:
        self._tasks.call(lambda _: self._voice.suggestion(), self._tell)

    def _tell(self, fitting: Suggestion | None) -> None:
        choose = Remedy(_("Choose a folder …"), self._choose)
        remedies = [choose]
        if fitting is not None and fitting.found_at is not None:
            use = Remedy(_("Use that one"), partial(self._adopt, fitting.found_at))
            remedies.insert(0, use)
        self.noticed.emit(
            Notice(
                _("Your question is recorded; a speech model is needed to write it down."),
                _advice(fitting),
                remedies[0],
                more=tuple(remedies[1:]),
            )
        )

    def _choose(self) -> None:
        if folder := self._pick():
            self._adopt(Path(folder))

    def _adopt(self, folder: Path) -> None:
        self._tasks.call(lambda _: self._voice.adopt(folder), lambda _: self._go_on(here=True))


def _advice(fitting: Suggestion | None) -> str:
    afterwards = _("It waits, and is answered as soon as one is there.")
    if fitting is None:
        return afterwards
    fits = _("{name} fits this computer, with about {size} MB. {why}").format(
        name=fitting.name, size=fitting.megabytes, why=fitting.why
    )
    if fitting.found_at is not None:
        where = _("It lies here already, in {folder}.").format(folder=_short(fitting.found_at))
    else:
        where = _("By hand: save {source} from Hugging Face in a folder, and choose that.").format(
            source=fitting.source
        )
    return f"{fits}\n{where}\n{afterwards}"


def _short(folder: Path) -> str:
    """Without its middle where it is long: caches have names that no line holds."""
    path = str(folder)
    half = _LETTERS // 2
    return path if len(path) <= _LETTERS else f"{path[:half]}…{path[-half:]}"
