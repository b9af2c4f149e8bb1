"""Turns what SQLite and the file system say into sentences; the one place where they are mapped."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nearling.core.errors import (
    StorageBusy,
    StorageDamaged,
    StorageFailure,
    StorageFull,
    StorageNewer,
    StorageUnwritable,
)
from nearling.core.language import gettext as _

# Primary result codes (https://sqlite.org/rescode.html); the extended ones share their low byte.
FULL_CODES = frozenset({sqlite3.SQLITE_FULL})
BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
UNWRITABLE_CODES = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOLFS,
    }
)
DAMAGED_CODES = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_FORMAT,
        sqlite3.SQLITE_EMPTY,
    }
)
# These would be our own mistakes: they stay what they are and end in the log as a bug.
BUG_CODES = frozenset(
    {
        sqlite3.SQLITE_ABORT,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_INTERNAL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTFOUND,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_SCHEMA,
        sqlite3.SQLITE_TOOBIG,
    }
)
FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_FILE_ERRNOS = frozenset({errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG})
BUSY_ERRNOS = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EAGAIN})

# With less than this left, SQLite reports some full disks as input/output errors.
_NEARLY_NOTHING = 1 << 20


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Raise a StorageFailure about `place` instead of sqlite3.Error or OSError.

    A failure that can only be our own mistake passes through unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        failure = _of_sqlite(error, place)
        if failure is None:
            raise
        raise failure from error
    except OSError as error:
        raise _of_system(error, place) from error


def full(place: Path) -> StorageFull:
    return StorageFull(
        _("The disk that holds {place} is full.").format(place=place),
        _("Free some space and ask again; everything asked before is safe."),
    )


def busy() -> StorageBusy:
    return StorageBusy(
        _("Another Nearling is using the history right now."),
        _("Wait for it to finish, then try again."),
    )


def unwritable(place: Path) -> StorageUnwritable:
    return StorageUnwritable(
        _("Nearling cannot write to {place}.").format(place=place),
        _("Set NEARLING_HOME to a folder that you can write to, or allow writing to this one."),
    )


def damaged(place: Path) -> StorageDamaged:
    return StorageDamaged(
        _("The history in {place} is damaged or not Nearling's; it was left as it is.").format(
            place=place
        ),
        _(
            "Move the file away and restore a backup with `nearling history restore`,"
            " or start afresh without it."
        ),
    )


def newer(place: Path) -> StorageNewer:
    return StorageNewer(
        _("The history in {place} was written by a newer Nearling; it was left as it is.").format(
            place=place
        ),
        _("Update Nearling, or set NEARLING_HOME to another folder."),
    )


def _of_sqlite(error: sqlite3.Error, place: Path) -> StorageFailure | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
    if code in FULL_CODES or (code in UNWRITABLE_CODES and _has_nothing_left(place)):
        return full(place)
    if code in BUSY_CODES:
        return busy()
    if code in UNWRITABLE_CODES:
        return unwritable(place)
    if code in DAMAGED_CODES:
        return damaged(place)
    return None


def _of_system(error: OSError, place: Path) -> StorageFailure:
    if error.errno in FULL_ERRNOS:
        return full(place)
    if error.errno in BUSY_ERRNOS:
        return busy()
    if error.errno in NO_FILE_ERRNOS:
        return StorageUnwritable(
            _("{place} is not what it has to be here: {reason}.").format(
                place=place, reason=os.strerror(error.errno)
            ),
            _("Check the name, and whether its folder exists."),
        )
    return unwritable(place)


def _has_nothing_left(place: Path) -> bool:
    try:
        return shutil.disk_usage(place).free < _NEARLY_NOTHING
    except OSError:
        return False
