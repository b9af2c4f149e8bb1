"""One zip file with everything: the database as one moment saw it, and every attachment.

history.sqlite3
attachments/<SHA-256>
lost                    the SHA-256 of attachments that were no longer whole, a line each
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from nearling.core.errors import NotFound, StorageDamaged, StorageUnwritable
from nearling.core.language import gettext as _
from nearling.history.attachments import AttachmentStore
from nearling.history.database import COPIES, NAME, Database
from nearling.history.failures import told
from nearling.history.folders import private_folder, sync
from nearling.history.snapshot import snapshot

ATTACHMENTS = "attachments/"
LOST = "lost"


def back_up(database: Database, attachments: AttachmentStore, target: Path) -> int:
    """Write the zip, whole and of mode 0600; returns how many attachments were lost before.

    One lost picture must not keep everything else from being saved. Raises StorageUnwritable
    if `target` is there already or cannot be written, StorageFull.
    """
    lost: list[str] = []
    part = target.with_name(f"{target.name}.{secrets.token_hex(6)}.part")
    with told(target.parent), attachments.temporary() as copy:
        if target.exists():
            raise StorageUnwritable(
                _("{target} is there already.").format(target=target),
                _("Choose another name for the backup."),
            )
        with database.alone() as connection:
            snapshot(connection, copy)
        try:
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w+b") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                    archive.write(copy, NAME, zipfile.ZIP_DEFLATED)
                    for digest in digests_in(copy):
                        try:
                            archive.writestr(ATTACHMENTS + digest, attachments.load(digest))
                        except (NotFound, StorageDamaged):
                            lost.append(digest)
                    archive.writestr(LOST, "\n".join(lost))
                file.flush()
                os.fsync(handle)
            part.rename(target)
            sync(target.parent)
        finally:
            part.unlink(missing_ok=True)
    return len(lost)


def back_up_here(database: Database, attachments: AttachmentStore, reason: str) -> Path:
    """The same, next to the database, under a name that says why and when."""
    copies = database.folder / COPIES
    with told(copies):
        private_folder(copies)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = copies / f"{reason}-{moment}.zip"
    back_up(database, attachments, target)
    return target


def digests_in(copy: Path) -> tuple[str, ...]:
    """The attachments that the database in the file `copy` refers to."""
    with closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute("SELECT digest FROM files ORDER BY digest").fetchall()
    return tuple(digest for (digest,) in rows)
