"""Takes become texts, one after the other, in the order in which they were spoken."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nearling.capture.takes import Takes
from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, NearlingError
from nearling.core.faults import named
from nearling.core.hearing import Hearing, Speech, Transcript
from nearling.core.language import gettext as _
from nearling.core.talk import Dropped, Heard, NothingSaid, Spoken, Told, Troubled

_FAREWELL_SECONDS = 5.0


@dataclass(slots=True, eq=False)
class Listening:
    """A take on its way to a text."""

    take: Path
    progress: Callable[[Hearing], None]
    cancellation: Cancellation = field(default_factory=Cancellation)
    whole: threading.Event = field(default_factory=threading.Event)
    """Set once the take is sealed and that was told; before, nothing final is said about it."""
    dropped: bool = False


class Listener:
    """Has one thread; `tell` is called on it, and on those of who calls."""

    def __init__(
        self,
        transcriber: Transcriber,
        takes: Takes,
        speech: Callable[[], Speech],
        tell: Callable[[Told], None],
    ) -> None:
        self._transcriber = transcriber
        self._takes = takes
        self._speech = speech
        self._tell = tell
        self._lock = threading.Lock()
        self._awaited: list[Listening] = []
        self._queue: queue.SimpleQueue[Listening | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="talking: hearing", daemon=True)
        self._thread.start()

    def add(self, take: Path, progress: Callable[[Hearing], None]) -> Listening:
        """A take to be heard; it may still grow, until `whole` is set."""
        listening = Listening(take, progress)
        with self._lock:
            self._awaited.append(listening)
        self._queue.put(listening)
        return listening

    def drop(self, listening: Listening) -> None:
        """Its take goes, as soon as nobody reads it any more; `whole` must still be set."""
        with self._lock:
            listening.dropped = True
        self.give_up(listening)

    def drop_newest(self) -> None:
        with self._lock:
            newest = self._awaited[-1] if self._awaited else None
        if newest is not None:
            self.drop(newest)

    def give_up(self, listening: Listening) -> None:
        """No text of it is wanted; the take stays."""
        listening.cancellation.cancel()
        with self._lock:
            if listening in self._awaited:
                self._awaited.remove(listening)

    def close(self) -> None:
        with self._lock:
            for listening in self._awaited:
                listening.cancellation.cancel()
        self._queue.put(None)
        self._thread.join(_FAREWELL_SECONDS)

    def remove(self, take: Path) -> bool:
        """Whether that could be done; what is in the way is told."""
        try:
            self._takes.remove(take)
        except NearlingError as error:
            self._tell(Troubled(error, take))
            return False
        return True

    def _run(self) -> None:
        while (listening := self._queue.get()) is not None:
            outcome = self._outcome(listening)
            listening.whole.wait()
            with self._lock:
                if listening in self._awaited:
                    self._awaited.remove(listening)
                if outcome is not None and not listening.cancellation.cancelled:
                    self._tell(outcome)
            # Not before nobody reads it any more: some systems keep what is open.
            if listening.dropped and self.remove(listening.take):
                self._tell(Dropped(listening.take))

    def _outcome(self, listening: Listening) -> Spoken | NothingSaid | Troubled | None:
        take = listening.take
        try:
            listening.cancellation.check()
            transcript = self._transcribed(listening)
        except Cancelled:
            return None
        except NearlingError as error:
            return Troubled(error, take)
        except Exception as error:  # noqa: BLE001  the next take must find this thread alive
            return Troubled(stumbled(error), take)
        return Spoken(take, transcript) if transcript.segments else NothingSaid(take)

    def _transcribed(self, listening: Listening) -> Transcript:
        take, cancellation = listening.take, listening.cancellation
        for heard in self._transcriber.transcribe(take, self._speech(), cancellation):
            if isinstance(heard, Transcript):
                return heard
            self._tell(Heard(take, heard))
            listening.progress(heard)
        raise RuntimeError("no transcript came")


def stumbled(error: Exception) -> NearlingError:
    """A fault of our own as a person may read it; the log names it without its words."""
    logging.getLogger(__name__).error("%s", named(error))
    return NearlingError(
        _("Nearling stumbled over a fault of its own: {fault}.").format(fault=type(error).__name__),
        _("What was said is kept. Please report it with the log file."),
    )
