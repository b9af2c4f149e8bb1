"""Runs the product as a person would: its own executable, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearling.core.errors import EngineFailure
from nearling.core.ourselves import own_command

_LONGEST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that is over; `code` is negative for the signal that ended it."""

    code: int
    out: str
    notes: str
    seconds: float

    def object(self) -> Mapping[str, Any]:
        """The JSON object it printed. Raises EngineFailure when there is none."""
        try:
            printed = json.loads(self.out)
        except ValueError:
            printed = None
        if not isinstance(printed, dict):
            raise EngineFailure(
                f"Nearling ended with code {self.code} and without the JSON it owes.",
                "Run nearling doctor: it says what is out of order.",
            )
        return printed


def surroundings(home: Path) -> dict[str, str]:
    """The environment that keeps a run's questions and settings in `home`, and speaks UTF-8."""
    return os.environ | {"NEARLING_HOME": str(home), "PYTHONUTF8": "1"}


def run_product(words: Sequence[str], home: Path, before: Sequence[str] = ()) -> Ran:
    """Runs it to its end, `before` being words of a command that runs commands.

    Raises EngineFailure when it does not end within two minutes, OSError when it cannot start.
    """
    started = time.perf_counter()
    try:
        ran = subprocess.run(
            [*before, *own_command(*words)],
            env=surroundings(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EngineFailure(
            "Nearling gave no answer within two minutes.",
            "Try again when the computer is less busy.",
        ) from error
    return Ran(ran.returncode, ran.stdout, ran.stderr, time.perf_counter() - started)
