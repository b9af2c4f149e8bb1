"""The keys of endpoints: where each lies, and never for any server but its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import KeyFailure
from nearling.core.language import gettext as _
from nearling.settings.addresses import origin
from nearling.settings.keyring import Keyring

_OFFERED = re.compile(r"[A-Z][A-Z0-9_]*_API_KEY")


class Keys:
    """Each takes up to five seconds where the keyring is asked: not for the window's thread.

    An entry is bound to the endpoint's name and its address's origin, so that a changed address
    is a stranger to the key. Another NEARLING_HOME has entries of its own.
    """

    def __init__(self, environ: Mapping[str, str], keyring: Keyring | None = None) -> None:
        home = environ.get("NEARLING_HOME", "")
        self._environ = environ
        self._keyring = keyring or Keyring(f"nearling {home}" if home else "nearling")
        self._session: dict[str, str] = {}

    def fetch(self, endpoint: Endpoint) -> str:
        """Empty where it wants none. Raises KeyFailure."""
        match endpoint.key:
            case KeyPlace.NONE:
                return ""
            case KeyPlace.ENVIRONMENT:
                return self._from_environment(endpoint.variable)
            case KeyPlace.SESSION:
                key = self._session.get(_entry(endpoint))
            case KeyPlace.KEYRING:
                key = self._keyring.read(_entry(endpoint))
        if not key:
            raise _absent(endpoint)
        return _sendable(key)

    def keep(self, endpoint: Endpoint, key: str, place: KeyPlace) -> None:
        """In the keyring or until Nearling ends; what was there before stays until then.

        To be done before the endpoint is kept: an endpoint never names a key that is not there
        without `fetch` saying so. Raises KeyFailure; ValueError for another place.
        """
        key = _sendable(key)
        match place:
            case KeyPlace.KEYRING:
                self._keyring.write(_entry(endpoint), key)
            case KeyPlace.SESSION:
                self._session[_entry(endpoint)] = key
            case _:
                raise ValueError(place)

    def forget(self, endpoint: Endpoint) -> None:
        """Wherever we keep it; variables are the person's own. Raises KeyFailure."""
        self._session.pop(_entry(endpoint), None)
        if endpoint.key is KeyPlace.KEYRING:
            self._keyring.delete(_entry(endpoint))

    def offered(self) -> tuple[str, ...]:
        """Names of variables that seem to hold a key; no value is looked at beyond being there."""
        return tuple(
            sorted(name for name, value in self._environ.items() if value and _is_offered(name))
        )

    def _from_environment(self, variable: str) -> str:
        if variable not in self._environ:
            raise KeyFailure(
                _("There is no environment variable {name}.").format(name=variable),
                _("Set it to the key where Nearling is started, or keep the key in the keyring."),
            )
        if not (key := self._environ[variable].strip()):
            raise KeyFailure(
                _("The environment variable {name} is empty.").format(name=variable),
                _("Set it to the key where Nearling is started."),
            )
        return _sendable(key)


def _entry(endpoint: Endpoint) -> str:
    return f"{endpoint.name} {origin(endpoint.base_url)}"


def _is_offered(name: str) -> bool:
    return bool(_OFFERED.fullmatch(name))


def _sendable(key: str) -> str:
    """`key` without what copying may have added. Raises KeyFailure."""
    key = key.strip()
    if key and key.isascii() and key.isprintable() and " " not in key and len(key) <= 4_096:
        return key
    raise KeyFailure(
        _("That is no key: a key is one word of plain letters, digits and signs."),
        _("Copy it again from where it was issued."),
    )


def _absent(endpoint: Endpoint) -> KeyFailure:
    return KeyFailure(
        _("There is no key for {name} at {origin}.").format(
            name=endpoint.name, origin=origin(endpoint.base_url)
        ),
        _("Enter it in the window, or hand it to: nearling endpoints key {name}").format(
            name=endpoint.name
        ),
    )
