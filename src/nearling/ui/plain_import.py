"""Gives Python its own import back, in the place of which PySide has put one that reads sources."""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """To be called once PySide is there.

    It looks through the source of whatever is imported after it, and keeps that source, for the
    sake of `from __feature__ import …`, which nobody here writes.
    """
    own = getattr(builtins, "__orig_import__", None)  # so PySide calls what was there before
    if own is not None:
        builtins.__import__ = own
