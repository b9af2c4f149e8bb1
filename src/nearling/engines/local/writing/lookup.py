"""Guesses the next tokens by finding where the same was said before.

Prompt lookup decoding: Apoorv Saxena 2023. Every guess is checked by the model, so that it changes
the time an answer takes and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALIKE = 3
"""Tokens that must be the same; with fewer, guesses cost more in prose than they gain in copies."""
_LONGEST = 16
"""Tokens beyond which a likeness is no better for being longer."""


class Lookup:
    def propose(self, tokens: Sequence[int] | NDArray[np.int64], most: int) -> Sequence[int]:
        """What followed where the last tokens stood before, at most `most`; perhaps nothing.

        Of several places it is the most alike, and of those the last.
        """
        said = np.asarray(tokens, np.int64)
        count = len(said)
        if most < 1 or count <= ALIKE:
            return ()
        # Where a token stands that what follows it is compared with what comes next.
        ends = np.flatnonzero(said[ALIKE - 1 : -1] == said[-1]) + ALIKE - 1
        for back in range(1, _LONGEST):
            alike = ends[(ends >= back) & (said[ends - back] == said[count - 1 - back])]
            if not len(alike):
                if back < ALIKE:
                    return ()
                break
            ends = alike
        start = int(ends[-1]) + 1
        # What ends before `most` goes round, as what is said again and again does.
        return tuple(said[start + np.arange(most) % (count - start)].tolist())
