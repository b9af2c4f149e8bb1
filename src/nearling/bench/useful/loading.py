"""Loads a set: descriptions of files by folder, and lists of items."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

import msgspec

from nearling import bench
from nearling.bench.useful.questions import Blank, Made, Screen, Sum

SetName = Literal["small", "develop", "held"]
Item = TypeVar("Item", Screen, Sum, Blank)


def folder(name: SetName) -> Traversable:
    """Nothing may be tuned on the held set; the small set is there to try the scale itself."""
    room = resources.files(bench)
    return room / "held" if name == "held" else room / "useful" / name


def files(folder: Traversable) -> Mapping[str, Made]:
    """The described files of a folder by the names of their descriptions, in their order.

    None where there is no such folder: a set need not have every kind.

    Raises ValueError for one that cannot be understood.
    """
    inside = folder.iterdir() if folder.is_dir() else ()
    found = (file for file in inside if file.name.endswith(".toml"))
    return {file.name: _read(file, Made) for file in sorted(found, key=lambda file: file.name)}


def items(file: Traversable, kind: type[Item]) -> tuple[Item, ...]:
    """Raises ValueError for a list that cannot be understood."""
    rows = _read(file, dict[str, tuple[object, ...]])["item"]
    return tuple(_converted(file, row, kind) for row in rows)


Read = TypeVar("Read")


def _read(file: Traversable, kind: type[Read]) -> Read:
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error
    return _converted(file, told, kind)


def _converted(file: Traversable, told: object, kind: type[Read]) -> Read:
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{file.name}: {error}") from error
