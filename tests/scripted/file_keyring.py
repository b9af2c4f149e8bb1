"""A keyring in a file, chosen as people choose one: by keyring's own configuration.

SCRIPTED_KEYRING is the file. SCRIPTED_KEYRING_STOP, such as "2 before" or "2 after", stops the
second writing there for ever, once a file beside it says so.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from keyring.backend import KeyringBackend

BACKEND = f"{__name__}.FileKeyring"


class FileKeyring(KeyringBackend):
    priority = 5

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.file = file or Path(os.environ.get("SCRIPTED_KEYRING", os.devnull))
        self.writings = 0

    def entries(self) -> dict[str, str]:
        return json.loads(self.file.read_text()) if self.file.is_file() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries().get(f"{service}|{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.writings += 1
        self._stop("before")
        self._write(self.entries() | {f"{service}|{username}": password})
        self._stop("after")

    def delete_password(self, service: str, username: str) -> None:
        entries = self.entries()
        del entries[f"{service}|{username}"]
        self._write(entries)

    def _write(self, entries: dict[str, str]) -> None:
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(json.dumps(entries))
        fresh.replace(self.file)

    def _stop(self, moment: str) -> None:
        if os.environ.get("SCRIPTED_KEYRING_STOP") == f"{self.writings} {moment}":
            self.file.with_suffix(".stopped").touch()
            threading.Event().wait()
