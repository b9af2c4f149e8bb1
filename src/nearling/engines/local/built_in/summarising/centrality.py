"""How central each sentence of a text is: LexRank.

G. Erkan and D. R. Radev, LexRank: Graph-based Lexical Centrality as Salience in Text
Summarization, Journal of Artificial Intelligence Research 22 (2004), 457-479; here continuous, with
the weights of its section 3.2, and never with a matrix of all pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from nearling.engines.local.built_in.quoting.words import EASY, FILLERS, stem, words

_JUMP = 0.15
_ROUNDS = 100
_STEADY = 1e-9
_ALIKE = 0.5
"""Cosine from which on one of two sentences says what the other said."""


def most_central(texts: Sequence[str], number: int) -> tuple[int, ...]:
    """Which sentences say most of all of them, in reading order, none like another."""
    vectors = _vectors(texts)
    ranks = _ranks(vectors)
    chosen: list[int] = []
    for at in sorted(range(len(texts)), key=lambda at: (-ranks[at], at)):
        if len(chosen) == number:
            break
        if all(_cosine(vectors[at], vectors[other]) < _ALIKE for other in chosen):
            chosen.append(at)
    return tuple(sorted(chosen))


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """Of each sentence its words by their weight, of length 1."""
    counted = [
        Counter(stem(word) for word in words(text) if word not in FILLERS and word not in EASY)
        for text in texts
    ]
    within = Counter(word for count in counted for word in count)
    found = []
    for count in counted:
        weighted = {
            word: times * math.log(1 + len(texts) / within[word]) for word, times in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        found.append({word: weight / length for word, weight in weighted.items()})
    return found


def _ranks(vectors: Sequence[dict[str, float]]) -> list[float]:
    """The share of time that a walk from sentence to similar sentence spends in each."""
    columns = {word: at for at, word in enumerate({word: None for one in vectors for word in one})}
    if not columns:
        return [0.0] * len(vectors)
    rows = np.array([at for at, one in enumerate(vectors) for _word in one])
    places = np.array([columns[word] for one in vectors for word in one])
    weights = np.array([weight for one in vectors for weight in one.values()])

    def similar(values: np.ndarray) -> np.ndarray:
        """All similarities times `values`: two passes over the words instead of all the pairs.

        Without that to itself, or a sentence that is like no other would keep to itself.
        """
        shared = np.bincount(places, weights * values[rows], len(columns))
        return np.asarray(np.bincount(rows, weights * shared[places], len(vectors)) - values)

    degrees = similar(np.ones(len(vectors)))
    degrees[degrees < _STEADY] = math.inf
    ranks = np.full(len(vectors), 1 / len(vectors))
    for _round in range(_ROUNDS):
        moved = _JUMP / len(vectors) + (1 - _JUMP) * similar(ranks / degrees)
        steady = float(np.abs(moved - ranks).sum()) < _STEADY
        ranks = moved
        if steady:
            break
    return [float(rank) for rank in ranks]


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
