"""The reader made of the PP-OCRv6 networks: its name, and the door to its stages.

Light until a reader is built: its name is asked for where no network will ever be opened.
"""

from __future__ import annotations

import time
from importlib.metadata import version

from nearling.core.cancellation import Cancellation
from nearling.core.media import Capture
from nearling.core.reading import Reading

_OUR_VERSION = 2
"""Counts up whenever the same picture would be read differently."""


def reader_id() -> str:
    """Names engine, models and our version of the reading: the key of cached readings."""
    return f"rapidocr {version('rapidocr')} PP-OCRv6-small/{_OUR_VERSION}"


class RapidReader:
    """Fulfils Reader. Opens its networks once, when built; raises EngineFailure then."""

    def __init__(self, threads: int) -> None:
        # numpy, OpenCV and the runtime: half a second, and no place in the command line.
        from nearling.engines.local.page_reader import PageReader

        self._pages = PageReader(threads)
        self._id = reader_id()

    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        started = time.perf_counter()
        page = self._pages.read(picture, cancellation)
        return Reading(
            digest=picture.digest,
            width=page.width,
            height=page.height,
            rotation=page.turn,
            lines=page.lines,
            tables=page.tables,
            codes=page.codes,
            engine=self._id,
            seconds=time.perf_counter() - started,
            look=page.look,
        )
