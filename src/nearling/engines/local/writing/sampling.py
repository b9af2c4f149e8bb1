"""Chooses the next token from a model's logits, and tells how sure the model was of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nearling.core.errors import EngineFailure
from nearling.core.language import gettext as _
from nearling.core.language_model import Sampling

Logits: TypeAlias = NDArray[np.float32]
_UNLIKELIEST = np.float32(-1e4)
"""Stands for minus infinity where it is multiplied by a probability of nothing."""
_FIRST_GLANCE = 512
"""So many of the likeliest tokens nearly always hold the whole nucleus."""


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    logprob: float
    """In nats, by the model's own distribution: no temperature, no penalty, no grammar."""
    entropy: float
    """In nats, of the same distribution."""


class Sampler:
    """For one answer; draws once for each token, so that what was guessed changes no draw."""

    def __init__(self, sampling: Sampling, prompt: Iterable[int]) -> None:
        self._sampling = sampling
        self._random = np.random.default_rng(sampling.seed)
        self._there = dict.fromkeys(prompt) if sampling.repetition != 1 else {}

    def choose(self, logits: Logits, allowed: NDArray[np.bool_] | None = None) -> Choice:
        """Raises EngineFailure where the model computed no numbers."""
        highest = logits.max()
        if not np.isfinite(highest):
            raise EngineFailure(
                _("The language model computes no numbers that mean anything."),
                _("Its files may be damaged: nearling models verify. Or choose another model."),
            )
        chosen = self._chosen(self._adjusted(logits, allowed))
        if self._sampling.repetition != 1:
            self._there[chosen] = None
        shifted = np.maximum(logits - highest, _UNLIKELIEST)
        weights = np.exp(shifted)
        total = float(weights.sum())
        spread = float(np.log(total))
        return Choice(
            chosen,
            logprob=min(0.0, float(shifted[chosen]) - spread),
            entropy=max(0.0, spread - float(weights @ shifted) / total),
        )

    def _adjusted(self, logits: Logits, allowed: NDArray[np.bool_] | None) -> Logits:
        if self._there:
            logits = logits.copy()
            there = np.fromiter(self._there, np.int64, len(self._there))
            values, factor = logits[there], np.float32(self._sampling.repetition)
            logits[there] = np.where(values > 0, values / factor, values * factor)
        if allowed is not None:
            logits = np.where(allowed, logits, np.float32(-np.inf))
        return logits

    def _chosen(self, logits: Logits) -> int:
        if self._sampling.temperature <= 0:
            return int(logits.argmax())
        weights = np.exp((logits - logits.max()) / np.float32(self._sampling.temperature))
        if self._sampling.top_p < 1:
            weights = _nucleus(weights, self._sampling.top_p)
        # The likeliest has a weight of 1.
        weights[weights < self._sampling.min_p] = 0
        heap = weights.cumsum(dtype=np.float64)
        return int(heap.searchsorted(self._random.random() * heap[-1], side="right"))


def _nucleus(weights: Logits, top_p: float) -> Logits:
    """The weights with all but the likeliest, which together make `top_p`, at nothing."""
    wanted, most = weights.sum(dtype=np.float64) * top_p, _FIRST_GLANCE
    while True:
        most = min(most, len(weights))
        likeliest = np.argpartition(weights, -most)[-most:]
        if most == len(weights) or weights[likeliest].sum(dtype=np.float64) >= wanted:
            break
        most *= 16
    likeliest = likeliest[np.lexsort((likeliest, -weights[likeliest]))]
    count = int(weights[likeliest].cumsum(dtype=np.float64).searchsorted(wanted)) + 1
    kept = np.zeros_like(weights)
    kept[likeliest[:count]] = weights[likeliest[:count]]
    return kept
