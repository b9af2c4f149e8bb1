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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nearling.capture.line import Line
from nearling.capture.recording import record
from nearling.capture.takes import Journal, Takes
from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, MicrophoneFailure, NearlingError
from nearling.core.faults import named
from nearling.core.hearing import Hearing, Speech, Transcript
from nearling.core.language import gettext as _
from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Heard,
    Listening,
    ListeningAhead,
    NothingSaid,
    Opening,
    Spoken,
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
class _Hearing:
    """A take on its way to a text."""

    take: Path
    cancellation: Cancellation = field(default_factory=Cancellation)
    whole: threading.Event = field(default_factory=threading.Event)
    """Set once the take is sealed and that was told."""
    dropped: bool = False


@dataclass(slots=True, eq=False)
class _Speaking:
    """A take while it is spoken."""

    line: Line
    hands_free: bool = False
    dropped: bool = False
    journal: Journal | None = None
    hearing: _Hearing | None = None
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
        self._transcriber = transcriber
        self._takes = Takes(takes)
        self._speech = speech
        self._tell = tell
        self._lock = threading.RLock()
        self._speaking: _Speaking | None = None
        self._hearings: list[_Hearing] = []
        self._recordings: set[threading.Thread] = set()
        self._closed = False
        self._told: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
        self._awaited: queue.SimpleQueue[_Hearing | None] = queue.SimpleQueue()
        self._threads = (
            threading.Thread(target=self._tell_all, name="talking: telling", daemon=True),
            threading.Thread(target=self._hear_all, name="talking: hearing", daemon=True),
        )
        for thread in self._threads:
            thread.start()

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
            hearing = self._hearings[-1] if self._hearings else None
            if self._speaking is not None:
                hearing = self._speaking.hearing
                self._speaking.dropped = True
                self._end(self._speaking, Ending.RELEASED)
            if hearing is not None:
                hearing.dropped = True
                self._forget(hearing)

    def hear(self, take: Path) -> None:
        """Has a take heard that lies there already: found again, or waiting for a model."""
        with self._lock:
            if not self._closed:
                hearing = _Hearing(take)
                hearing.whole.set()
                self._await(hearing)

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
            for hearing in self._hearings:
                hearing.cancellation.cancel()
        for recording in recordings:
            recording.join(_FAREWELL_SECONDS)
        self._awaited.put(None)
        self._threads[1].join(_FAREWELL_SECONDS)
        self._told.put(None)
        if threading.current_thread() is not self._threads[0]:
            self._threads[0].join(_FAREWELL_SECONDS)

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
        error: NearlingError | None = None
        try:
            speaking.journal = self._takes.begin()
            self._told.put(Opening(speaking.journal.path))
            for told in record(speaking.line, speaking.journal):
                if isinstance(told, Listening):
                    self._hear_meanwhile(speaking, speaking.journal.path)
                self._told.put(told)
        except NearlingError as failure:
            error = failure
        finally:
            speaking.line.hang_up()
        with self._lock:
            self._end(speaking, Ending.LOST)  # unless it ended for another reason before
        if speaking.journal is None:
            self._told.put(Troubled(error or _too_short(), None))
            return
        try:
            speaking.journal.seal()
        except NearlingError as failure:
            error = failure
        self._finish(speaking, speaking.journal.path, error)

    def _hear_meanwhile(self, speaking: _Speaking, take: Path) -> None:
        with self._lock:
            if not speaking.dropped:
                speaking.hearing = _Hearing(take)
                self._await(speaking.hearing)

    def _finish(self, speaking: _Speaking, take: Path, error: NearlingError | None) -> None:
        with self._lock:
            hearing = speaking.hearing
            if hearing is None:
                if self._removed(take):
                    dropped = Dropped(take) if speaking.dropped else None
                    self._told.put(dropped or Troubled(error or _too_short(), None))
                return
            if error is not None:
                self._forget(hearing)
                self._told.put(Troubled(error, take))
            elif not hearing.dropped:
                self._told.put(Ended(take, speaking.line.ending or Ending.LOST))
            hearing.whole.set()

    def _await(self, hearing: _Hearing) -> None:
        self._hearings.append(hearing)
        self._awaited.put(hearing)

    def _forget(self, hearing: _Hearing) -> None:
        hearing.cancellation.cancel()
        if hearing in self._hearings:
            self._hearings.remove(hearing)

    def _removed(self, take: Path) -> bool:
        try:
            self._takes.remove(take)
        except NearlingError as error:
            self._told.put(Troubled(error, take))
            return False
        return True

    def _hear_all(self) -> None:
        while (hearing := self._awaited.get()) is not None:
            outcome = self._outcome(hearing)
            hearing.whole.wait()
            with self._lock:
                if hearing.dropped:
                    # Not before nobody reads it any more: some systems keep what is open.
                    if self._removed(hearing.take):
                        self._told.put(Dropped(hearing.take))
                elif outcome is not None and not hearing.cancellation.cancelled:
                    self._told.put(outcome)
                if hearing in self._hearings:
                    self._hearings.remove(hearing)

    def _outcome(self, hearing: _Hearing) -> Spoken | NothingSaid | Troubled | None:
        take = hearing.take
        try:
            hearing.cancellation.check()
            transcript = self._transcribed(hearing)
        except Cancelled:
            return None
        except NearlingError as error:
            return Troubled(error, take)
        except Exception as error:  # noqa: BLE001  the next take must find this thread alive
            logging.getLogger(__name__).error("%s", named(error))  # noqa: TRY400  no words
            return Troubled(_stumbled(error), take)
        return Spoken(take, transcript) if transcript.segments else NothingSaid(take)

    def _transcribed(self, hearing: _Hearing) -> Transcript:
        for heard in self._transcriber.transcribe(
            hearing.take, self._speech(), hearing.cancellation
        ):
            if isinstance(heard, Transcript):
                return heard
            self._told.put(Heard(hearing.take, heard))
            self._end_if_quiet(hearing, heard)
        raise RuntimeError("no transcript came")

    def _end_if_quiet(self, hearing: _Hearing, heard: Hearing) -> None:
        with self._lock:
            speaking = self._speaking
            if speaking is None or speaking.hearing is not hearing or not speaking.hands_free:
                return
            if (
                speaking.journal is None
                or speaking.journal.seconds - heard.position > _BEHIND_SECONDS
            ):
                return
            speechless = heard.quiet >= heard.position
            if heard.quiet >= (SPEECHLESS_SECONDS if speechless else QUIET_SECONDS):
                self._end(speaking, Ending.QUIET)

    def _tell_all(self) -> None:
        while (told := self._told.get()) is not None:
            self._tell(told)


def _too_short() -> MicrophoneFailure:
    return MicrophoneFailure(
        _("Nothing was recorded: the microphone was not ready yet."),
        _("Hold the key until the microphone listens, then talk."),
    )


def _stumbled(error: Exception) -> NearlingError:
    return NearlingError(
        _("Nearling stumbled over a fault of its own: {fault}.").format(fault=type(error).__name__),
        _("What was said is kept. Please report it with the log file."),
    )
