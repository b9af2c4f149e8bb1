"""Whose something is: one process of one boot of this computer, told from all others."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded where a process is looked at: no window waits for it
    import psutil

# psutil counts start times from a clock that is rounded to a second; a number of a process is
# given out again only after tens of thousands of others.
_TOLERANCE_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Owner:
    pid: int
    started: float
    """Seconds after the boot on Linux, where the wall clock may be set; elsewhere since 1970."""
    boot: str
    """Empty where the system has no name for it."""

    @classmethod
    def this_process(cls) -> Owner:
        import psutil

        pid = os.getpid()
        return cls(pid, _started(psutil.Process(pid)), _boot())

    @property
    def alive(self) -> bool:
        """Whether it still runs; a process that may not be looked at counts as alive."""
        if self.boot != _boot():
            return False
        import psutil

        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            return abs(_started(process) - self.started) < _TOLERANCE_SECONDS
        except psutil.NoSuchProcess:
            return False
        except psutil.AccessDenied:
            return True

    @property
    def mark(self) -> str:
        """Fit for a file name; `from_mark` reads it."""
        return f"{self.pid}_{self.started}_{self.boot}"

    @classmethod
    def from_mark(cls, mark: str) -> Owner | None:
        """None if no owner wrote `mark`."""
        try:
            pid, started, boot = mark.split("_")
            return cls(int(pid), float(started), boot)
        except ValueError:
            return None


def _started(process: psutil.Process) -> float:
    import psutil

    created = process.create_time()
    return created - psutil.boot_time() if sys.platform == "linux" else created


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
