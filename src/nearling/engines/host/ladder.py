"""The ways in which a model can be run, best first, without those that failed on this computer.

A way is written down before it is tried: if the whole computer goes down with it, the next start
knows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nearling.core.errors import EngineLost, OutOfMemory
from nearling.core.language_model import CPU, Setup
from nearling.engines.host.failures import Failures

SMALLEST_CONTEXT = 1024
_HALVINGS = 2


class Ladder:
    """One a process."""

    def __init__(self, failures: Failures) -> None:
        self._failures = failures

    def rungs(self, setup: Setup) -> tuple[Setup, ...]:
        """The ways that did not fail lately: smaller contexts, then the processor alone."""
        return tuple(rung for rung in _all_rungs(setup) if _key(rung) not in self._failures)

    @contextmanager
    def trying(self, setup: Setup) -> Iterator[None]:
        """What happens inside is remembered as a failure unless it ends well."""
        self.failed(setup)
        try:
            yield
        except (EngineLost, OutOfMemory):
            raise
        except BaseException:  # refused or cancelled: that says nothing about the way
            self._failures.discard(_key(setup))
            raise
        else:
            self._failures.discard(_key(setup))

    def failed(self, setup: Setup) -> None:
        """It went wrong, or is about to be tried."""
        self._failures.add(_key(setup))

    def forgive(self, folder: Path) -> None:
        """Every way of running the model in `folder` may be tried again."""
        own = _name(folder)
        self._failures.discard_all(lambda key: key.split("|")[0] == own)


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
