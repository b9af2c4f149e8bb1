"""What a command is handed; each part is built when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from nearling.assistant.assistant import Assistant
    from nearling.assistant.extraction import Extraction
    from nearling.assistant.writers import Writers
    from nearling.catalogue.library import Library
    from nearling.core.abilities import DocumentReader, LanguageModel, Reader, Transcriber
    from nearling.core.cancellation import Cancellation
    from nearling.core.endpoints import Endpoint, RemoteModel
    from nearling.core.writers import Zone
    from nearling.history.history import History
    from nearling.settings.endpoints import Endpoints
    from nearling.settings.keys import Keys
    from nearling.settings.options import Options
    from nearling.settings.paths import Paths


class Tested(Protocol):
    """Whether an endpoint answered, and who did."""

    @property
    def ok(self) -> bool: ...

    @property
    def sentence(self) -> str: ...

    @property
    def remedy(self) -> str: ...

    @property
    def address(self) -> str:
        """That was really connected; empty if none was."""
        ...

    @property
    def zone(self) -> Zone | None: ...

    @property
    def milliseconds(self) -> float: ...


class Remote(Protocol):
    """A server beyond this computer. Everything raises RemoteFailure, KeyFailure or Cancelled."""

    def models(self, cancellation: Cancellation) -> tuple[RemoteModel, ...]: ...

    def test(self, model: str, cancellation: Cancellation) -> Tested: ...

    def transcribe(
        self, recording: bytes, name: str, model: str, language: str, cancellation: Cancellation
    ) -> str: ...


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
    def document_reader(self) -> DocumentReader: ...

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

    @property
    def extraction(self) -> Extraction: ...

    @property
    def endpoints(self) -> Endpoints: ...

    @property
    def keys(self) -> Keys: ...

    def remote(self, endpoint: Endpoint) -> Remote: ...

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
