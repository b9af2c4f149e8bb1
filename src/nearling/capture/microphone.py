"""The microphone: opened at a press before anything else, closed when nobody listens any more.

All that waits for the sound system happens on one thread of its own, which starts when it is first
needed. With nothing open it soon looks up the devices anew, so that the next press finds the
microphone that is the default one by then.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from nearling.capture.exchange import Exchange
from nearling.capture.line import Line
from nearling.capture.portaudio import Inlet, Library, inputs, load, open_inlet, renew, unload
from nearling.core.errors import MicrophoneFailure
from nearling.core.faults import named
from nearling.core.language import gettext as _
from nearling.core.talk import Ending

_REST_SECONDS = 1.0
"""With nothing open for so long, devices that came and went are looked up."""
_PATIENCE_SECONDS = 10.0
_FAREWELL_SECONDS = 5.0


class Microphone:
    """One for the app; `choose` says the name of the wanted device, "" for the default one."""

    def __init__(self, choose: Callable[[], str] = lambda: "") -> None:
        self._choose = choose
        self._acts: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        # What follows is the thread's own.
        self._library: Library | None = None
        self._open: tuple[Inlet, Exchange] | None = None
        self._outdated = False
        self._tell_ahead: Callable[[bool], None] | None = None

    def open(self) -> Line:
        """A line on which sound comes from now on; returns at once."""
        line = Line(lambda line: self._post(lambda: self._disconnect(line)))
        self._post(lambda: self._connect(line))
        return line

    def devices(self) -> tuple[str, ...]:
        """All microphones there are now, the default one first; waits. Raises MicrophoneFailure."""
        found: Future[tuple[str, ...]] = Future()
        self._post(lambda: self._look_up(found))
        try:
            return found.result(_PATIENCE_SECONDS)
        except TimeoutError:
            raise MicrophoneFailure(
                _("The sound system does not answer."),
                _("Wait a moment and try again; if it stays so, restart the computer's sound."),
            ) from None

    def listen_ahead(self, on: bool, tell: Callable[[bool], None]) -> None:
        """Whether a line is to begin up to two seconds before its press; returns at once.

        `tell` is called on the microphone's thread whenever that begins or ends to hold.
        """
        self._post(lambda: self._listen_ahead(tell if on else None))

    def close(self) -> None:
        """Lets go of the sound system, for good; a line that is still open is cut."""
        with self._starting:
            self._closed = True
            self._acts.put(None)
        if self._thread is not None:
            self._thread.join(_FAREWELL_SECONDS)

    def _post(self, act: Callable[[], None]) -> None:
        with self._starting:
            self._acts.put(act)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                act = self._acts.get(timeout=_REST_SECONDS if self._outdated else None)
            except queue.Empty:
                act = self._renew
            if act is None:
                break
            try:
                act()
            except Exception as error:  # noqa: BLE001  the next press must find this thread alive
                logging.getLogger(__name__).error("%s", named(error))  # noqa: TRY400
        self._listen_ahead(None)
        self._shut()
        if self._library is not None:
            with suppress(MicrophoneFailure):
                unload(self._library)
            self._library = None

    def _loaded(self) -> Library:
        if self._library is None:
            self._library = load()
        return self._library

    def _connect(self, line: Line) -> None:
        if line.ending is not None:
            return
        try:
            inlet, exchange = self._opened()
        except MicrophoneFailure as failure:
            line.fail(failure)
        else:
            exchange.join(line, inlet)

    def _disconnect(self, line: Line) -> None:
        if self._open is None:
            return
        _, exchange = self._open
        exchange.leave(line)
        if line.ending is Ending.LOST or not (exchange.busy or self._tell_ahead):
            self._shut()

    def _opened(self) -> tuple[Inlet, Exchange]:
        """The open microphone, opened if need be. Raises MicrophoneFailure."""
        if self._open is not None and self._open[1].over:
            self._shut()
        if self._open is None:
            library = self._loaded()
            try:
                self._open = self._newly_opened(library)
            except MicrophoneFailure:
                renew(library)
                self._open = self._newly_opened(library)
        return self._open

    def _newly_opened(self, library: Library) -> tuple[Inlet, Exchange]:
        exchange = Exchange(
            lambda begun: self._post(lambda: self._greet(begun)),
            lambda over: self._post(lambda: self._forget(over)),
        )
        return open_inlet(library, self._choose(), exchange.take, exchange.ended), exchange

    def _greet(self, begun: Exchange) -> None:
        """It listens ahead only now: what is merely open has not heard anything."""
        if self._tell_ahead and self._open is not None and self._open[1] is begun:
            self._tell_ahead(True)

    def _forget(self, over: Exchange) -> None:
        """It may have been closed, or replaced by another one, before this was told."""
        if self._open is not None and self._open[1] is over:
            self._shut()

    def _shut(self) -> None:
        if self._open is not None:
            inlet, _ = self._open
            self._open = None
            inlet.close()
            self._outdated = True
            if self._tell_ahead:
                self._tell_ahead(False)

    def _renew(self) -> None:
        self._outdated = False
        if self._open is None and self._library is not None:
            with suppress(MicrophoneFailure):
                renew(self._library)
            self._resume_ahead()

    def _look_up(self, found: Future[tuple[str, ...]]) -> None:
        try:
            library = self._loaded()
            if self._open is None:
                renew(library)
            found.set_result(inputs(library))
        except MicrophoneFailure as failure:
            found.set_exception(failure)

    def _listen_ahead(self, tell: Callable[[bool], None] | None) -> None:
        before, self._tell_ahead = self._tell_ahead, tell
        if tell is not None:
            self._resume_ahead()
        elif before is not None:
            if self._open is not None:
                _, exchange = self._open
                if not exchange.busy:
                    self._shut()
            before(False)

    def _resume_ahead(self) -> None:
        """Where it cannot be, it is tried again after the next take."""
        if self._tell_ahead is not None:
            try:
                _, exchange = self._opened()
            except MicrophoneFailure:
                self._tell_ahead(False)
            else:
                if exchange.alive:
                    self._tell_ahead(True)
