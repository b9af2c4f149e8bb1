"""The main loop of a child process: loads one family of engines and does what it is told.

The main thread works; a second one listens, so that a call can be given up; a third says that
the process is alive. Ends at the end of its pipe or after its idle time.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, NoReturn

import psutil

from nearling.core.abilities import Decoder, Reader, Transcriber, Writer
from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineFailure, NearlingError
from nearling.core.faults import named
from nearling.core.freed import give_back
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Medium
from nearling.engines.host.messages import (
    Beat,
    BrokenFrame,
    Done,
    Frame,
    FromChild,
    Listen,
    Listened,
    Raised,
    Read,
    Render,
    Request,
    Stop,
    ToChild,
    Warm,
    Write,
    Wrote,
    receive,
    send,
)
from nearling.engines.registry import (
    DECODERS,
    READERS,
    TRANSCRIBERS,
    WRITERS,
    DecoderRow,
    ReaderRow,
    TranscriberRow,
    WriterRow,
)

BEAT_SECONDS, REST_SECONDS = 1.0, 1.0
_Call = tuple[Request | Warm, bytes]
_log = logging.getLogger(__name__)


class _Engines:
    """The family's engines, each loaded when it is first needed."""

    def __init__(
        self,
        threads: int,
        readers: Iterable[ReaderRow],
        writers: Iterable[WriterRow],
        decoders: Iterable[DecoderRow],
        transcribers: Iterable[TranscriberRow],
    ) -> None:
        self._threads = threads
        self._transcribers = {row.id: row for row in transcribers}
        self._loaded_transcribers: dict[str, Transcriber] = {}
        self._decoders = {row.id: row for row in decoders}
        self._loaded_decoders: dict[str, Decoder] = {}
        self._readers = {row.id: row for row in readers}
        self._writers = {row.profile.id: row for row in writers}
        self._loaded_readers: dict[str, Reader] = {}
        self._loaded_writers: dict[str, Writer] = {}

    def reader(self, id: str) -> Reader:
        if id not in self._loaded_readers:
            self._loaded_readers[id] = self._readers[id].load(self._threads)
        return self._loaded_readers[id]

    def writer(self, id: str) -> Writer:
        if id not in self._loaded_writers:
            self._loaded_writers[id] = self._writers[id].load(self._threads)
        return self._loaded_writers[id]

    def decoder(self, id: str) -> Decoder:
        if id not in self._loaded_decoders:
            self._loaded_decoders[id] = self._decoders[id].load()
        return self._loaded_decoders[id]

    def transcriber(self, id: str) -> Transcriber:
        if id not in self._loaded_transcribers:
            self._loaded_transcribers[id] = self._transcribers[id].load(self._threads)
        return self._loaded_transcribers[id]

    def load_all(self) -> None:
        for transcriber in self._transcribers:
            self.transcriber(transcriber)
        for decoder in self._decoders:
            self.decoder(decoder)
        for reader in self._readers:
            self.reader(reader)
        for writer in self._writers:
            self.writer(writer)


class _Child:
    def __init__(self, engines: _Engines, inbox: BinaryIO, outbox: BinaryIO) -> None:
        self._engines = engines
        self._inbox = inbox
        self._outbox = outbox
        self._writing = threading.Lock()
        self._calls: queue.Queue[_Call] = queue.Queue()
        self._given_up: dict[int, Cancellation] = {}

    def run(self, idle_seconds: float) -> None:
        for work in (self._listen, self._beat):
            threading.Thread(target=work, daemon=True).start()
        while (call := self._next(idle_seconds)) is not None:
            self._answer(*call)

    def _next(self, idle_seconds: float) -> _Call | None:
        """None where none comes; a rest between two is used for tidying up."""
        rest = min(REST_SECONDS, idle_seconds)
        with suppress(queue.Empty):
            return self._calls.get(timeout=rest)
        give_back()
        with suppress(queue.Empty):
            return self._calls.get(timeout=idle_seconds - rest)
        return None

    def _listen(self) -> None:
        try:
            while (frame := receive(self._inbox)) is not None:
                self._sort(frame.for_child(), frame)
        except BrokenFrame:
            _log.error("the parent sent a broken frame")
        _leave()

    def _sort(self, message: ToChild, frame: Frame) -> None:
        if isinstance(message, Stop):
            # A call that is over already has no flag any more.
            if message.id in self._given_up:
                self._given_up[message.id].cancel()
        else:
            self._given_up[message.id] = Cancellation()
            self._calls.put((message, frame.buffer))

    def _beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(BEAT_SECONDS):
            self._send(Beat())

    def _answer(self, call: Request | Warm, buffer: bytes) -> None:
        cancellation = self._given_up[call.id]
        try:
            self._send(*self._work(call, buffer, cancellation))
        except NearlingError as error:
            self._send(Raised(call.id, error.kind, error.sentence, error.remedy))
        except Exception as error:  # noqa: BLE001  the last place that can answer for a bug
            _log.error("%s", named(error))
            self._send(
                Raised(
                    call.id,
                    EngineFailure.kind,
                    _("The engine stumbled over a fault of its own."),
                    _("Try again; if it happens again, report it with the log file."),
                )
            )
        finally:
            del self._given_up[call.id]

    def _work(
        self, call: Request | Warm, buffer: bytes, cancellation: Cancellation
    ) -> tuple[Done, bytes]:
        cancellation.check()
        match call:
            case Warm():
                self._engines.load_all()
                return Done(call.id), b""
            case Read():
                picture = Capture(Medium.PICTURE, call.name, buffer)
                reading = self._engines.reader(call.engine).read(picture, cancellation)
                return Done(call.id, reading), b""
            case Render():
                picture = Capture(Medium.PICTURE, call.name, buffer)
                shown = self._engines.decoder(call.engine).decode(
                    picture, call.longest, cancellation
                )
                return Done(call.id, rendition=replace(shown, data=b"")), shown.data
            case Write():
                for event in self._engines.writer(call.engine).write(call.prompt, cancellation):
                    self._send(Wrote.of(call.id, event))
                    cancellation.check()
                return Done(call.id), b""
            case Listen():
                listening = self._engines.transcriber(call.engine)
                for heard in listening.transcribe(call.path, call.speech, cancellation):
                    self._send(Listened.of(call.id, heard))
                    cancellation.check()
                return Done(call.id), b""

    def _send(self, message: FromChild, buffer: bytes = b"") -> None:
        try:
            with self._writing:
                send(self._outbox, message, buffer)
        except OSError:
            _leave()


def _leave() -> NoReturn:
    """Ends the process from any thread, also while an engine is deep in native code."""
    os._exit(0)


def run_child(family: str, threads: int, idle_seconds: float) -> NoReturn:
    """Serves the parent with the engines of `family` until it is done."""
    serve(
        [row for row in READERS if row.family == family],
        [row for row in WRITERS if row.family == family],
        threads,
        idle_seconds,
        [row for row in DECODERS if row.family == family],
        transcribers=[row for row in TRANSCRIBERS if row.family == family],
    )


def serve(
    readers: Iterable[ReaderRow],
    writers: Iterable[WriterRow],
    threads: int,
    idle_seconds: float,
    decoders: Iterable[DecoderRow] = (),
    *,
    transcribers: Iterable[TranscriberRow] = (),
) -> NoReturn:
    """Serves whoever is at the other end of standard input and output."""
    # Ctrl-C in a terminal reaches the whole group; what it means is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not land between two frames.
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", stream=sys.stderr)
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(5)
    engines = _Engines(threads, readers, writers, decoders, transcribers)
    _Child(engines, inbox, outbox).run(idle_seconds)
    sys.stderr.flush()
    _leave()
