"""One open reader for the whole session."""

from collections.abc import Callable

import pytest
from PIL import Image

from nearling.core.cancellation import Cancellation
from nearling.core.reading import Reading
from nearling.engines.local.rapid_reader import RapidReader
from scripted.sketches import capture, encoded

Read = Callable[[Image.Image], Reading]


@pytest.fixture(scope="session")
def reader() -> RapidReader:
    return RapidReader(2)


@pytest.fixture(scope="session")
def read(reader: RapidReader) -> Read:
    return lambda image: reader.read(capture(encoded(image)), Cancellation())
