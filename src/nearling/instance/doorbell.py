"""The one local socket: a second start rings here, hands over what it brought, and ends.

Whoever holds the lock is at home; the system takes the lock back when its process dies, so that
nothing stale ever keeps the door shut.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

_PATIENCE_SECONDS = 5.0
_LARGEST = 1_000_000
"""Bytes; some thousand file names."""
_FAREWELL = b"farewell"


class Request(msgspec.Struct, frozen=True, tag="open"):
    """What a second start brought: absolute paths, and a question if there was one."""

    files: tuple[str, ...] = ()
    question: str = ""
    new: bool = False
    """Whether it begins a conversation of its own."""


class Talk(msgspec.Struct, frozen=True, tag="talk"):
    """What is to become of what is spoken, as a key of the desktop's wants it."""

    action: Literal["start", "stop", "cancel"]


Ring = Request | Talk


class Doorbell:
    """Held by the process that shows the window; others ring."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._address = _address(folder)
        self._lock: int | None = None
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None

    def ring(self, request: Ring) -> bool:
        """Whether somebody was at home and has taken `request`."""
        try:
            return _is_ours(self._folder) and self._say(msgspec.json.encode(request)) == b"taken"
        except OSError:
            return False

    def _say(self, words: bytes) -> bytes:
        """What is answered, on a thread of its own: who hangs does not even pick up."""
        heard: list[bytes] = []

        def say() -> None:
            with (
                contextlib.suppress(OSError, EOFError),
                Client(self._address, _family()) as connection,
            ):
                connection.send_bytes(words)
                if connection.poll(_PATIENCE_SECONDS):
                    heard.append(connection.recv_bytes())

        saying = threading.Thread(target=say, name="doorbell", daemon=True)
        saying.start()
        saying.join(_PATIENCE_SECONDS)
        return b"".join(heard)

    def answer(
        self, take: Callable[[Request], None], talk: Callable[[Talk], None] | None = None
    ) -> bool:
        """Has `take` or `talk` called, on a thread of the doorbell's, for each ring from now on.

        Without `talk`, who rings to talk is told that nobody listens. False if somebody else is
        at home, or where no socket can be made: then every start is a
        window of its own.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (_is_ours(self._folder) and self._at_home()):
                return False
            self._listener = Listener(self._address, _family())
        except OSError:
            self.close()
            return False
        self._thread = threading.Thread(target=self._listen, args=(self._listener, take, talk))
        self._thread.daemon = True
        self._thread.start()
        return True

    def _at_home(self) -> bool:
        if sys.platform == "win32":
            return True  # a pipe's name is held by one process alone
        import fcntl

        self._lock = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        Path(self._address).unlink(missing_ok=True)
        return True

    def _listen(
        self,
        listener: Listener,
        take: Callable[[Request], None],
        talk: Callable[[Talk], None] | None,
    ) -> None:
        while True:
            try:
                with listener.accept() as connection:
                    if not self._serve(connection, take, talk):
                        return
            except (OSError, EOFError, msgspec.MsgspecError):
                continue  # whoever rang went away or spoke nonsense

    def _serve(
        self,
        connection: Connection,
        take: Callable[[Request], None],
        talk: Callable[[Talk], None] | None,
    ) -> bool:
        if not connection.poll(_PATIENCE_SECONDS):
            return True
        spoken = connection.recv_bytes(_LARGEST)
        if spoken == _FAREWELL:
            return False
        ring = msgspec.json.decode(spoken, type=Ring)
        if isinstance(ring, Request):
            take(ring)
        elif talk is not None:
            talk(ring)
        else:
            return True
        connection.send_bytes(b"taken")
        return True

    def close(self) -> None:
        if self._thread is not None:
            # Nothing else ends a wait for the next ring.
            self._say(_FAREWELL)
            self._thread.join(_PATIENCE_SECONDS)
            self._thread = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _is_ours(folder: Path) -> bool:
    """Not a folder that somebody else laid where all may write, to hear what we hand over."""
    if sys.platform == "win32":
        return True
    status = folder.lstat()
    return status.st_uid == os.getuid() and status.st_mode & 0o077 == 0


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


def _address(folder: Path) -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\{folder.name}"
    return str(folder / "door")
