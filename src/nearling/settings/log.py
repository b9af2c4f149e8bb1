"""The log of this process: warnings and faults, never a secret or a person's words."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"


class _PatientHandler(RotatingFileHandler):
    """Makes its folder when there is something to write; where it cannot, the log is lost."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A log that cannot be written is no reason to disturb anybody."""


def log_to(file: Path) -> None:
    """Sends what this process logs to `file`, a megabyte and one older one at most."""
    handler = _PatientHandler(file, maxBytes=1_000_000, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.setLevel(logging.WARNING)
    root = logging.getLogger()
    for previous in root.handlers[:]:
        if isinstance(previous, _PatientHandler):
            root.removeHandler(previous)
            previous.close()
    root.addHandler(handler)
