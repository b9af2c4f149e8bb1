"""A few lines that lie in a file's place where git-lfs was to fetch it and did not."""

from __future__ import annotations

from pathlib import Path

from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _

_HEAD = b"version https://git-lfs"


def is_pointer(beginning: bytes) -> bool:
    return beginning.startswith(_HEAD)


def only_pointers(folder: Path) -> UnusableModel:
    return UnusableModel(
        _("{folder} holds pointers only: it was fetched without git-lfs.").format(folder=folder),
        _("Install git-lfs and run `git lfs pull` in it."),
    )
