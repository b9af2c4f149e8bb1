"""The attachment store: files under the SHA-256 of their content, next to the database."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nearling.core.errors import NotFound, StorageDamaged
from nearling.core.language import gettext as _
from nearling.core.owner import Owner
from nearling.history.failures import told
from nearling.history.folders import private_folder, sync

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes that are on the disk but have no lasting name yet."""

    path: Path
    digest: str
    size: int


class AttachmentStore:
    """`attachments/` holds what messages refer to, `unfinished/` what is on its way there."""

    def __init__(self, folder: Path, owner: Callable[[], Owner]) -> None:
        self.folder = folder / "attachments"
        self._unfinished = folder / "unfinished"
        self._owner = owner
        with told(folder):
            private_folder(self.folder)
            private_folder(self._unfinished)

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """A name nobody uses, gone at the end; after a kill, `sweep` knows whose it was."""
        path = self._unfinished / f"{self._owner().mark}_{secrets.token_hex(6)}"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def staged(self, contents: Iterable[Iterable[bytes]]) -> Iterator[tuple[Staged, ...]]:
        """Each of `contents`, given in chunks, on disk under a temporary name.

        The slow part of keeping a file, to be done before a write transaction.
        """
        with told(self.folder):
            arrived: list[Staged] = []
            try:
                for chunks in contents:
                    path = self._unfinished / f"{self._owner().mark}_{secrets.token_hex(6)}"
                    arrived.append(_write(path, chunks))
                yield tuple(arrived)
            finally:
                for staged in arrived:
                    staged.path.unlink(missing_ok=True)

    def settle(self, arrivals: Iterable[Staged]) -> None:
        """Give staged files their lasting names.

        To be called inside the write transaction that refers to them, so that no other process
        sweeps them away before it is committed.
        """
        settled = False
        for staged in arrivals:
            # Replacing equal bytes costs nothing and heals a file that was damaged on disk.
            staged.path.replace(self.folder / staged.digest)
            settled = True
        if settled:
            sync(self.folder)

    def file(self, digest: str) -> Path:
        """Where it lies. Raises NotFound."""
        with told(self.folder):
            path = self.folder / digest
            if not is_digest(digest) or not path.exists():
                raise NotFound(
                    _("That attachment is not in the history."),
                    _("It may have been forgotten; attach it again."),
                )
        return path

    def load(self, digest: str) -> bytes:
        """Raises NotFound, or StorageDamaged if the bytes are not those that were kept."""
        path = self.file(digest)
        with told(self.folder):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise StorageDamaged(
                _("An attachment in the history is no longer what was kept."),
                _("Attach it again, or restore a backup with `nearling history restore`."),
            )
        return data

    def sweep(self, known: frozenset[str]) -> int:
        """Erase files that no message refers to and what dead processes left; their number.

        To be called inside a write transaction in which `known` was looked up.
        """
        lost = [path for path in self.folder.iterdir() if path.name not in known]
        lost += [path for path in self._unfinished.iterdir() if not _in_work(path)]
        for path in lost:
            path.unlink(missing_ok=True)
        if lost:
            sync(self.folder)
            sync(self._unfinished)
        return len(lost)


def is_digest(name: str) -> bool:
    return _DIGEST.fullmatch(name) is not None


def _write(path: Path, chunks: Iterable[bytes]) -> Staged:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    summed, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
                summed.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Staged(path, summed.hexdigest(), size)


def _in_work(path: Path) -> bool:
    owner = Owner.from_mark(path.name.rpartition("_")[0])
    return owner is not None and owner.alive
