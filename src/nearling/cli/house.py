"""What a command is handed; each part is built when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from nearling.assistant.assistant import Assistant
    from nearling.assistant.writers import Writers
    from nearling.catalogue.library import Library
    from nearling.core.abilities import LanguageModel, Reader, Transcriber
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
    def reader(self) -> Reader: ...

    @property
    def library(self) -> Library: ...

    @property
    def file_transcriber(self) -> Transcriber: ...

    @property
    def language_model(self) -> LanguageModel: ...

    @property
    def writers(self) -> Writers: ...

    @property
    def assistant(self) -> Assistant: ...

    def warm_up(self) -> None:
        """Starts loading what reads and writes, in the background."""
        ...

    def open_window(
        self, files: tuple[str, ...], question: str, new: bool, told: Callable[[str], None]
    ) -> int:
        """Returns the exit code once the window is closed. Raises NoDisplay.

        `told` is called with "open" when the window can be seen, or with "handed over" when
        another one took what was brought.
        """
        ...
