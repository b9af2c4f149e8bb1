"""Reduces the pictures of a message to text, once each, however often they are asked about."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from nearling.core.abilities import Reader
from nearling.core.cancellation import Cancellation
from nearling.core.media import Capture
from nearling.core.reading import Reading

_KEPT = 16
"""Pictures that were read and not asked about yet; a reading holds some ten kilobytes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    reading: Reading
    cached: bool


class Preparation:
    """Reads pictures and remembers what they said, by the hash of their bytes.

    Until the history keeps it: what is forgotten there must not be left here.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._reading = threading.Lock()

    def remembered(self, digest: str) -> Reading | None:
        return self._readings.get(digest)

    def remember(self, reading: Reading) -> None:
        self._readings[reading.digest] = reading
        self._readings.move_to_end(reading.digest)
        while len(self._readings) > _KEPT:
            self._readings.popitem(last=False)

    def forget(self, digest: str) -> None:
        self._readings.pop(digest, None)

    def read(self, picture: Capture, cancellation: Cancellation) -> Prepared:
        """What `picture` says; a second caller with the same picture waits for the first.

        Raises what Reader.read raises.
        """
        with cancellation.holding(self._reading):
            known = self.remembered(picture.digest)
            if known is not None:
                return Prepared(known, cached=True)
            reading = self._reader.read(picture, cancellation)
            self.remember(reading)
            return Prepared(reading, cached=False)
