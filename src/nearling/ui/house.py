"""What the window is handed; each part is built when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # nobody asks, talks or looks at models before the window is seen
    from nearling.assistant.assistant import Assistant
    from nearling.assistant.extraction import Extraction
    from nearling.catalogue.library import Library
    from nearling.core.abilities import Decoder, PageRenderer
    from nearling.core.cancellation import Cancellation
    from nearling.core.endpoints import Endpoint, RemoteModel
    from nearling.core.language_model import Measured, Resident
    from nearling.core.speech_models import Suggestion
    from nearling.core.talk import Told
    from nearling.core.tested import Tested
    from nearling.core.writers import WriterProfile
    from nearling.history.history import History
    from nearling.settings.endpoints import Endpoints
    from nearling.settings.keys import Keys
    from nearling.settings.options import Options
    from nearling.settings.paths import Paths


class Talker(Protocol):
    """Every call returns at once; what comes of it is told."""

    def press(self) -> None: ...

    def release(self) -> None: ...

    def end(self) -> None: ...

    def cancel(self) -> None: ...

    def hear(self, take: Path) -> None:
        """Has a take heard that lies there already."""
        ...


class Voice(Protocol):
    """All but `talker` and `use` take their time: not to be called on the thread of the window."""

    def talker(self, tell: Callable[[Told], None]) -> Talker:
        """`tell` is called on any thread, in order; also for what another key begins."""
        ...

    def use(self, options: Options) -> None:
        """From the next take on: how the person wants it now."""
        ...

    def has_model(self) -> bool:
        """Whether what is said can be written down."""
        ...

    def suggestion(self) -> Suggestion | None:
        """None where no model is known that fits."""
        ...

    def adopt(self, model: Path) -> None:
        """Takes the folder as speech model. Raises UnusableFile."""
        ...

    def devices(self) -> Sequence[str]:
        """The microphones' names."""
        ...

    def models(self) -> Sequence[str]:
        """The ids of the speech models that are here."""
        ...

    def found(self) -> Sequence[Path]:
        """Takes that a process which died has left, sealed."""
        ...

    def let_go(self, take: Path) -> None:
        """Its text is safe in the history."""
        ...

    def delete(self, take: Path) -> None: ...

    def tidy(self) -> None:
        """Erases recordings that are older than the person wants to keep them."""
        ...

    def play(self, recording: bytes, cancellation: Cancellation) -> Iterator[float]:
        """Plays a WAV file; yields how many seconds have been heard. Raises PlaybackFailure."""
        ...


class Answerer(Protocol):
    @property
    def profile(self) -> WriterProfile: ...


class Writers(Protocol):
    """All but `use` take their time: not to be called on the thread of the window."""

    def __call__(self) -> Sequence[Answerer]:
        """Who can answer now."""
        ...

    def resident(self) -> Resident | None:
        """The language model that is in memory, if one is."""
        ...

    def rest(self) -> None:
        """Has it give its memory back; ends an answer under way."""
        ...

    def measure(self, id: str, cancellation: Cancellation) -> Measured:
        """Some 20 seconds after its load. Raises what a language model raises."""
        ...

    def use(self, options: Options) -> None:
        """From the next question on: how the person wants it now."""
        ...


class Remote(Protocol):
    """An endpoint that can be reached. Every call but `mended` connects."""

    def mended(self) -> None:
        """It was given another key."""
        ...

    def models(self, cancellation: Cancellation) -> Sequence[RemoteModel]:
        """What it offers. Raises RemoteFailure or KeyFailure."""
        ...

    def test(self, model: str, cancellation: Cancellation) -> Tested: ...


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
    def page_renderer(self) -> PageRenderer: ...

    @property
    def assistant(self) -> Assistant: ...

    @property
    def extraction(self) -> Extraction: ...

    @property
    def quoting(self) -> frozenset[str]:
        """Ids of the writers that say nothing but what a source says."""
        ...

    @property
    def writers(self) -> Writers: ...

    @property
    def library(self) -> Library:
        """The models that are here."""
        ...

    @property
    def endpoints(self) -> Endpoints:
        """Those that the person has added."""
        ...

    @property
    def keys(self) -> Keys: ...

    def remote(self, endpoint: Endpoint) -> Remote: ...

    @property
    def hears(self) -> bool:
        """Whether there is a voice; nothing of it is shown where there is none."""
        ...

    @property
    def voice(self) -> Voice | None:
        """Takes a moment where it is first asked for."""
        ...

    def warm_up(self) -> None:
        """Starts loading what reads and writes, in the background."""
        ...

    def warm_for_pictures(self) -> None:
        """Starts what decodes pictures, in the background."""
        ...
