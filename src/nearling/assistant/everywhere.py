"""The key that begins a take while any window has the keyboard, as the options name it."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from nearling.capture.hotkey import Hotkey
from nearling.capture.key_source import KeySource, key_source
from nearling.core.errors import HotkeyFailure
from nearling.core.faults import named

_FAREWELL_SECONDS = 5.0


class EverywhereKey:
    """One at a time; all that waits for the desktop happens on a thread of its own."""

    def __init__(
        self,
        press: Callable[[], None],
        release: Callable[[], None],
        failed: Callable[[HotkeyFailure], None],
    ) -> None:
        self._press = press
        self._release = release
        self._failed = failed
        self._wanted: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._named = ""
        self._source: KeySource | None = None

    def choose(self, name: str) -> None:
        """The key of that name from now on, "" for none; returns at once."""
        if self._thread is None:
            if not name:
                return
            self._thread = threading.Thread(target=self._run, name="everywhere key", daemon=True)
            self._thread.start()
        self._wanted.put(name)

    def close(self) -> None:
        if self._thread is not None:
            self._wanted.put(None)
            self._thread.join(_FAREWELL_SECONDS)

    def _run(self) -> None:
        while (name := self._wanted.get()) is not None:
            try:
                self._change(name)
            except HotkeyFailure as failure:
                self._failed(failure)
            except Exception as error:  # noqa: BLE001  the next choice must find this thread alive
                logging.getLogger(__name__).error("%s", named(error))  # noqa: TRY400
        self._let_go()

    def _change(self, name: str) -> None:
        if name == self._named:
            return
        self._let_go()
        self._named = name
        if name:
            source = key_source(Hotkey.parse(name), self._press, self._release)
            source.start()
            self._source = source

    def _let_go(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            with suppress(HotkeyFailure):  # the screen is gone, and the key with it
                source.stop()
