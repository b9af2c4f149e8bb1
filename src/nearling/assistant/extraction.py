"""A table of files: one row for each, in the order given, kept as soon as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nearling.assistant.documents import Documents
from nearling.core.abilities import Extractor, Reader
from nearling.core.cancellation import Cancellation
from nearling.core.errors import (
    Cancelled,
    Interrupted,
    NearlingError,
    StorageFailure,
    TimedOut,
    UnusableFile,
)
from nearling.core.extraction import Extracted, FileFailed, Row
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Medium
from nearling.core.reading import Reading
from nearling.history.history import History

_ENDS = (Cancelled, Interrupted, TimedOut, StorageFailure)
"""What ends the whole table; any other failure is one file's."""


class Extraction:
    """Reads what is not known yet; a run that is cut goes on where it was, if it is begun again."""

    def __init__(
        self,
        history: History,
        reader: Reader,
        extractor: Extractor,
        engines: Sequence[str],
        documents: Documents | None = None,
    ) -> None:
        """`engines` are the versions of reader and extractor; without `documents`, pictures only.

        The first of `engines` is the one that readings are kept under.
        """
        self._history = history
        self._reader = reader
        self._extractor = extractor
        self._engines = tuple(engines)
        self._documents = documents

    def table(
        self,
        files: Sequence[Callable[[], Capture]],
        fields: Sequence[str],
        cancellation: Cancellation,
    ) -> Iterator[Row | FileFailed]:
        """`files` are taken one by one, each when its turn comes.

        Raises Cancelled and its like, or StorageFailure; what was finished is kept then.
        """
        for number, take in enumerate(files):
            cancellation.check()
            try:
                yield self._row(number, take(), fields, cancellation)
            except _ENDS:
                raise
            except NearlingError as error:
                yield FileFailed(number, error)

    def _row(
        self, number: int, file: Capture, fields: Sequence[str], cancellation: Cancellation
    ) -> Row:
        if file.medium is Medium.CLIP:
            raise UnusableFile(
                _("{name} is a recording.").format(name=file.name),
                _("Have it written down: nearling transcribe"),
            )
        engine = " ".join(self._engines)
        known = self._history.extracted.find(file.digest, fields, engine)
        if known is not None:
            return Row(number, known, known=True)
        readings = self._read(file, cancellation)
        cells = self._extractor.extract(readings, fields, cancellation)
        found = Extracted(cells, len(readings) if file.medium is Medium.DOCUMENT else 0)
        self._history.extracted.keep(file.digest, fields, engine, found)
        return Row(number, found, known=False)

    def _read(self, file: Capture, cancellation: Cancellation) -> tuple[Reading, ...]:
        if file.medium is Medium.DOCUMENT and self._documents is not None:
            return tuple(page.reading for page in self._documents.pages(file, cancellation))
        known = self._history.reading(file.digest, self._engines[0])
        return (known or self._reader.read(file, cancellation),)
