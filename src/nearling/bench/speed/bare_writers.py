"""Language models without Nearling around them: our decoder, llama.cpp, and loading alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import psutil

import nearling
from nearling.bench.speed.bare import BareEngine, engine_of
from nearling.bench.speed.took import Took
from nearling.core.errors import EngineFailure
from nearling.engines.registry import LANGUAGE_MODELS

_BARE = "nearling.engines.local.bare"
_ENVIRONMENT = LANGUAGE_MODELS[0].environment
"""That the product gives the process of a language model."""
CONTEXT = 2560
"""Tokens: the longest prompt that is measured, and room for an answer."""
TOKENS = range(300, 1000)
"""Numbers that every model measured here knows."""


@contextmanager
def our_decoder(folder: Path, threads: int) -> Iterator[BareEngine]:
    """Takes tokens and writes the likeliest. Raises EngineFailure."""
    with _ours("decoder_engine", folder, threads) as engine:
        yield engine


@contextmanager
def our_copyist(folder: Path, threads: int) -> Iterator[BareEngine]:
    """Our language model that says what it is told. Raises EngineFailure."""
    with _ours("copying_engine", folder, threads) as engine:
        yield engine


@contextmanager
def llama_cpp(gguf: Path, threads: int) -> Iterator[BareEngine]:
    """As `our_decoder`. Raises EngineFailure."""
    # A file of its own: that environment has nothing of Nearling in it.
    program = Path(nearling.__file__).parent / "engines/local/bare/llama_cpp_engine.py"
    line = [str(llama_cpp_python()), "-P", str(program), str(gguf), str(CONTEXT), str(threads)]
    with engine_of(line) as engine:
        yield engine


def llama_cpp_python() -> Path:
    """The Python that has llama.cpp, where packaging/llama_cpp.py built it."""
    environment = Path(nearling.__file__).parents[2] / ".tools" / "llama-cpp"
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def loading(how: Literal["ours", "bare"], folder: Path, threads: int) -> Took:
    """In a process of its own. Raises EngineFailure."""
    words = [how, str(folder), str(CONTEXT), str(threads)]
    ran = subprocess.run(
        [sys.executable, "-P", "-m", f"{_BARE}.loading", *words],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode:
        raise EngineFailure("A model could not be loaded.", "Run nearling doctor.")
    return Took(*json.loads(ran.stdout))


def own_threads() -> int:
    """As many as a language model takes by itself: each physical core but one."""
    return max(1, (psutil.cpu_count(logical=False) or 2) - 1)


@contextmanager
def _ours(program: str, folder: Path, threads: int) -> Iterator[BareEngine]:
    words = [str(folder), str(CONTEXT), str(threads)]
    line = [sys.executable, "-P", "-m", f"{_BARE}.{program}", *words]
    with engine_of(line, _ENVIRONMENT) as engine:
        yield engine
