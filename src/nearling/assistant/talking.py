"""From the key to the text: a press opens the microphone, and what was said becomes words.

Every method but `close` returns at once, from any thread. `tell` hears what happens (core/talk.py),
in order and on a thread of its own. A take is written on a thread of its own; takes are heard one
after the other, in the order in which they were spoken, while the next one may be spoken already.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nearling.assistant.hearing import Listener, stumbled
from nearling.assistant.hearing import Listening as OnItsWay
from nearling.capture.line import Line
from nearling.capture.recording import record
from nearling.capture.takes import Journal, Takes
from nearling.core.abilities import Transcriber
from nearling.core.errors import MicrophoneFailure, NearlingError
from nearling.core.faults import named
from nearling.core.hearing import Hearing, Speech
from nearling.core.language import gettext as _
from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Listening,
    ListeningAhead,
    Opening,
    Told,
    Troubled,
)

TAP_SECONDS = 0.35
"""Who lets go of the key sooner wants to talk without holding it."""
QUIET_SECONDS = 1.5
"""So long nobody speaks after somebody did, and a take without hands has ended."""
SPEECHLESS_SECONDS = 10.0
"""So long nobody speaks at all, and it was a mistake."""
_BEHIND_SECONDS = 2.0
"""Who listens further behind than this does not know whether it is quiet now."""
_FAREWELL_SECONDS = 5.0


class Microphone(Protocol):
    def open(self) -> Line:
        """A line on which sound comes from now on; returns at once."""
        ...

    def listen_ahead(self, on: bool, tell: Callable[[bool], None]) -> None: ...


@dataclass(slots=True, eq=False)
class _Speaking:
    """A take while it is spoken."""

    line: Line
    hands_free: bool = False
    dropped: bool = False
    journal: Journal | None = None
    heard: OnItsWay | None = None
    """None before the first samples."""


class Talking:
    """One for the app; its threads end when it is closed."""

    def __init__(
        self,
        microphone: Microphone,
        transcriber: Transcriber,
        takes: Path,
        speech: Callable[[], Speech],
        tell: Callable[[Told], None],
    ) -> None:
        """`speech` is asked anew for each take, on a thread of Talking's."""
        self._microphone = microphone
        self._takes = Takes(takes)
        self._tell = tell
        self._lock = threading.RLock()
        self._speaking: _Speaking | None = None
        self._recordings: set[threading.Thread] = set()
        self._closed = False
        self._told: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
        self._telling = threading.Thread(
            target=self._tell_all, name="talking: telling", daemon=True
        )
        self._telling.start()
        self._listener = Listener(transcriber, self._takes, speech, self._told.put)

    def press(self) -> None:
        """The key went down; pressed again while a hands-free take goes on, that one ends."""
        with self._lock:
            if self._closed:
                return
            if self._speaking is None:
                self._begin()
            elif self._speaking.hands_free:
                self._end(self._speaking, Ending.RELEASED)

    def release(self) -> None:
        """The key came up: a hold ends; a tap goes on hands-free until nobody speaks any more."""
        with self._lock:
            speaking = self._speaking
            if speaking is None or speaking.hands_free:
                return
            if time.monotonic() - speaking.line.pressed < TAP_SECONDS:
                speaking.hands_free = True
                self._told.put(HandsFree())
            else:
                self._end(speaking, Ending.RELEASED)

    def end(self) -> None:
        """Ends the take, held or hands-free, as `nearling talk stop` does."""
        with self._lock:
            if self._speaking is not None:
                self._end(self._speaking, Ending.RELEASED)

    def cancel(self) -> None:
        """Drops the take that is spoken, or else the newest one whose text is still awaited."""
        with self._lock:
            speaking = self._speaking
            if speaking is None:
                self._listener.drop_newest()
                return
            speaking.dropped = True
            self._end(speaking, Ending.RELEASED)
            if speaking.heard is not None:
                self._listener.drop(speaking.heard)

    def hear(self, take: Path) -> None:
        """Has a take heard that lies there already: found again, or waiting for a model."""
        with self._lock:
            if not self._closed:
                self._listener.add(take, lambda _: None).whole.set()

    def listen_ahead(self, on: bool) -> None:
        """Whether the last two seconds before a press are kept in memory, and only there."""
        self._microphone.listen_ahead(on, lambda on: self._told.put(ListeningAhead(on)))

    def close(self) -> None:
        """Ends a take that is spoken, which will be found again; waits for the threads."""
        with self._lock:
            self._closed = True
            if self._speaking is not None:
                self._end(self._speaking, Ending.CLOSED)
            recordings = tuple(self._recordings)
        for recording in recordings:
            recording.join(_FAREWELL_SECONDS)
        self._listener.close()
        self._told.put(None)
        if threading.current_thread() is not self._telling:
            self._telling.join(_FAREWELL_SECONDS)

    def _begin(self) -> None:
        speaking = self._speaking = _Speaking(self._microphone.open())
        recording = threading.Thread(
            target=self._record, args=(speaking,), name="talking: recording", daemon=True
        )
        self._recordings = {each for each in self._recordings if each.is_alive()} | {recording}
        recording.start()

    def _end(self, speaking: _Speaking, reason: Ending) -> None:
        speaking.line.end(reason)
        if self._speaking is speaking:
            self._speaking = None

    def _record(self, speaking: _Speaking) -> None:
        trouble: NearlingError | None = None
        try:
            speaking.journal = self._takes.begin()
            self._told.put(Opening(speaking.journal.path))
            for told in record(speaking.line, speaking.journal):
                if isinstance(told, Listening):
                    self._hear_meanwhile(speaking, speaking.journal)
                self._told.put(told)
        except NearlingError as error:
            trouble = error
        except Exception as error:  # noqa: BLE001  what was recorded must still be sealed
            trouble = stumbled(error)
        speaking.line.hang_up()
        with self._lock:
            self._end(speaking, Ending.LOST)  # unless it ended for another reason before
        if speaking.journal is None:
            self._told.put(Troubled(trouble or _too_short(), None))
            return
        try:
            speaking.journal.seal()
        except NearlingError as error:
            trouble = error
        self._finish(speaking, speaking.journal.path, trouble)

    def _hear_meanwhile(self, speaking: _Speaking, journal: Journal) -> None:
        def heard(hearing: Hearing) -> None:
            self._end_if_quiet(speaking, journal, hearing)

        with self._lock:
            if not speaking.dropped:
                speaking.heard = self._listener.add(journal.path, heard)

    def _finish(self, speaking: _Speaking, take: Path, trouble: NearlingError | None) -> None:
        with self._lock:
            heard = speaking.heard
            if heard is None:
                if self._listener.remove(take):
                    dropped = Dropped(take) if speaking.dropped else None
                    self._told.put(dropped or Troubled(trouble or _too_short(), None))
                return
            if self._closed:
                self._listener.give_up(heard)
            if trouble is not None:
                self._listener.give_up(heard)
                self._told.put(Troubled(trouble, take))
            elif not heard.dropped:
                self._told.put(Ended(take, speaking.line.ending or Ending.LOST))
            heard.whole.set()

    def _end_if_quiet(self, speaking: _Speaking, journal: Journal, hearing: Hearing) -> None:
        with self._lock:
            behind = journal.seconds - hearing.position
            if not speaking.hands_free or behind > _BEHIND_SECONDS:
                return
            speechless = hearing.quiet >= hearing.position
            if hearing.quiet >= (SPEECHLESS_SECONDS if speechless else QUIET_SECONDS):
                self._end(speaking, Ending.QUIET)

    def _tell_all(self) -> None:
        while (told := self._told.get()) is not None:
            try:
                self._tell(told)
            except Exception as error:  # noqa: BLE001  what comes after must still be told
                logging.getLogger(__name__).error("%s", named(error))  # noqa: TRY400  no words


def _too_short() -> MicrophoneFailure:
    return MicrophoneFailure(
        _("Nothing was recorded: the microphone was not ready yet."),
        _("Hold the key until the microphone listens, then talk."),
    )
