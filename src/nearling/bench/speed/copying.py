"""What guessing repeated words gains where an answer is nearly a copy of its source."""

from __future__ import annotations

import inspect
import textwrap
from statistics import median

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare_writers import our_copyist
from nearling.bench.speed.machine import busy, machine
from nearling.bench.speed.random_writers import RandomWriter

_ROUNDS = 5
_CHARACTERS = 2600
_OLD, _NEW = "width", "max_width"


def lookup_gain(writer: RandomWriter, rounds: int = _ROUNDS) -> Figure:
    """Raises EngineFailure."""
    source = inspect.getsource(textwrap)[:_CHARACTERS]
    edited = source.replace(_OLD, _NEW)
    asked = {"question": f"Rename {_OLD} to {_NEW}:\n{source}", "answer": edited}
    speeds: dict[bool, list[float]] = {True: [], False: []}
    tokens = guessed = 0
    with our_copyist(writer.folder, 1) as engine:
        for number in range(rounds + 1):
            for lookup in (True, False) if number % 2 else (False, True):
                told = engine.ask(asked | {"lookup": lookup})
                if lookup:
                    tokens, guessed = told["tokens"], told["guessed"]
                if number:
                    speeds[lookup].append(told["tokens"] / told["seconds"])
    return compared(
        "write.lookup_gain" if writer.size == "135m" else f"write.lookup_gain_{writer.size}",
        median(speeds[True]),
        median(speeds[False]),
        "tok/s",
        f"an upper bound: the model is made to say a file of Python in which one word is renamed, "
        f"{guessed} of {tokens} tokens guessed right, with guessing against without; random "
        f"weights in the shape of {writer.shape}, 1 thread; {machine()}; {busy()}; medians of "
        f"{rounds}; at least 2.5 is wanted",
    )
