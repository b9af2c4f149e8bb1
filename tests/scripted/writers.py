"""The writers of a house without a pool: who answers is written down beforehand."""

from __future__ import annotations

from collections.abc import Iterable

from nearling.core.cancellation import Cancellation
from nearling.core.errors import NearlingError
from nearling.core.language_model import Measured, Resident
from nearling.engines.pool import Candidate
from nearling.settings.options import Options

MEASURED = Measured(200.0, 23.4, 0.5, 300, "CPUExecutionProvider", 1)


class ScriptedWriters:
    """Remembers what it was told to do; a test may change who is there."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self.candidates = tuple(candidates)
        self.in_memory: Resident | None = None
        self.measures: Measured | NearlingError = MEASURED
        self.measured: list[str] = []
        self.rested = 0
        self.used: list[Options] = []

    def __call__(self) -> tuple[Candidate, ...]:
        return self.candidates

    def resident(self) -> Resident | None:
        return self.in_memory

    def rest(self) -> None:
        self.rested += 1
        self.in_memory = None

    def measure(self, id: str, cancellation: Cancellation) -> Measured:
        cancellation.check()
        self.measured.append(id)
        if isinstance(self.measures, NearlingError):
            raise self.measures
        return self.measures

    def use(self, options: Options) -> None:
        self.used.append(options)
