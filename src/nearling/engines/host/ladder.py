"""The ways in which a model can be run, best first, and which of them failed on this computer.

A way is written down before it is tried: if the whole computer goes down with it, the next start
knows. A failure is forgotten after a day, since memory that other programs held may be free again.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nearling.core.errors import EngineLost, OutOfMemory
from nearling.core.language_model import CPU, Setup

SMALLEST_CONTEXT = 1024
_HALVINGS = 2
_FORGOTTEN_AFTER = 24 * 3600.0
"""Seconds."""
_log = logging.getLogger(__name__)


class Ladder:
    """One a process; the journal is shared by all processes of an account."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal

    def rungs(self, setup: Setup) -> tuple[Setup, ...]:
        """The ways that did not fail lately: smaller contexts, then the processor alone."""
        failed = self._failed()
        return tuple(rung for rung in _all_rungs(setup) if _key(rung) not in failed)

    @contextmanager
    def trying(self, setup: Setup) -> Iterator[None]:
        """What happens inside is remembered as a failure unless it ends well."""
        self._remember(setup)
        try:
            yield
        except (EngineLost, OutOfMemory):
            raise
        except BaseException:  # refused or cancelled: that says nothing about the way
            self._forget(setup)
            raise
        else:
            self._forget(setup)

    def failed(self, setup: Setup) -> None:
        """It went wrong after it had seemed to go well."""
        self._remember(setup)

    def forgive(self, folder: Path) -> None:
        """Every way of running the model in `folder` may be tried again."""
        own = _name(folder)
        self._write({key: at for key, at in self._failed().items() if key.split("|")[0] != own})

    def _remember(self, setup: Setup) -> None:
        self._write(self._failed() | {_key(setup): time.time()})

    def _forget(self, setup: Setup) -> None:
        known = self._failed()
        known.pop(_key(setup), None)
        self._write(known)

    def _failed(self) -> dict[str, float]:
        try:
            known = json.loads(self._journal.read_text("utf-8"))
            since = time.time() - _FORGOTTEN_AFTER
            return {str(key): float(at) for key, at in known.items() if float(at) > since}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, known: dict[str, float]) -> None:
        fresh = self._journal.with_name(f"{self._journal.name}.{os.getpid()}")
        try:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(known, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._journal)
        except OSError as error:  # a full disk is no reason not to answer
            _log.warning("what failed cannot be written down: %s", type(error).__name__)


def _all_rungs(setup: Setup) -> Iterator[Setup]:
    yield setup
    for halvings in range(1, _HALVINGS + 1):
        context = setup.context_length >> halvings
        if context >= SMALLEST_CONTEXT:
            yield replace(setup, context_length=context)
    if setup.provider != CPU:
        yield replace(setup, provider=CPU)


def _key(setup: Setup) -> str:
    return f"{_name(setup.folder)}|{setup.context_length}|{setup.provider}"


def _name(folder: Path) -> str:
    return os.fsencode(folder.absolute()).hex()
