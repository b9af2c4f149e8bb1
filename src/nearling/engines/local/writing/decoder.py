"""A language model's decoder: takes tokens, gives logits, and remembers what it has taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.cancellation import Cancellation
from nearling.core.errors import PromptTooLong
from nearling.core.language import gettext as _
from nearling.core.language_model import CPU
from nearling.engines.local.writing.cache import Cache, SharedCache, SlicedCache
from nearling.engines.local.writing.graph import IDS, KEEP, MASK, POSITIONS
from nearling.engines.local.writing.providers import device_of, running
from nearling.engines.local.writing.runtime import load_runtime
from nearling.engines.local.writing.session import in_our_words, open_session

CHUNK = 128
"""Tokens of a prompt that are taken at once: faster than all of it, and soon given up."""


class Decoder:
    def __init__(
        self, files: WriterFolder, *, context_length: int, threads: int, provider: str = CPU
    ) -> None:
        """Raises UnusableModel, OutOfMemory, EngineFailure."""
        opened = open_session(files, threads, provider)
        graph = opened.graph
        self._folder = files.folder
        self._session = opened.session
        self._graph = graph
        self._most = min(context_length, graph.most_positions or context_length)
        self._cache: Cache = (
            SharedCache(graph.slots, self._most, device_of(provider))
            if graph.shared
            else SlicedCache(graph.slots, device_of(provider))
        )
        self._binding = opened.session.io_binding()
        self._ones = np.ones((1, self._most), graph.inputs.get(MASK, np.int64))
        self._counted = np.arange(self._most, dtype=graph.inputs.get(POSITIONS, np.int64))[None]
        self._length = 0

    @property
    def length(self) -> int:
        """Positions whose keys and values are held."""
        return self._length

    @property
    def context_length(self) -> int:
        """Positions that it can hold: as many as were asked for, or as the graph was made for."""
        return self._most

    @property
    def exact(self) -> bool:
        """Whether tokens taken at once give the logits that they give one by one.

        Where inputs are rounded together they do not, and no guess can be checked.
        """
        return self._graph.exact

    @property
    def provider(self) -> str:
        """That truly runs."""
        return running(self._session)

    def prefill(
        self,
        ids: Sequence[int] | NDArray[np.int64],
        cancellation: Cancellation,
        told: Callable[[int], None],
    ) -> NDArray[np.float32]:
        """Takes a prompt in chunks, tells how many of its tokens are done; the last one's logits.

        After Cancelled, `length` says what was taken, and more may follow. Raises PromptTooLong.
        """
        self._check_room(len(ids))
        logits: NDArray[np.float32] = np.empty((1, 0), np.float32)
        for begin in range(0, len(ids), CHUNK):
            cancellation.check()
            logits = self.forward(ids[begin : begin + CHUNK], 1, cancellation)
            told(min(begin + CHUNK, len(ids)))
        last: NDArray[np.float32] = logits[-1]
        return last

    def forward(
        self,
        ids: Sequence[int] | NDArray[np.int64],
        keep: int = 1,
        cancellation: Cancellation | None = None,
    ) -> NDArray[np.float32]:
        """Takes tokens and gives the logits of the last `keep` of them: [keep, vocabulary].

        Raises PromptTooLong, OutOfMemory, EngineFailure; then nothing was taken.
        """
        self._check_room(len(ids))
        end = self._length + len(ids)
        with self._running(cancellation) as options:
            self._bind(ids, keep, end)
            self._session.run_with_iobinding(self._binding, options)
            logits, *presents = self._binding.get_outputs()
            self._cache.keep(presents)
            self._length = end
            return np.array(logits.numpy()[0, -keep:], np.float32)

    def rewind(self, length: int) -> None:
        """Forgets what comes after `length` positions."""
        if not 0 <= length <= self._length:
            raise ValueError(f"{length} of {self._length} positions")
        if length < self._length:
            self._cache.rewind(length)
            self._length = length

    def _bind(self, ids: Sequence[int] | NDArray[np.int64], keep: int, end: int) -> None:
        graph, binding = self._graph, self._binding
        # The first output, so that the cache's follow it in the list that a run gives.
        binding.bind_output(graph.logits)
        self._cache.bind(binding, self._length, end)
        binding.bind_cpu_input(IDS, np.array(ids, graph.inputs[IDS])[None])
        if MASK in graph.inputs:
            binding.bind_cpu_input(MASK, self._ones[:, :end])
        if POSITIONS in graph.inputs:
            binding.bind_cpu_input(POSITIONS, self._counted[:, self._length : end])
        if graph.keep_size is not None:
            kept = np.full(graph.keep_size, keep, graph.inputs[KEEP])
            binding.bind_cpu_input(KEEP, kept)

    @contextmanager
    def _running(self, cancellation: Cancellation | None) -> Iterator[object]:
        """What a run is told, so that it ends early when it is cancelled; raises the reason."""
        options = load_runtime().RunOptions()
        if cancellation is None:
            with in_our_words(self._folder):
                yield options
            return

        def terminate() -> None:
            options.terminate = True

        cancellation.check()
        with cancellation.telling(terminate), in_our_words(self._folder):
            try:
                yield options
            except Exception:
                cancellation.check()
                raise

    def _check_room(self, more: int) -> None:
        if more < 1:
            raise ValueError("no tokens")
        if self._length + more > self._most:
            raise PromptTooLong(
                _("That is {tokens} tokens; the model holds {most} of them at once.").format(
                    tokens=self._length + more, most=self._most
                ),
                _("Ask about less at once, or choose a longer context for this model."),
            )
