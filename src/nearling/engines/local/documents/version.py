"""The name under which pages are kept: of the libraries and of our own reading."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

_OUR_VERSION = 1
"""Counts up whenever the same document would be read differently."""


@cache
def document_reader_id() -> str:
    libraries = (f"{name} {version(name)}" for name in ("pypdfium2", "lxml", "python-calamine"))
    return f"documents {_OUR_VERSION} ({', '.join(libraries)})"
