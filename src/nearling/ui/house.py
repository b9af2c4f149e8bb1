"""What the window is handed; each part is built when it is first asked for."""

from __future__ import annotations

from typing import Protocol

from nearling.assistant.assistant import Assistant
from nearling.core.abilities import Decoder
from nearling.history.history import History
from nearling.settings.options import Options
from nearling.settings.paths import Paths


class House(Protocol):
    @property
    def paths(self) -> Paths: ...

    @property
    def options(self) -> Options:
        """Raises SettingsFailure."""
        ...

    @property
    def history(self) -> History:
        """Raises StorageFailure."""
        ...

    @property
    def decoder(self) -> Decoder: ...

    @property
    def assistant(self) -> Assistant: ...

    @property
    def quoting(self) -> frozenset[str]:
        """Ids of the writers that say nothing but what a source says."""
        ...

    def warm_up(self) -> None:
        """Starts loading what reads and writes, in the background."""
        ...

    def warm_for_pictures(self) -> None:
        """Starts what decodes pictures, in the background."""
        ...
