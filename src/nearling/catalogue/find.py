"""Looks for speech models that other programs have fetched to this computer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from nearling.catalogue.speech_folder import inspect
from nearling.core.errors import UnusableFile


def found(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Folders of whole models in the caches of Hugging Face, where faster-whisper keeps its own."""
    folders = (
        folder
        for cache in dict.fromkeys(_caches(environ))
        for folder in sorted(cache.glob("models--*/snapshots/*"))
    )
    return tuple(folder for folder in folders if _is_whole(folder))


def _caches(environ: Mapping[str, str]) -> Iterator[Path]:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if environ.get(name):
            yield Path(environ[name])
    if environ.get("HF_HOME"):
        yield Path(environ["HF_HOME"], "hub")
    home = environ.get("HOME") or environ.get("USERPROFILE")
    cache = environ.get("XDG_CACHE_HOME") or (home and str(Path(home, ".cache")))
    if cache:
        yield Path(cache, "huggingface", "hub")


def _is_whole(folder: Path) -> bool:
    try:
        inspect(folder)
    except UnusableFile:
        return False
    return True
