"""Puts the parts of talking together: key and button, what comes of it, models, found takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from nearling.settings.options import Options
from nearling.ui.compose.composer import Composer
from nearling.ui.found_takes import FoundTakes
from nearling.ui.house import Voice
from nearling.ui.landing import Landing
from nearling.ui.notices import Notice
from nearling.ui.session import Session
from nearling.ui.speaking import Speaking
from nearling.ui.speech_model import SpeechModel
from nearling.ui.tasks import Tasks
from nearling.ui.voice.recordings import Recordings
from nearling.ui.voice.talk_key import TalkKey


class Talk(QObject):
    def __init__(
        self,
        window: QWidget,
        voice: Voice,
        tasks: Tasks,
        *,
        composer: Composer,
        landing: Landing,
        session: Session,
        recordings: Recordings,
        options: Callable[[], Options],
        pick_folder: Callable[[], str],
        tell: Callable[[Notice], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._voice = voice
        self.speaking = Speaking(
            voice,
            tasks,
            composer=composer,
            landing=landing,
            session=session,
            recordings=recordings,
            options=options,
        )
        self.model = SpeechModel(voice, tasks, self.speaking, pick_folder)
        self.found = FoundTakes(voice, tasks, self.speaking)
        key = TalkKey(window).key
        key.held.connect(self.speaking.press)
        key.let_go.connect(self.speaking.release)
        self.speaking.said.connect(say)
        for part in (self.speaking, self.model, self.found):
            part.noticed.connect(tell)
        window.installEventFilter(self)
        tasks.call(lambda _: voice.tidy(), lambda _: None)

    @property
    def known(self) -> dict[str, Callable[[], Sequence[str]]]:
        """What can be chosen for options, to be found out in the background."""
        return {"microphone": self._voice.devices, "speech_model": self._voice.models}

    def act(self, action: str) -> None:
        """As a key of the desktop's wants it: start, stop or cancel. From any thread."""
        acts = {
            "start": self.speaking.press,
            "stop": self.speaking.end,
            "cancel": self.speaking.drop,
        }
        acts[action]()

    def use(self, options: Options) -> None:
        self._voice.use(options)

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() is QEvent.Type.WindowActivate:
            self.model.look_again()
        return False
