"""A small JSON file beside the models: nothing where it is damaged, replaced in one step."""

from __future__ import annotations

import json
import os
from pathlib import Path

from nearling.core.errors import StorageUnwritable
from nearling.core.language import gettext as _


def read(file: Path) -> object:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def write(file: Path, content: object) -> None:
    """Raises StorageUnwritable."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(content, indent=1), "utf-8")
        fresh.replace(file)
    except OSError as error:
        raise unwritable(file.parent) from error


def unwritable(folder: Path) -> StorageUnwritable:
    return StorageUnwritable(
        _("The models' folder {folder} cannot be written.").format(folder=folder),
        _("Make it writable for your account, or see whether its disk is full."),
    )
