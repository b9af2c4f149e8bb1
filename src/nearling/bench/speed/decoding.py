"""How fast a language model takes tokens in and writes them: our decoder beside llama.cpp.

Both run the same random weights in blocks of four bits, each in a process of its own, in turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from typing import Any

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare import BareEngine
from nearling.bench.speed.bare_writers import (
    TOKENS,
    llama_cpp,
    llama_cpp_python,
    our_decoder,
    own_threads,
)
from nearling.bench.speed.machine import busy, machine
from nearling.bench.speed.random_writers import RandomWriter
from nearling.bench.speed.took import Took, beside, median_seconds
from nearling.core.errors import EngineFailure

_ROUNDS = 7
_WRITTEN = 32
_LONGEST = 2048
_NONE = "llama.cpp is not here to be compared with; python3 packaging/llama_cpp.py builds it"


@dataclass(frozen=True, slots=True)
class Case:
    """So many tokens are taken in, and so many written after them."""

    prompt: int
    write: int


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one case, each round."""

    prefill: tuple[Took, ...]
    decode: tuple[Took, ...]

    @classmethod
    def of(cls, answers: Sequence[Mapping[str, Any]]) -> Timing:
        return cls(
            tuple(Took(*each["prefill"]) for each in answers),
            tuple(Took(*each["decode"]) for each in answers),
        )


Timings = Mapping[str, Timing]
"""By the engine's name, `ours` and perhaps `llama.cpp`."""


def decoding_figures(writer: RandomWriter, threads: int) -> Iterator[Figure]:
    """Raises EngineFailure."""
    with ExitStack() as stack:
        engines = {"ours": stack.enter_context(our_decoder(writer.folder, threads))}
        missing = _NONE
        if llama_cpp_python().exists():
            try:
                peer = stack.enter_context(llama_cpp(writer.gguf, threads))
            except EngineFailure as error:
                missing = error.sentence
            else:
                engines["llama.cpp"] = peer
                missing = ""
        about = f"{_about(writer, threads)}; {missing or engines['llama.cpp'].name}"
        for case in _cases(writer):
            timings = taken_in_turns(engines, case)
            yield from figures_of(writer.size, case, timings, f"{about}; {busy()}")


def own_thread_figures(writer: RandomWriter) -> Iterator[Figure]:
    """The same with as many threads as the product takes, where that is another number than one."""
    if own_threads() == 1:
        note = "the product takes one thread on this computer, as in the figures above"
        yield Figure(f"write.own_threads_{writer.size}", 1, "threads", note=note)
        return
    for figure in decoding_figures(writer, own_threads()):
        yield Figure(
            f"{figure.name}_own_threads",
            figure.value,
            figure.unit,
            figure.baseline,
            figure.ratio,
            figure.note,
        )


def taken_in_turns(
    engines: Mapping[str, BareEngine], case: Case, rounds: int = _ROUNDS
) -> dict[str, Timing]:
    """Every round asks all engines the same, each time beginning with another; the first round
    does not count."""
    answers: dict[str, list[Mapping[str, Any]]] = {name: [] for name in engines}
    names = list(engines)
    for number in range(rounds + 1):
        chance = Random(f"{case.prompt} {number}")
        ids = chance.choices(TOKENS, k=case.prompt)
        start = number % len(names)
        for name in names[start:] + names[:start]:
            answer = engines[name].ask({"ids": ids, "write": case.write})
            if number:
                answers[name].append(answer)
    return {name: Timing.of(each) for name, each in answers.items()}


def figures_of(size: str, case: Case, timings: Timings, about: str) -> Iterator[Figure]:
    """Tokens a second, and how many times llama.cpp's that is."""
    if case.prompt >= 512:
        yield _speed(
            f"write.prefill_{size}_{case.prompt}",
            case.prompt,
            {name: timing.prefill for name, timing in timings.items()},
            f"a prompt of {case.prompt} tokens taken in; {about}",
        )
    if case.write:
        yield _speed(
            f"write.decode_{size}_{case.prompt}",
            case.write,
            {name: timing.decode for name, timing in timings.items()},
            f"{case.write} tokens written one by one after {case.prompt}; {about}",
        )


def _speed(name: str, tokens: int, took: Mapping[str, Sequence[Took]], about: str) -> Figure:
    ours, theirs = took["ours"], took.get("llama.cpp")
    speed = tokens / median_seconds(ours)
    if theirs is None:
        return Figure(name, speed, "tok/s", note=f"{about}; median of {len(ours)}")
    note = f"{about}; {beside(ours, theirs)}"
    return compared(name, speed, tokens / median_seconds(theirs), "tok/s", note)


def _cases(writer: RandomWriter) -> tuple[Case, ...]:
    short = (Case(32, _WRITTEN), Case(512, _WRITTEN))
    return (*short, Case(_LONGEST, 0)) if writer.size == "135m" else short


def _about(writer: RandomWriter, threads: int) -> str:
    plural = "s" if threads > 1 else ""
    return f"random weights in the shape of {writer.shape}, {threads} thread{plural}; {machine()}"
