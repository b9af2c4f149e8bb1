"""Nearling without its faces, in a folder that is thrown away, for the bench's own process.

Not app.App: that one stands above this room and opens the person's own settings and history,
and a measurement may neither read nor fill those.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nearling.assistant.assistant import Assistant
from nearling.assistant.documents import Documents
from nearling.assistant.recordings import Recordings
from nearling.core.abilities import Reader, Transcriber, Writer
from nearling.core.hearing import Speech
from nearling.engines.pool import Pool
from nearling.history.history import History
from nearling.settings.options import Options


@dataclass(frozen=True, slots=True)
class Product:
    reader: Reader
    writer: Writer
    """The built-in one."""
    transcriber: Transcriber
    assistant: Assistant
    threads: int
    """As a new installation sets them; 0 is one per physical core."""


@contextmanager
def product() -> Iterator[Product]:
    """The reader and the assistant as a new installation has them; leaves nothing behind."""
    options = Options()
    with TemporaryDirectory(prefix="nearling-bench-") as folder:
        pool = Pool(options.threads, options.idle_seconds, Path(folder, "engines.log"))
        history = History(Path(folder, "history"))
        try:
            recordings = Recordings(history, pool.transcriber, lambda: Speech(None))
            documents = Documents(history, pool.document_reader, pool.reader, pool.document_engine)
            assistant = Assistant(
                history,
                pool.reader,
                pool.reader_id,
                recordings,
                lambda: pool.writers,
                cleaner=pool.cleaner,
                documents=documents,
            )
            writer = pool.writers[0].writer
            assert writer is not None  # noqa: S101
            yield Product(pool.reader, writer, pool.transcriber, assistant, options.threads)
        finally:
            pool.close()
            history.close()
