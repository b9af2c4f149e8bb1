"""Talks to an engine without Nearling around it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal

from nearling.core.errors import EngineFailure

Settings = Literal["tuned", "defaults"]

_LONGEST_SIDE = 1280
"""Pixels the detector sees at most, as in our own reader."""
_NICENESS = 5
"""That of our own child processes: on a busy computer both must wait alike."""


class BareEngine:
    def __init__(self, name: str, asked: IO[str], told: IO[str]) -> None:
        self.name = name
        """What it says it is."""
        self._asked = asked
        self._told = told

    def seconds(self, file: Path) -> float:
        """What taking in the file took inside the engine's process. Raises EngineFailure."""
        return float(self.ask({"file": str(file)})["seconds"])

    def ask(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Raises EngineFailure."""
        try:
            self._asked.write(json.dumps(asked) + "\n")
            self._asked.flush()
        except OSError as error:
            raise _lost("it ended") from error
        return _heard(self._told)


@contextmanager
def bare_engine(settings: Settings, threads: int) -> Iterator[BareEngine]:
    """RapidOCR, loaded. Raises EngineFailure when it cannot be."""
    with _started("rapidocr_engine", settings, str(_LONGEST_SIDE), str(threads)) as engine:
        yield engine


@contextmanager
def bare_whisper(model: Path, threads: int) -> Iterator[BareEngine]:
    """faster-whisper, loaded. Raises EngineFailure when it cannot be."""
    with _started("whisper_engine", str(model), str(threads)) as engine:
        yield engine


def make_whisper(shape: str, tokens_of: Path, folder: Path) -> None:
    """A model of a real one's shape and speed. Raises EngineFailure."""
    module = "nearling.engines.local.bare.random_whisper"
    line = [sys.executable, "-P", "-m", module, shape, str(tokens_of), str(folder)]
    if subprocess.run(line, stdin=subprocess.DEVNULL, check=False).returncode:
        raise _lost("no model could be made")


@contextmanager
def _started(program: str, *words: str) -> Iterator[BareEngine]:
    # The module by its name: this room may start what it may not import.
    module = f"nearling.engines.local.bare.{program}"
    with engine_of([sys.executable, "-P", "-m", module, *words]) as engine:
        yield engine


@contextmanager
def engine_of(
    command: Sequence[str], environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[BareEngine]:
    """Whatever `command` starts, its last word being how nice it is; `environment` beside ours.

    Raises EngineFailure.
    """
    with subprocess.Popen(
        [*command, str(_NICENESS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        encoding="utf-8",
    ) as popen:
        assert popen.stdin is not None  # noqa: S101
        assert popen.stdout is not None  # noqa: S101
        try:
            if "ready" not in (first := _heard(popen.stdout)):
                raise _lost(str(first.get("failed")))
            yield BareEngine(first["ready"], popen.stdin, popen.stdout)
        finally:
            popen.kill()


def _heard(told: IO[str]) -> Mapping[str, Any]:
    line = told.readline()
    if not line:
        raise _lost("it ended")
    heard: Mapping[str, Any] = json.loads(line)
    return heard


def _lost(why: str) -> EngineFailure:
    return EngineFailure(
        f"The baseline cannot be measured here: {why}.",
        "Install Nearling from its sources: a packaged one has no Python to run the baseline in.",
    )
