"""Endpoints that are reached nowhere, and a keyring in memory, each as a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import NearlingError
from nearling.core.tested import Tested
from nearling.core.writers import Zone
from nearling.settings.addresses import promised_zone
from nearling.settings.keys import Keys


def endpoint(name="work", base_url="https://api.example.org/v1", models=("large",), **more):
    more = {"zone": promised_zone(base_url)} | more
    return Endpoint(name, base_url, tuple(RemoteModel(each) for each in models), **more)


def tried(ok=True, sentence="It answers.", remedy="", **more):
    known = {"address": "203.0.113.7", "zone": Zone.CLOUD, "milliseconds": 312}
    return Tested(ok, sentence, remedy, **(known | more))


@dataclass
class ScriptedRemotes:
    """Called as `house.remote`; every connection that would be made is in `asked`."""

    keys: Keys
    offers: tuple[RemoteModel, ...] | NearlingError = ()
    tested: Tested | NearlingError = field(default_factory=tried)
    wait: Callable[[Cancellation], None] = lambda _: None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """What was done, the endpoint's host and path, and the key that would have been sent."""
    mended: list[str] = field(default_factory=list)
    """Names of endpoints that were given another key."""

    def __call__(self, endpoint: Endpoint) -> ScriptedRemote:
        return ScriptedRemote(self, endpoint)


@dataclass
class ScriptedRemote:
    _all: ScriptedRemotes
    _endpoint: Endpoint

    def mended(self) -> None:
        self._all.mended.append(self._endpoint.name)

    def models(self, cancellation: Cancellation) -> tuple[RemoteModel, ...]:
        return self._ask("models", self._all.offers, cancellation)

    def test(self, model: str, cancellation: Cancellation) -> Tested:
        return self._ask(f"test {model}", self._all.tested, cancellation)

    def _ask(self, what, answer, cancellation):
        self._all.asked.append(
            (what, self._endpoint.base_url, self._all.keys.fetch(self._endpoint))
        )
        self._all.wait(cancellation)
        if isinstance(answer, NearlingError):
            raise answer
        return answer


@dataclass
class ScriptedKeyring:
    """`fails` is raised by all that is asked of it, `wait` is called before."""

    entries: dict[str, str] = field(default_factory=dict)
    fails: NearlingError | None = None
    wait: Callable[[], object] = lambda: None

    def read(self, name: str) -> str | None:
        self._come()
        return self.entries.get(name)

    def write(self, name: str, key: str) -> None:
        self._come()
        self.entries[name] = key

    def delete(self, name: str) -> None:
        self._come()
        self.entries.pop(name, None)

    def _come(self) -> None:
        self.wait()
        if self.fails is not None:
            raise self.fails
