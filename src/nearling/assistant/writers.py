"""Who can answer on this computer now: the built-in writer and the models on the shelf."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue.computer import free_memory
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements, mark_of
from nearling.catalogue.writer_fit import fit, memory
from nearling.catalogue.writer_folder import WriterFolder, inspect
from nearling.core.abilities import LanguageModel
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableModel
from nearling.core.events import Written
from nearling.core.language_model import CPU, QUICKEST, Measured, Resident, Sampling, Setup
from nearling.core.media import Medium
from nearling.core.prompt import Prompt
from nearling.core.writers import Speed, WriterProfile, Zone
from nearling.engines.pool import Candidate, Pool
from nearling.settings.options import Options

_TIERS = ((2_000_000_000, 1), (8_000_000_000, 2))
"""Up to so many bytes of weights a model is of this tier; larger ones are of the third."""


@dataclass(frozen=True, slots=True)
class BoundWriter:
    """A language model with its setup: a Writer, a TokenCounter and a Prefiller."""

    model: LanguageModel
    setup: Setup

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        return self.model.write(prompt, self.setup, cancellation)

    def count(self, prompt: Prompt, cancellation: Cancellation) -> int:
        return self.model.count(prompt, self.setup, cancellation)

    def prefill(self, prompt: Prompt, cancellation: Cancellation) -> None:
        self.model.prefill(prompt, self.setup, cancellation)


class Writers:
    """Looks at the shelf anew each time it is asked: models come and go while Nearling runs."""

    def __init__(
        self,
        pool: Pool,
        library: Library,
        measurements: Measurements,
        options: Options,
    ) -> None:
        self._pool = pool
        self._library = library
        self._measurements = measurements
        self._options = options
        self._named: dict[str, WriterFolder] = {}
        self._contexts: dict[Path, int] = {}
        """Chosen once: what is free changes all the time, and each change would load anew."""

    def use(self, options: Options) -> None:
        self._options = options

    def __call__(self) -> tuple[Candidate, ...]:
        found = (self._candidate(name, folder) for name, folder in self._folders().items())
        return (*self._pool.writers, *found)

    def resident(self) -> Resident | None:
        """The language model that is in memory, if one is."""
        return self._pool.resident()

    def rest(self) -> None:
        """Has the language model give its memory back; the next question loads it again."""
        self._pool.rest()

    def name(self, folder: Path) -> str:
        """The id under which the model in `folder` can be asked, on the shelf or not.

        Raises UnusableModel.
        """
        seen = inspect(folder)
        for name, known in self._folders().items():
            if known.folder == seen.folder:
                return name
        self._named[str(seen.folder)] = seen
        return str(seen.folder)

    def measure(self, id: str, cancellation: Cancellation) -> Measured:
        """How fast a model is here, kept for the router. Takes up to 20 seconds after its load.

        Raises UnusableModel, and what LanguageModel.measure raises.
        """
        seen = self._library.find(id)
        if seen.writer is None:
            raise UnusableModel(seen.problem, "")
        measured = self._pool.language_model.measure(self._setup(seen.writer), cancellation)
        self._measurements.keep(id, seen.writer.graph, measured)
        return measured

    def _folders(self) -> dict[str, WriterFolder]:
        shelf = {
            each.id: each.writer
            for each in self._library.installed("writer")
            if each.writer is not None
        }
        return shelf | self._named

    def _candidate(self, id: str, folder: WriterFolder) -> Candidate:
        setup = self._setup(folder)
        measured = self._measurements.latest(id, folder.graph)
        profile = WriterProfile(
            id=id,
            name=id,
            zone=Zone.COMPUTER,
            accepts=frozenset({Medium.TEXT}),
            context_length=setup.context_length,
            tier=next((tier for most, tier in _TIERS if folder.bytes <= most), 3),
            speed=None if measured is None else Speed(measured.prefill, measured.decode),
            answer_tokens=setup.sampling.most_tokens,
            memory=self._to_be_had(folder, setup),
        )
        writer = BoundWriter(self._pool.language_model, setup)
        return Candidate(
            profile,
            writer,
            writer,
            writer,
            is_awake=lambda: self._is_resident(setup),
            version=_version(folder, setup),
        )

    def _to_be_had(self, folder: WriterFolder, setup: Setup) -> int:
        """Bytes that the model takes beyond what its process holds now."""
        if self._is_resident(setup):
            return 0
        return max(0, memory(folder, setup.context_length) - self._pool.held())

    def _is_resident(self, setup: Setup) -> bool:
        found = self.resident()
        if found is None:
            return False
        loaded = found.setup
        return (loaded.folder, loaded.context_length) == (setup.folder, setup.context_length)

    def _setup(self, folder: WriterFolder) -> Setup:
        options = self._options
        if folder.folder not in self._contexts:
            self._contexts[folder.folder] = fit(folder, free_memory()).context_length
        context = min(self._contexts[folder.folder], options.context_tokens)
        return Setup(
            folder.folder,
            context,
            provider=QUICKEST if options.processor == "quickest" else CPU,
            reuse=options.reuse_prompt,
            lookup=options.look_ahead,
            sampling=Sampling(
                temperature=options.variety_percent / 100,
                most_tokens=min(options.answer_tokens, context // 2),
            ),
        )


def _version(folder: WriterFolder, setup: Setup) -> str | None:
    """Of the model and of how it chooses its words; None where chance has a part in that."""
    if setup.sampling.temperature:
        return None
    return json.dumps([mark_of(folder.graph), str(setup.folder), str(setup.sampling)])
