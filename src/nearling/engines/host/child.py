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
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, NoReturn

import psutil

from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineFailure, NearlingError
from nearling.core.faults import named
from nearling.core.freed import give_back
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Medium, Rendition
from nearling.engines.host.loaded import Loaded
from nearling.engines.host.messages import (
    Beat,
    BrokenFrame,
    Clean,
    Compose,
    Count,
    Done,
    Event,
    Extract,
    Frame,
    FromChild,
    Listen,
    Listened,
    Measure,
    Open,
    Opened,
    Prefill,
    Raised,
    Read,
    Render,
    RenderPage,
    Request,
    Stop,
    Taken,
    ToChild,
    Warm,
    Write,
    Wrote,
    receive,
    send,
)
from nearling.engines.registry import Rows, family

BEAT_SECONDS, REST_SECONDS = 1.0, 1.0
PAGES_AHEAD = 8
"""How many pages may wait to be taken: pictures of pages take long to read and much memory."""
_GLANCE_SECONDS = 0.05
_DOCUMENT_MEMORY = 3 * 1024**3
"""Bytes. Beyond what is refused for what a document says of itself."""
_Call = tuple[Request | Warm, bytes]
_log = logging.getLogger(__name__)


class _Child:
    def __init__(self, engines: Loaded, inbox: BinaryIO, outbox: BinaryIO) -> None:
        self._engines = engines
        self._inbox = inbox
        self._outbox = outbox
        self._writing = threading.Lock()
        self._calls: queue.Queue[_Call] = queue.Queue()
        self._given_up: dict[int, Cancellation] = {}
        self._room = threading.Semaphore(0)
        """For pages that are not taken yet; there is one call at a time."""

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
        elif isinstance(message, Taken):
            if message.id in self._given_up:
                self._room.release()
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
            case Read() | Extract():
                return self._read(call, buffer, cancellation), b""
            case Render() | RenderPage():
                shown = self._shown(call, buffer, cancellation)
                return Done(call.id, rendition=replace(shown, data=b"")), shown.data
            case Clean():
                picture = Capture(Medium.PICTURE, call.name, buffer)
                clean = self._engines.cleaner(call.engine).clean(picture, call.edit, cancellation)
                return Done(call.id, clean=replace(clean, data=b"")), clean.data
            case Count() | Prefill() | Measure():
                return self._consulted(call, cancellation), b""
            case _:
                for message in self._streamed(call, buffer, cancellation):
                    self._send(*_parted(message))
                    cancellation.check()
                return Done(call.id), b""

    def _shown(
        self, call: Render | RenderPage, buffer: bytes, cancellation: Cancellation
    ) -> Rendition:
        match call:
            case Render():
                picture = Capture(Medium.PICTURE, call.name, buffer)
                decoder = self._engines.decoder(call.engine)
                return decoder.decode(picture, call.longest, cancellation)
            case RenderPage():
                document = Capture(Medium.DOCUMENT, call.name, buffer)
                renderer = self._engines.page_renderer(call.engine)
                return renderer.render(document, call.page, call.longest, cancellation)

    def _read(self, call: Read | Extract, buffer: bytes, cancellation: Cancellation) -> Done:
        match call:
            case Read():
                picture = Capture(Medium.PICTURE, call.name, buffer)
                reading = self._engines.reader(call.engine).read(picture, cancellation)
                return Done(call.id, reading)
            case Extract():
                extractor = self._engines.extractor(call.engine)
                extracted = extractor.extract(call.readings, call.fields, cancellation)
                return Done(call.id, extracted=extracted)

    def _consulted(self, call: Count | Prefill | Measure, cancellation: Cancellation) -> Done:
        model, setup = self._engines.language_model(call.engine), call.model.setup
        match call:
            case Count():
                return Done(call.id, tokens=model.count(call.prompt, setup, cancellation))
            case Prefill():
                model.prefill(call.prompt, setup, cancellation)
                return Done(call.id)
            case Measure():
                return Done(call.id, measured=model.measure(setup, cancellation))

    def _streamed(
        self, call: Write | Listen | Compose | Open, buffer: bytes, cancellation: Cancellation
    ) -> Iterator[Event]:
        match call:
            case Open():
                document = Capture(Medium.DOCUMENT, call.name, buffer)
                return self._opened(call, document, cancellation)
            case Write():
                written = self._engines.writer(call.engine).write(call.prompt, cancellation)
                return (Wrote.of(call.id, event) for event in written)
            case Compose():
                model = self._engines.language_model(call.engine)
                composed = model.write(call.prompt, call.model.setup, cancellation)
                return (Wrote.of(call.id, event) for event in composed)
            case Listen():
                transcriber = self._engines.transcriber(call.engine)
                heard = transcriber.transcribe(call.path, call.speech, cancellation)
                return (Listened.of(call.id, event) for event in heard)

    def _opened(
        self, call: Open, document: Capture, cancellation: Cancellation
    ) -> Iterator[Opened]:
        self._room = threading.Semaphore(PAGES_AHEAD)
        for it in self._engines.document_reader(call.engine).open(document, cancellation):
            while not self._room.acquire(timeout=_GLANCE_SECONDS):
                cancellation.check()
            yield Opened.of(call.id, it)

    def _send(self, message: FromChild, buffer: bytes = b"") -> None:
        try:
            with self._writing:
                send(self._outbox, message, buffer)
        except OSError:
            _leave()


def _parted(message: Event) -> tuple[Event, bytes]:
    """The message, and what of it rides along as raw bytes."""
    if isinstance(message, Opened) and message.page is not None:
        page = replace(message.page, picture=b"")
        return Opened(message.id, page=page), message.page.picture
    return message, b""


def _leave() -> NoReturn:
    """Ends the process from any thread, also while an engine is deep in native code."""
    os._exit(0)


def _limit_memory() -> None:
    """Has what asks for too much fail in this process, before the computer runs out of it."""
    with suppress(ImportError, OSError, ValueError):  # systems that know no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_DOCUMENT_MEMORY, _DOCUMENT_MEMORY))


def run_child(name: str, threads: int, idle_seconds: float) -> NoReturn:
    """Serves the parent with the engines of the family `name` until it is done."""
    serve(family(name), threads, idle_seconds)


def serve(rows: Rows, threads: int, idle_seconds: float) -> NoReturn:
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
        # Who listens comes before a model that takes a prompt in meanwhile.
        os.nice(10 if rows.language_models else 5)
    if rows.document_readers:
        _limit_memory()
    _Child(Loaded(rows, threads), inbox, outbox).run(idle_seconds)
    sys.stderr.flush()
    _leave()
