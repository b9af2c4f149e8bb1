"""A language model in a child that may die: the prompt is still here, and goes one rung lower."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import nullcontext

from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineLost, OutOfMemory, PromptTooLong
from nearling.core.events import Prefilling, Written
from nearling.core.language import gettext as _
from nearling.core.language_model import Measured, Resident, Setup
from nearling.core.prompt import Prompt
from nearling.engines.host.ladder import Ladder
from nearling.engines.host.messages import Compose, Count, Done, Measure, ModelSetup, Prefill, Wrote
from nearling.engines.host.supervisor import Supervisor

_log = logging.getLogger(__name__)


class LanguageModelProxy:
    """A LanguageModel in a child process of its own."""

    def __init__(self, supervisor: Supervisor, engine: str, ladder: Ladder) -> None:
        self._supervisor = supervisor
        self._engine = engine
        self._ladder = ladder
        self._loaded: tuple[int | None, Setup] | None = None
        """The child it is in, and how it runs."""

    def write(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> Iterator[Written]:
        """As LanguageModel.write; a loss before the first Delta is mended, a later one is told."""
        lost: EngineLost | OutOfMemory | None = None
        for rung in self._ladder.rungs(setup):
            spoke = False
            try:
                for event in self._journalled(prompt, rung, cancellation):
                    spoke = spoke or not isinstance(event, Prefilling)
                    yield event
            except (EngineLost, OutOfMemory) as error:
                self._ladder.failed(rung)
                if spoke:
                    raise
                _log.warning("a language model was lost: %s", error.kind)
                lost = error
            except PromptTooLong:
                if lost is None:
                    raise
                break  # this rung is too low for the prompt: what stopped the better one counts
            else:
                return
        raise self._given_up() from lost

    def count(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> int:
        model = ModelSetup.of(setup)
        answers = self._supervisor.call(
            lambda id: Count(id, self._engine, prompt, model), cancellation
        )
        for answer in answers:
            if isinstance(answer, Done) and answer.tokens is not None:
                return answer.tokens
        raise AssertionError("a count call ends with its number")

    def prefill(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> None:
        """As LanguageModel.prefill, in the way in which the prompt would be answered."""
        rungs = self._ladder.rungs(setup)
        if not rungs:
            raise self._given_up()
        model = ModelSetup.of(rungs[0])
        known = self._loaded == (self._supervisor.pid, rungs[0])
        with nullcontext() if known else self._ladder.trying(rungs[0]):
            for _done in self._supervisor.call(
                lambda id: Prefill(id, self._engine, prompt, model), cancellation
            ):
                self._loaded = self._supervisor.pid, rungs[0]

    def measure(self, setup: Setup, cancellation: Cancellation) -> Measured:
        """As LanguageModel.measure; what failed before may be tried again."""
        self._ladder.forgive(setup.folder)
        model = ModelSetup.of(setup)
        with self._ladder.trying(setup):
            answers = self._supervisor.call(
                lambda id: Measure(id, self._engine, model), cancellation
            )
            for answer in answers:
                if isinstance(answer, Done) and answer.measured is not None:
                    self._loaded = self._supervisor.pid, setup
                    return answer.measured
        raise AssertionError("a measure call ends with its figures")

    def resident(self) -> Resident | None:
        """What is in memory, if anything is."""
        pid = self._supervisor.pid
        if pid is None or self._loaded is None or self._loaded[0] != pid:
            return None
        held = self.held()
        return Resident(self._loaded[1], held // 1_000_000) if held else None

    def held(self) -> int:
        """Bytes that its process holds, also while it loads a model."""
        pid = self._supervisor.pid
        if pid is None:
            return 0
        import psutil

        try:
            return int(psutil.Process(pid).memory_info().rss)
        except psutil.Error:
            return 0

    def rest(self) -> None:
        """Gives its memory back; the next call loads it again. Ends an answer under way."""
        self._supervisor.close()

    def _journalled(
        self, prompt: Prompt, setup: Setup, cancellation: Cancellation
    ) -> Iterator[Written]:
        """Writes the way down until its first event shows that it goes."""
        model = ModelSetup.of(setup)
        known = self._loaded == (self._supervisor.pid, setup)
        answers = self._supervisor.call(
            lambda id: Compose(id, self._engine, prompt, model), cancellation
        )
        events = (answer.event for answer in answers if isinstance(answer, Wrote))
        with nullcontext() if known else self._ladder.trying(setup):
            for event in events:
                if not isinstance(event, Prefilling):
                    break
                yield event
            else:
                return
        self._loaded = self._supervisor.pid, setup
        yield event
        yield from events

    def _given_up(self) -> EngineLost:
        return EngineLost(
            _("This model did not get along with this computer in any of the ways it can be run."),
            _("Choose a smaller model, or have it tried anew: nearling models verify"),
        )
