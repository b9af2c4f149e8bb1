"""How fast models beyond this computer answered of late; no name and no word is kept."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import median, median_low
from threading import Lock

from nearling.catalogue import shelf_file
from nearling.core.endpoints import Endpoint
from nearling.core.writers import Speed

_FILE = "paces.json"
_ANSWERS = 5
"""Of each model, the last ones: one that was slow for once does not count."""
_MODELS = 100
"""Those that were asked last; of an endpoint that is gone nothing stays for good."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one answer."""

    wait: float
    """Seconds to its first word."""
    decode: float
    """Tokens a second from there on."""
    tokens: int
    """That it had."""


class Paces:
    """From any thread."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._lock = Lock()

    def keep(self, endpoint: Endpoint, model: str, pace: Pace) -> None:
        """Raises StorageUnwritable."""
        mark = _mark(endpoint, model)
        with self._lock:
            known = self._known()
            paces = [pace, *known.pop(mark, [])][:_ANSWERS]
            latest = list({mark: paces, **known}.items())[:_MODELS]
            rows = {
                of: [[round(each.wait, 4), round(each.decode, 4), each.tokens] for each in answers]
                for of, answers in latest
            }
            shelf_file.write(self._file, rows)

    def speed(self, endpoint: Endpoint, model: str) -> Speed | None:
        """What is to be expected; None: it has not answered yet."""
        known = self._known()
        paces = known.get(_mark(endpoint, model))
        if not paces:
            return None
        # A server that loads its model when it is first asked does so once.
        wait = median_low(each.wait for each in paces) if len(paces) > 1 else 0.0
        # Of all, so that nobody counts as fast who was asked for little.
        longest = max(each.tokens for answers in known.values() for each in answers)
        return Speed(math.inf, median(each.decode for each in paces), wait, longest)

    def _known(self) -> dict[str, list[Pace]]:
        rows = shelf_file.read(self._file)
        if not isinstance(rows, dict):
            return {}
        return {of: _paces(told) for of, told in rows.items() if isinstance(told, list)}


def _mark(endpoint: Endpoint, model: str) -> str:
    """Of where it is and what is asked there: another address is another server."""
    asked = "\0".join((endpoint.name, endpoint.base_url, model))
    return hashlib.sha256(asked.encode()).hexdigest()


def _paces(told: list[object]) -> list[Pace]:
    """Without what is damaged."""
    return [
        Pace(*each)
        for each in told
        if isinstance(each, list)
        and len(each) == 3
        and all(isinstance(value, (int, float)) for value in each)
        and 0 <= each[0] < math.inf
        and 0 < each[1] < math.inf
        and 0 < each[2] < math.inf
    ]
