"""Takes on the disk: written while they are spoken, found again after a crash, removed when told.

The name of a take says whose it is, so that nobody takes a living process's for lost.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nearling.core.errors import StorageFailure, StorageFull, StorageUnwritable
from nearling.core.language import gettext as _
from nearling.core.owner import Owner
from nearling.core.take import BYTES_A_SAMPLE, HEADER_BYTES, RATE, header, is_growing, seal

_ROOM = 24 << 20
"""Bytes that must be free for a take to begin: some minutes, and what open answers still need."""
_RESERVE = 16 << 20
"""Bytes that a take leaves free for answers that are being written; there it ends."""
_SYNC_SECONDS = 1.0
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MOMENT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Take:
    """One that its process left behind."""

    path: Path
    begun: datetime
    seconds: float


class Takes:
    """The folder that they lie in; nobody else may look into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> Journal:
        """A take to be written from now on. Raises StorageFull or StorageUnwritable."""
        with _told(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            if shutil.disk_usage(self._folder).free < _ROOM:
                raise _full(self._folder)
            return Journal(self._folder / _name(datetime.now().astimezone()))

    def found(self) -> tuple[Take, ...]:
        """Takes whose process died, whole now and ours; the oldest is the first.

        Raises StorageUnwritable.
        """
        with _told(self._folder):
            lost = sorted(filter(_is_lost, self._folder.glob("*.wav")))
            return tuple(filter(None, map(_adopted, lost)))

    def remove(self, take: Path) -> None:
        """Raises StorageUnwritable; one that is gone already is no failure."""
        with _told(self._folder):
            take.unlink(missing_ok=True)


class Journal:
    """One take while it is spoken: what was written stays, whatever happens to this process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        self._bytes = 0
        self._ended = threading.Event()
        self._short = False
        try:
            self._write(header(None))
        except OSError:
            os.close(self._file)
            path.unlink()
            raise
        # Waiting for a disk would keep the sound waiting, and what waits dies with the process.
        self._syncing = threading.Thread(target=self._sync, name="take to the disk", daemon=True)
        self._syncing.start()

    @property
    def seconds(self) -> float:
        return self._bytes / BYTES_A_SAMPLE / RATE

    def write(self, samples: bytes) -> None:
        """Raises StorageFull or StorageUnwritable; what was written before is kept."""
        with _told(self.path.parent):
            if self._short:
                raise _full(self.path.parent)
            self._write(samples)
            self._bytes += len(samples)

    def seal(self) -> None:
        """Ends the take; it is on the disk then. Raises StorageFull or StorageUnwritable."""
        if self._ended.is_set():
            return
        self._ended.set()
        self._syncing.join()
        with _told(self.path.parent):
            try:
                seal(self.path)
                os.fsync(self._file)
            finally:
                os.close(self._file)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]

    def _sync(self) -> None:
        """A second after the first words a power cut finds them on the disk, name and all."""
        self._sync_folder()
        while not self._ended.wait(_SYNC_SECONDS):
            with suppress(OSError):  # whoever writes next is told
                os.fsync(self._file)
                self._short = shutil.disk_usage(self.path.parent).free < _RESERVE

    def _sync_folder(self) -> None:
        with suppress(OSError):  # not every system lets a folder be opened
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _name(begun: datetime) -> str:
    return f"{begun:{_MOMENT}}-{secrets.token_hex(3)}~{Owner.this_process().mark}.wav"


def _is_lost(take: Path) -> bool:
    owner = Owner.from_mark(take.stem.rpartition("~")[2])
    return owner is not None and not owner.alive


def _adopted(lost: Path) -> Take | None:
    """None if another process was quicker, or if it holds no sound."""
    begins = lost.stem.rpartition("~")[0]
    take = lost.with_name(f"{begins}~{Owner.this_process().mark}.wav")
    try:
        lost.rename(take)
        size = take.stat().st_size - HEADER_BYTES
        if size < BYTES_A_SAMPLE:
            take.unlink()
            return None
        if is_growing(take):
            seal(take)
        begun = datetime.strptime(begins.rpartition("-")[0], _MOMENT).astimezone()
    except (FileNotFoundError, ValueError):
        return None
    return Take(take, begun, size // BYTES_A_SAMPLE / RATE)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failure(error, folder) from error


def _failure(error: OSError, folder: Path) -> StorageFailure:
    if error.errno in _FULL:
        return _full(folder)
    return StorageUnwritable(
        _("Nothing can be recorded: Nearling cannot write to {place}.").format(place=folder),
        _("Set NEARLING_HOME to a folder that you can write to, or allow writing to this one."),
    )


def _full(folder: Path) -> StorageFull:
    return StorageFull(
        _("Nothing more can be recorded: the disk that holds {place} is full.").format(
            place=folder
        ),
        _("Free some space and talk again; everything said before is kept."),
    )
