"""Folders and files that only their owner may read, and that survive a power cut."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from nearling.history.failures import full

# What is kept free for the answers, receipts and notes of turns that are already open.
RESERVE_BYTES = 16 << 20


def private_folder(folder: Path) -> None:
    """Make `folder`, or take away what others may do with it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if status.st_mode & 0o077 and status.st_uid == os.geteuid():
        folder.chmod(0o700)


def private_file(path: Path) -> None:
    """An empty file of mode 0600; one that is there already stays as it is."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ensure_room(folder: Path, size: int) -> None:
    """Raise StorageFull unless `size` bytes fit and the open turns keep their reserve."""
    if shutil.disk_usage(folder).free < size + RESERVE_BYTES:
        raise full(folder)
