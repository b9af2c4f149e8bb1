"""Records one take in the background and keeps what is told meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from nearling.capture.microphone import Microphone
from nearling.capture.recording import record
from nearling.capture.takes import Takes
from nearling.core.errors import NearlingError
from nearling.core.talk import Ending


class Recorder:
    """Presses when it is made."""

    def __init__(self, microphone: Microphone, takes: Takes) -> None:
        self.line = microphone.open()
        self.journal = takes.begin()
        self.told: list[Any] = []
        self.error: NearlingError | None = None
        self._thread = threading.Thread(target=self._record, name="recorder")
        self._thread.start()

    def _record(self) -> None:
        try:
            for told in record(self.line, self.journal):
                self.told.append(told)
        except NearlingError as error:
            self.error = error
        self.journal.seal()

    def all_told(self, kind: type) -> list[Any]:
        return [told for told in self.told if isinstance(told, kind)]

    def wait_for(self, seconds: float) -> None:
        """Until the take is so long."""
        until(lambda: self.journal.seconds >= seconds or not self._thread.is_alive())

    def end(self) -> None:
        self.line.end(Ending.RELEASED)
        self.join()

    def join(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive()


def until(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.005)
    return found
