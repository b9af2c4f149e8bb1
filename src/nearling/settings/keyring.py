"""The operating system's keyring, asked on a thread of its own and never waited for long.

A locked keyring may show a question that nobody answers, and its library takes a while to load.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from nearling.core.errors import KeyFailure
from nearling.core.language import gettext as _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SECONDS = 4.5
"""For all that one call here asks of the keyring, its library's loading included."""
_SUITABLE = 1
"""Below this priority lie backends that keep keys as plain text, or not at all."""


class Keyring:
    """Entries by service and name. Everything raises KeyFailure."""

    def __init__(self, service: str, seconds: float = SECONDS) -> None:
        self._service = service
        self._seconds = seconds
        self._at_work = Lock()
        """Held while a thread asks: one that hangs is not joined by more of them."""

    def read(self, name: str) -> str | None:
        return self._within(
            time.monotonic() + self._seconds,
            lambda backend: backend.get_password(self._service, name),
        )

    def write(self, name: str, key: str) -> None:
        """Only after another entry could be written, read and deleted."""
        until = time.monotonic() + self._seconds
        self._within(until, self._prove)
        # Begun only once the proof came in time: what was given up is not written afterwards.
        self._within(until, lambda backend: self._set(backend, name, key))

    def delete(self, name: str) -> None:
        """An entry that is not there is no failure."""

        def gone(backend: KeyringBackend) -> None:
            if backend.get_password(self._service, name) is not None:
                backend.delete_password(self._service, name)

        self._within(time.monotonic() + self._seconds, gone)

    def _prove(self, backend: KeyringBackend) -> None:
        name, word = f"probe-{secrets.token_hex(4)}", secrets.token_hex(8)
        self._set(backend, name, word)
        backend.delete_password(self._service, name)

    def _set(self, backend: KeyringBackend, name: str, key: str) -> None:
        backend.set_password(self._service, name, key)
        if backend.get_password(self._service, name) != key:
            raise _forgetful()

    def _within(self, until: float, act: Callable[[KeyringBackend], T]) -> T:
        """What `act` gives; it goes on alone when the time is over."""
        outcome: list[T | KeyFailure] = []

        def work() -> None:
            try:
                outcome.append(_asked(act))
            finally:
                self._at_work.release()

        patience = until - time.monotonic()
        if patience <= 0 or not self._at_work.acquire(timeout=patience):
            raise _slow()
        worker = Thread(target=work, name="keyring", daemon=True)
        worker.start()
        worker.join(max(0.0, until - time.monotonic()))
        if not outcome:
            raise _slow()
        if isinstance(outcome[0], KeyFailure):
            raise outcome[0]
        return outcome[0]


def _asked(act: Callable[[KeyringBackend], T]) -> T | KeyFailure:
    """What the keyring gives, or why it does not."""
    try:
        import keyring
        from keyring.errors import InitError, KeyringLocked, NoKeyringError

        backend = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001  whatever a plug-in of another program raises
        return _broken(error)
    try:
        return act(backend) if backend.priority >= _SUITABLE else _none()
    except KeyFailure as failure:
        return failure
    except NoKeyringError:
        return _none()
    except (InitError, KeyringLocked):
        return KeyFailure(
            _("The keyring of this computer is locked, or its question was dismissed."),
            _("Unlock it and try again, or name an environment variable that holds the key."),
        )
    except Exception as error:  # noqa: BLE001  backends raise what their systems raise
        return _broken(error)


def _none() -> KeyFailure:
    return KeyFailure(
        _("This computer has no keyring that keeps keys safe."),
        _("Name an environment variable that holds the key, or keep it until Nearling ends."),
    )


def _slow() -> KeyFailure:
    return KeyFailure(
        _("The keyring of this computer did not answer in time."),
        _("Look whether it asks for its password somewhere, answer that, and try again."),
    )


def _forgetful() -> KeyFailure:
    return KeyFailure(
        _("The keyring of this computer did not keep what it was given."),
        _("Name an environment variable that holds the key, or keep it until Nearling ends."),
    )


def _broken(error: Exception) -> KeyFailure:
    # Not the error's own words: they may hold what was handed in.
    return KeyFailure(
        _("The keyring of this computer cannot be used ({fault}).").format(
            fault=type(error).__name__
        ),
        _("Name an environment variable that holds the key, or keep it until Nearling ends."),
    )
