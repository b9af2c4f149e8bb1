"""Reads a JSON file that came with a model, and trusts neither its size nor its form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nearling.catalogue import pointer
from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _

_MOST_BYTES = 8_000_000
"""A tokenizer_config.json that lists thousands of tokens has about one million."""


def read_object(file: Path) -> Mapping[str, Any]:
    """Raises UnusableModel, FileNotFoundError too."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(file.parent) from error
    if pointer.is_pointer(text):
        raise pointer.only_pointers(file.parent)
    try:
        read = json.loads(text) if len(text) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        return read
    raise UnusableModel(
        _("The {file} in {folder} is no description of a model.").format(
            file=file.name, folder=file.parent
        ),
        _("Fetch it again."),
    )


def unreadable(folder: Path) -> UnusableModel:
    return UnusableModel(
        _("The files in {folder} may not be read by your account.").format(folder=folder),
        _("Ask its owner for permission, or copy it to a place you can read."),
    )
