"""Looks for speech models that other programs have fetched to this computer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nearling.catalogue.places import hugging_face
from nearling.catalogue.speech_folder import inspect
from nearling.core.errors import UnusableFile


def found(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Folders of whole models in the caches of Hugging Face, where faster-whisper keeps its own."""
    folders = (
        folder
        for cache in hugging_face(environ)
        for folder in sorted(cache.folder.glob("models--*/snapshots/*"))
    )
    return tuple(folder for folder in folders if _is_whole(folder))


def _is_whole(folder: Path) -> bool:
    try:
        inspect(folder)
    except UnusableFile:
        return False
    return True
