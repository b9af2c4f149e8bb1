"""Finds the files that ship with Nearling: in the package, or beside a checkout's sources."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import nearling


@cache
def assets() -> Traversable:
    """The folder assets/. Its files may lie in an archive: read them, name no path."""
    packaged = resources.files(nearling) / "assets"
    if packaged.is_dir():
        return packaged
    return Path(nearling.__file__).parents[2] / "assets"
