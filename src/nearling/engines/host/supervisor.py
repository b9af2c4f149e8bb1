"""Keeps one child process: starts it, talks to it one call at a time, notices when it is gone."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import BinaryIO

from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineFailure, EngineLost, from_kind
from nearling.core.language import gettext as _
from nearling.core.ourselves import own_command
from nearling.engines.host.messages import (
    Beat,
    BrokenFrame,
    Done,
    Event,
    FromChild,
    Listened,
    Opened,
    Raised,
    Request,
    Stop,
    Taken,
    ToChild,
    Warm,
    Wrote,
    receive,
    send,
)

SILENCE_SECONDS = 20.0
"""A living child says so every second, unless it is starved, suspended or hung."""
GRACE_SECONDS = 1.0
"""What a child gets to give up a call before it is killed."""
_GLANCE_SECONDS = 0.05
_LARGEST_LOG = 1_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Launch:
    """How a child is started and where what it prints goes."""

    command: tuple[str, ...]
    log_file: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Beside our own."""

    @classmethod
    def of_family(
        cls,
        family: str,
        threads: int,
        idle_seconds: float,
        log_file: Path,
        environment: Mapping[str, str],
    ) -> Launch:
        command = own_command("child", family, str(threads), str(idle_seconds))
        return cls(command, log_file, environment)


class _Process:
    """One life of the child; its frames arrive in a queue, None is the end of its pipe."""

    def __init__(self, launch: Launch) -> None:
        try:
            with _open_log(launch.log_file) as log:
                self._popen = subprocess.Popen(
                    launch.command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env={**os.environ, **launch.environment},
                )
        except OSError as error:
            raise EngineFailure(
                _("The process that reads and answers cannot be started on this computer."),
                _("Close some programs and try again, or install Nearling again."),
            ) from error
        assert self._popen.stdin is not None  # noqa: S101
        assert self._popen.stdout is not None  # noqa: S101
        self._inbox = self._popen.stdin
        self._outbox = self._popen.stdout
        self._outgoing: queue.Queue[tuple[ToChild, bytes] | None] = queue.Queue()
        self.arrived: queue.Queue[FromChild | None] = queue.Queue()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._listen, self._send)
        ]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        try:
            while (frame := receive(self._outbox)) is not None:
                message = frame.from_child()
                # Nobody collects them while the child has nothing to do.
                if not isinstance(message, Beat) or self.arrived.empty():
                    self.arrived.put(message)
        except BrokenFrame:
            _log.error("a child process sent a broken frame")
        self.arrived.put(None)

    def _send(self) -> None:
        """On a thread of its own: a child that does not read must not stop who watches it."""
        while (letter := self._outgoing.get()) is not None:
            try:
                send(self._inbox, *letter)
            except OSError:
                return  # the listener hears of it too

    @property
    def alive(self) -> bool:
        return self._popen.poll() is None

    @property
    def pid(self) -> int:
        return self._popen.pid

    def tell(self, message: ToChild, buffer: bytes = b"") -> None:
        self._outgoing.put((message, buffer))

    def end(self) -> None:
        """Kills it if need be and leaves no process, thread or pipe behind; may be repeated."""
        self._popen.kill()
        self._popen.wait()
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(OSError):  # what was not sent any more
            self._inbox.close()
        self._outbox.close()


class Supervisor:
    """A child process of one family that is there whenever it is called.

    Calls are taken one at a time; several threads may call. A child that ended by itself (its
    idle time was over) or died is started anew by the next call.
    """

    def __init__(self, launch: Launch, *, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._launch = launch
        self._silence_seconds = silence_seconds
        self._process: _Process | None = None
        self._ids = count(1)
        self._pending: int | None = None
        self._calling = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The living child's process id, if there is one."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    def warm(self) -> None:
        """Starts the child and has it load its engines, without waiting for anything.

        Raises nothing: the call that needs the child will meet the same failure and tell it.
        """
        if not self._calling.acquire(blocking=False):
            return  # somebody is using it: it is as warm as can be
        try:
            if self.pid is None:
                self._living().tell(Warm(next(self._ids)))
        except EngineFailure as error:
            _log.warning("warming up failed: %s", error.kind)
        finally:
            self._calling.release()

    def call(
        self,
        request: Callable[[int], Request],
        cancellation: Cancellation,
        buffer: bytes = b"",
        patience_seconds: float = float("inf"),
    ) -> Iterator[Event | Done]:
        """The child's answers to one request, the last of which is Done.

        Raises what the child raised, EngineLost if it died, fell silent, or worked on its next
        answer for longer than `patience_seconds`, Cancelled.
        """
        with cancellation.holding(self._calling):
            cancellation.check()
            process = self._living()
            message = request(next(self._ids))
            process.tell(message, buffer)
            self._pending = message.id
            try:
                yield from self._answers(process, message.id, cancellation, patience_seconds)
            finally:
                if self._pending is not None:
                    self._give_up(process, message.id)

    def _answers(
        self,
        process: _Process,
        id: int,
        cancellation: Cancellation,
        patience_seconds: float,
    ) -> Iterator[Event | Done]:
        asked = heard = time.monotonic()
        while True:
            cancellation.check()
            if time.monotonic() - asked > patience_seconds:
                self._drop()
                raise self._lost()
            try:
                answer = process.arrived.get(timeout=_GLANCE_SECONDS)
            except queue.Empty:
                if time.monotonic() - heard > self._silence_seconds:
                    self._drop()
                    raise self._lost() from None
                continue
            heard = time.monotonic()
            match answer:
                case None:
                    self._drop()
                    raise self._lost()
                case Wrote() | Listened() if answer.id == id:
                    yield answer
                    asked = time.monotonic()
                case Opened() if answer.id == id:
                    yield answer
                    process.tell(Taken(id))
                    asked = time.monotonic()
                case Done() if answer.id == id:
                    self._pending = None
                    yield answer
                    return
                case Raised() if answer.id == id:
                    self._pending = None
                    raise from_kind(answer.kind, answer.sentence, answer.remedy)
                case _:  # alive, or the late end of a call that was given up
                    continue

    def _give_up(self, process: _Process, id: int) -> None:
        """Asks the child to drop the call, and kills it if it does not within the grace."""
        process.tell(Stop(id))
        try:
            deadline = time.monotonic() + GRACE_SECONDS
            while (left := deadline - time.monotonic()) > 0:
                answer = process.arrived.get(timeout=left)
                if answer is None:
                    break
                if isinstance(answer, Done | Raised) and answer.id == id:
                    self._pending = None
                    return
        except queue.Empty:
            _log.info("a child did not give up its call in time")
        self._drop()

    def _living(self) -> _Process:
        if self._process is not None and not self._process.alive:
            self._drop()
        if self._process is None:
            self._process = _Process(self._launch)
        return self._process

    def _drop(self) -> None:
        self._pending = None
        if self._process is not None:
            self._process.end()
            self._process = None

    def _lost(self) -> EngineLost:
        return EngineLost(
            _("The process that does this on your computer ended unexpectedly."),
            _("Try again. If it happens every time, {log_file} may say why.").format(
                log_file=self._launch.log_file
            ),
        )

    def close(self) -> None:
        """Ends the child; a call that is under way in another thread is lost."""
        process = self._process
        if process is not None:
            process.end()
        self._process = None


def _open_log(file: Path) -> BinaryIO:
    """The children's log, started anew when it has grown; nowhere if it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        grown = file.exists() and file.stat().st_size > _LARGEST_LOG
        return file.open("wb" if grown else "ab")
    except OSError:
        return Path(os.devnull).open("ab")
