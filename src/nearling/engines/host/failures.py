"""What failed lately on this computer, as one file that all processes of an account share.

A failure is forgotten after a day, since memory that other programs held may be free again.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

_FORGOTTEN_AFTER = 24 * 3600.0
"""Seconds."""
_log = logging.getLogger(__name__)


class Failures:
    """A set of names on the disk; a file of rubbish or out of reach holds none."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __contains__(self, name: object) -> bool:
        return name in self._known()

    def add(self, name: str) -> None:
        self._write(self._known() | {name: time.time()})

    def discard(self, name: str) -> None:
        self.discard_all(name.__eq__)

    def discard_all(self, belongs: Callable[[str], bool]) -> None:
        known = self._known()
        self._write({name: at for name, at in known.items() if not belongs(name)})

    def _known(self) -> dict[str, float]:
        try:
            known = json.loads(self._file.read_text("utf-8"))
            since = time.time() - _FORGOTTEN_AFTER
            return {str(name): float(at) for name, at in known.items() if float(at) > since}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, known: dict[str, float]) -> None:
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(known, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._file)
        except OSError as error:  # a full disk is no reason not to answer
            _log.warning("what failed cannot be written down: %s", type(error).__name__)
