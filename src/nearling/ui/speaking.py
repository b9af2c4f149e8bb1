"""What comes of talking: spoken words land in the composer as a picture does, and are asked.

A take goes only when its text is safe: until then it is in the composer, in a notice or, after a
crash, found again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nearling.capture.files import capture_take
from nearling.core.cancellation import Cancellation
from nearling.core.errors import ModelMissing
from nearling.core.language import gettext as _
from nearling.core.talk import Listening, NothingSaid, Opening, Spoken, Told, Troubled
from nearling.settings.options import Options
from nearling.ui.compose.composer import Composer
from nearling.ui.house import Voice
from nearling.ui.landing import Landing
from nearling.ui.notices import Notice, Remedy, of_failure
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks
from nearling.ui.voice.bridge import Bridge
from nearling.ui.voice.recordings import Recordings
from nearling.ui.voice.talk_view import TalkView, after, awaiting


class Speaking(QObject):
    noticed = Signal(object)
    """A Notice."""
    said = Signal(str)
    """To screen readers."""
    model_missing = Signal()
    """Takes wait for a speech model."""
    here = Signal()
    """Words have come, wherever the window is."""

    def __init__(
        self,
        voice: Voice,
        tasks: Tasks,
        *,
        composer: Composer,
        landing: Landing,
        session: Session,
        recordings: Recordings,
        options: Callable[[], Options],
    ) -> None:
        super().__init__()
        self._voice = voice
        self._tasks = tasks
        self._composer = composer
        self._landing = landing
        self._session = session
        self._recordings = recordings
        self._options = options
        self.view = TalkView()
        self.waiting: list[Path] = []
        """Takes that are written down once there is a speech model."""
        self._to_check: set[Path] = set()
        """Takes of another time: they are not sent without being looked at."""
        self._words = ""
        """What stands in the composer when nobody but the voice has written there."""
        self._unsent = False
        """`_words` are to be sent as soon as that can be done."""
        self._here: list[Path] = []
        self._asked: list[Path] = []
        self._bridge = Bridge()
        self._bridge.told.connect(self._hear)
        self._talker = voice.talker(self._bridge.tell)
        composer.talk.held.connect(self.press)
        composer.talk.let_go.connect(self.release)
        composer.dropped.connect(self.cancel)
        composer.asked.connect(self._note_asked)
        session.kept.connect(self._let_go)
        session.ended.connect(self._send)

    # What the person does

    def press(self) -> None:
        """From any thread: a microphone waits for nobody."""
        self._talker.press()

    def release(self) -> None:
        self._talker.release()

    def end(self) -> None:
        """From any thread; held or not."""
        self._talker.end()

    def drop(self) -> None:
        """From any thread."""
        self._talker.cancel()

    def cancel(self) -> bool:
        """Whether there was anything to drop."""
        if self.view.take is None and not self.view.writing:
            return False
        self.drop()
        return True

    def write_down(self, take: Path, *, check: bool = False) -> None:
        """Of a take that lies there already; with `check` its words are looked at first."""
        if check:
            self._to_check.add(take)
        self._show(awaiting(self.view, take))
        self._talker.hear(take)

    def write_waiting(self) -> None:
        """There is a speech model now."""
        takes, self.waiting = self.waiting, []
        for take in takes:
            self.write_down(take)

    def listen(self, take: Path) -> None:
        self._recordings.toggle(str(take), lambda: capture_take(take).data)

    def delete(self, take: Path) -> None:
        self._recordings.stop()
        self._tasks.call(lambda _: self._voice.delete(take), lambda _: None)

    # What comes of it

    def _hear(self, told: Told) -> None:
        self._show(after(self.view, told, time.monotonic()))
        match told:
            case Opening():
                self._recordings.stop()
            case Listening():
                self.said.emit(_("Listening"))
            case Spoken():
                self._land(told.take, told.transcript.text)
            case NothingSaid():
                self.noticed.emit(self._of_nothing(told.take))
            case Troubled():
                self._trouble(told)
            case _:
                pass

    def _show(self, view: TalkView) -> None:
        self.view = view
        self._composer.show_talk(view)

    def _land(self, take: Path, words: str) -> None:
        untouched = self._composer.text.toPlainText().strip() == self._words
        check = take in self._to_check or self._options().after_speaking == "check"
        self._to_check.discard(take)
        self._composer.add_words(words)
        if self._options().keep_recordings != "written":
            self._landing.fetch([partial(capture_take, take)])
        self._here.append(take)
        self._words = self._composer.text.toPlainText().strip() if untouched else ""
        self._unsent = untouched and not check
        self.said.emit(words)
        self.here.emit()
        self._send()

    def _send(self) -> None:
        """Once no answer is being written any more; not what the person has changed."""
        if not self._unsent:
            return
        if self._composer.text.toPlainText().strip() != self._words:
            self._unsent = False
        elif self._session.is_busy:
            self._composer.show_hint(_("Will be asked when this answer is there"))
            return
        else:
            self._unsent = False
            self._composer.ask()
        self._composer.show_hint("")

    def _note_asked(self) -> None:
        self._asked += self._here
        self._here = []
        self._words = ""

    def _let_go(self) -> None:
        takes, self._asked = self._asked, []

        def work(_: Cancellation) -> None:
            for take in takes:
                self._voice.let_go(take)

        if takes:
            self._tasks.call(work, lambda _: None)

    def _of_nothing(self, take: Path) -> Notice:
        return Notice(
            _("I heard no speech."),
            _("The recording is kept until you delete it."),
            self._hear_it(take),
            more=(Remedy(_("Delete"), partial(self.delete, take)),),
        )

    def _trouble(self, told: Troubled) -> None:
        if isinstance(told.error, ModelMissing) and told.take is not None:
            self.waiting.append(told.take)
            self.model_missing.emit()
        elif told.take is None:
            self.noticed.emit(of_failure(told.error))
        else:
            kept = _("The recording is kept.")
            self.noticed.emit(
                Notice(
                    told.error.sentence,
                    f"{told.error.remedy} {kept}",
                    Remedy(_("Try again"), partial(self.write_down, told.take)),
                    more=(self._hear_it(told.take),),
                )
            )

    def _hear_it(self, take: Path) -> Remedy:
        return Remedy(_("Listen to it"), partial(self.listen, take), stays=True)
