"""Documents as the rest of the house sees them: read and shown by a child, which they may kill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.errors import EngineLost, UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Rendition
from nearling.engines.host.failures import Failures
from nearling.engines.host.messages import Done, Open, Opened, RenderPage
from nearling.engines.host.supervisor import Supervisor

PATIENCE_SECONDS = 120.0
"""For one page. The slowest ones, drawings of a million strokes, take some seconds."""


class Fatal:
    """The documents that a child did not survive; for a day none of them is tried again."""

    def __init__(self, failures: Failures) -> None:
        self._failures = failures

    @contextmanager
    def watching(self, document: Capture) -> Iterator[None]:
        """Raises UnusableFile for a document that is known, or found out now, to be fatal."""
        if document.digest in self._failures:
            raise _unusable(document)
        try:
            yield
        except EngineLost as error:
            self._failures.add(document.digest)
            raise _unusable(document) from error


class DocumentReaderProxy:
    """A DocumentReader in a child."""

    def __init__(self, supervisor: Supervisor, engine: str, fatal: Fatal) -> None:
        self._supervisor = supervisor
        self._engine = engine
        self._fatal = fatal

    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        with self._fatal.watching(document):
            answers = self._supervisor.call(
                lambda id: Open(id, self._engine, document.name),
                cancellation,
                document.data,
                PATIENCE_SECONDS,
            )
            for answer in answers:
                if isinstance(answer, Opened):
                    yield answer.event


class PageRendererProxy:
    """A PageRenderer in a child."""

    def __init__(self, supervisor: Supervisor, engine: str, fatal: Fatal) -> None:
        self._supervisor = supervisor
        self._engine = engine
        self._fatal = fatal

    def render(
        self, document: Capture, page: int, longest: int, cancellation: Cancellation
    ) -> Rendition:
        with self._fatal.watching(document):
            answers = self._supervisor.call(
                lambda id: RenderPage(id, self._engine, document.name, page, longest),
                cancellation,
                document.data,
                PATIENCE_SECONDS,
            )
            for answer in answers:
                if isinstance(answer, Done) and answer.rendition is not None:
                    return answer.rendition
        raise AssertionError("a render call ends with its rendition")


def _unusable(document: Capture) -> UnusableFile:
    return UnusableFile(
        _("{name} could not be read: the process that tried it did not survive.").format(
            name=document.name
        ),
        _("Open it in another program, save it anew or as a PDF, and hand that in."),
    )
