"""Writes an answer token by token: take in what is new of a prompt, then choose, guess, verify."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nearling.core.cancellation import Cancellation
from nearling.core.events import Finished, Prefilling
from nearling.core.language_model import Sampling
from nearling.engines.local.writing.detokenising import Detokeniser
from nearling.engines.local.writing.grammar import Form
from nearling.engines.local.writing.held import CHUNK, Held
from nearling.engines.local.writing.sampling import Logits, Sampler
from nearling.engines.local.writing.stopping import Stops

_MOST_GUESSES = 8
"""Verified at once: more gain little where all are right, and cost more where none is."""


@dataclass(frozen=True, slots=True)
class Token:
    """One step of an answer; the one that ends it brings the rest of the text along."""

    id: int
    text: str
    """What can be shown now; may be nothing, and may end before this token does."""
    logprob: float
    entropy: float


class Guessing(Protocol):
    def propose(self, tokens: NDArray[np.int64], most: int) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One prompt as tokens, and how its answer is to be written."""

    ids: Sequence[int]
    sampling: Sampling
    most_tokens: int
    """Of the answer; with the prompt they fit into the context."""
    ends: Collection[int]
    decode: Callable[[Sequence[int]], str]
    form: Form | None = None
    reuse: bool = True
    guessing: Guessing | None = None


def generate(
    held: Held, asked: Asked, cancellation: Cancellation
) -> Iterator[Prefilling | Token | Finished]:
    """Raises what the decoder raises, and the cancellation's reason between two tokens."""
    total, written = len(asked.ids), 0
    reused = held.begin(asked.ids, reuse=asked.reuse)
    yield Prefilling(reused, total)
    logits = np.empty((0, 0), np.float32)
    for start in range(reused, total, CHUNK):
        cancellation.check()
        logits = held.feed(asked.ids[start : start + CHUNK], 1, cancellation)
        yield Prefilling(min(start + CHUNK, total), total)
    tokens = np.empty(total + asked.most_tokens, np.int64)
    tokens[:total] = asked.ids
    answer, guesses, guessed = _Answer(asked), list[int](), 0
    while True:
        for row, guess in zip(logits, [*guesses, None], strict=True):
            cancellation.check()
            token = answer.take(row)
            if not answer.silent:
                tokens[total + written] = token.id
                written += 1
                guessed += token.id == guess
            yield token
            if answer.ended:
                yield Finished(
                    total, written, reused, guessed, cut=answer.cut, unsure=answer.unsure
                )
                return
            if token.id != guess:
                break
        known = tokens[: total + written]
        # Guesses that were wrong leave, with all that followed them.
        held.keep(len(known) - 1)
        guesses = []
        if asked.guessing:
            most = min(_MOST_GUESSES, asked.most_tokens - written - 1)
            guesses = list(asked.guessing.propose(known, most)) if most > 0 else []
        logits = held.feed([token.id, *guesses], len(guesses) + 1, cancellation)


class _Answer:
    """What has been said so far, and whether that is all."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._sampler = Sampler(asked.sampling, asked.ids)
        self._text = Detokeniser(asked.decode)
        self._stops = Stops(asked.sampling.stop)
        self._logprobs: list[float] = []
        self.ended = False
        self.silent = False
        """The last token only said that the answer is over, and is no part of it."""
        self.cut = False

    @property
    def unsure(self) -> float | None:
        return float(np.percentile(self._logprobs, 10)) if self._logprobs else None

    def take(self, logits: Logits) -> Token:
        form = self._asked.form
        choice = self._sampler.choose(logits, form.allowed(len(logits)) if form else None)
        if choice.id in self._asked.ends:
            self.ended = self.silent = True
            text = self._rest()
        else:
            self._logprobs.append(choice.logprob)
            if form:
                form.take(choice.id)
            text = self._stops.add(self._text.add(choice.id))
            complete = form is not None and form.complete
            full = len(self._logprobs) >= self._asked.most_tokens
            if not self._stops.reached and (complete or full):
                text += self._rest()
                self.cut = not (complete or self._stops.reached)
            self.ended = self._stops.reached or complete or full
        return Token(choice.id, text, choice.logprob, choice.entropy)

    def _rest(self) -> str:
        text = self._stops.add(self._text.rest())
        return text if self._stops.reached else text + self._stops.rest()
