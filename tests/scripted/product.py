"""The installed product, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearling.history.history import History

COMMAND = (sys.executable, "-P", "-m", "nearling")
NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    notes: str

    @property
    def json(self) -> dict[str, Any]:
        assert self.out.count("\n") == 1, self.out
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def error(self) -> dict[str, str]:
        error: dict[str, str] = self.json["error"]
        return error


@dataclass(frozen=True)
class Product:
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"NEARLING_HOME": str(self.home)}

    def run(
        self,
        *words: str | Path,
        before: Sequence[str] = (),
        stdin: str | bytes = b"",
        timeout: float = 60,
    ) -> Ended:
        """Runs `nearling words…`; a traceback is a failure whatever the test looks for."""
        done = subprocess.run(
            [*before, *COMMAND, *map(str, words)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=timeout,
            env=self.environment,
            check=False,
        )
        ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ended.notes, ended.notes
        return ended

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
        )

    def questions(self) -> list[str]:
        """Every question in the history, oldest first."""
        with History(self.home / "history") as history:
            conversations = reversed(history.conversations(1000))
            turns = [turn for each in conversations for turn in history.turns(each.id)]
        return [turn.message.text for turn in turns]
