"""The product with one scripted server beyond this computer, which wants the key sk-right."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from unittest.mock import patch

import nearling.__main__
import nearling.app
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.media import Medium
from nearling.core.writers import Price, Zone
from nearling.settings.endpoints import Endpoints
from nearling.settings.keyring import Keyring
from nearling.settings.keys import Keys

OFFERED = (
    RemoteModel("gpt-4o"),
    RemoteModel("whisper-1"),
    RemoteModel("its-own", frozenset({Medium.TEXT, Medium.PICTURE}), 5_000, Price(1, 2)),
    RemoteModel("never-heard-of"),
)


@dataclass(frozen=True)
class ScriptedTested:
    ok: bool
    sentence: str
    remedy: str
    address: str
    zone: Zone | None
    milliseconds: float


class ScriptedRemote:
    def __init__(self, endpoint: Endpoint, keys: Keys) -> None:
        self.endpoint = endpoint
        self.keys = keys

    def mended(self) -> None:
        pass

    def models(self, cancellation: Cancellation) -> tuple[RemoteModel, ...]:
        self._fetch()
        return OFFERED

    def test(self, model: str, cancellation: Cancellation) -> ScriptedTested:
        try:
            self._fetch()
        except RemoteFailure as failure:
            return ScriptedTested(False, failure.sentence, failure.remedy, "", None, 3.2)
        zone = self.endpoint.zone
        return ScriptedTested(True, f"{model} answered.", "", "192.0.2.7", zone, 1_234.5)

    def _fetch(self) -> None:
        key = self.keys.fetch(self.endpoint)
        if self.endpoint.key is not KeyPlace.NONE and key != "sk-right":
            raise RemoteFailure("The key is not accepted.", "Enter another.", RemoteKind.AUTH)


class House(nearling.app.App):
    @cached_property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.paths.endpoints_file)

    @cached_property
    def keys(self) -> Keys:
        # What else this computer does meanwhile is not tested.
        return Keys(os.environ, Keyring("nearling", seconds=40))

    def remote(self, endpoint: Endpoint) -> ScriptedRemote:
        return ScriptedRemote(endpoint, self.keys)


def main(words: Sequence[str]) -> int:
    """As `nearling WORDS`, but for the server."""
    with patch.object(nearling.app, "App", House):
        return nearling.__main__.main(words)
