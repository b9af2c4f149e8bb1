"""Language models of real ones' shapes with random weights, made once and kept for next time."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import PlatformDirs

import nearling
from nearling.core.errors import EngineFailure

Size = Literal["135m", "500m"]

_MADE_BY = ("random_writer.py", "decoders")
_FINGERPRINT = 8


@dataclass(frozen=True, slots=True)
class RandomWriter:
    size: Size
    shape: str
    """Whose it has, by the publisher's name."""
    folder: Path
    gguf: Path
    """The same weights for llama.cpp."""


_SHAPES: dict[Size, str] = {"135m": "smollm2-135m", "500m": "qwen2.5-0.5b"}
_MOST_SPACE = 700
"""Megabytes of both models in both forms, rounded up."""


def kept_in() -> Path:
    """Where they are kept, whatever NEARLING_HOME says: they belong to nobody's Nearling."""
    return PlatformDirs("nearling", appauthor=False).user_cache_path / "bench"


def random_writer(size: Size, kept: Path) -> RandomWriter:
    """Made now where it is not there yet. Raises EngineFailure."""
    shape = _SHAPES[size]
    place = kept / f"{shape}-{_fingerprint()}"
    writer = RandomWriter(size, shape, place / shape, place / f"{shape}.gguf")
    if not place.exists():
        _make(writer, place)
    return writer


def _make(writer: RandomWriter, place: Path) -> None:
    for old in place.parent.glob(f"{writer.shape}-*"):
        shutil.rmtree(old)
    fresh = place.with_name(f"making-{place.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    module = "nearling.engines.local.bare.random_writer"
    words = [writer.shape, str(fresh / writer.folder.name), str(fresh / writer.gguf.name)]
    line = [sys.executable, "-P", "-m", module, *words]
    if subprocess.run(line, stdin=subprocess.DEVNULL, check=False).returncode:
        raise EngineFailure(
            f"No model to measure with could be made in {place.parent}.",
            f"See that {_MOST_SPACE} MB are free there, and that Nearling is installed from its "
            "sources.",
        )
    fresh.rename(place)


def _fingerprint() -> str:
    """Another one when what makes them has changed."""
    bare = Path(nearling.__file__).parent / "engines" / "local" / "bare"
    digest = hashlib.sha256()
    for name in _MADE_BY:
        for file in sorted([bare / name, *(bare / name).glob("*.py")]):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:_FINGERPRINT]
