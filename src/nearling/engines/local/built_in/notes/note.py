"""A note: what a well-known error message means and what helps, as told by its file in assets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from nearling.settings.assets import assets


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    """The name of its file."""
    title: str
    means: str
    causes: tuple[str, ...]
    """Likeliest first."""
    steps: tuple[str, ...]
    never: tuple[str, ...]
    """What not to do, and why."""
    source: str
    """Where the facts are documented, by name."""
    shapes: tuple[re.Pattern[str], ...]
    """Over text that is levelled: see matching."""
    examples: tuple[str, ...]
    """Texts that it is for."""
    others: tuple[str, ...]
    """Texts that sound like it and are something else."""


@cache
def notes() -> tuple[Note, ...]:
    """All that ship with Nearling; read once, when the first error is asked about."""
    return read_notes(assets() / "notes")


def read_notes(folder: Traversable) -> tuple[Note, ...]:
    """Those of a folder, by name; none where there is no such folder."""
    if not folder.is_dir():
        return ()
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(map(_note, sorted(files, key=lambda file: file.name)))


def _note(file: Traversable) -> Note:
    told = tomllib.loads(file.read_text("utf-8"))
    return Note(
        id=file.name.removesuffix(".toml"),
        title=told["title"],
        means=told["means"],
        causes=tuple(told["causes"]),
        steps=tuple(told["steps"]),
        never=tuple(told["never"]),
        source=told["source"],
        shapes=tuple(map(re.compile, told["shapes"])),
        examples=tuple(told["examples"]),
        others=tuple(told["others"]),
    )
