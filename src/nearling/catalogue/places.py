"""Where other programs keep their models, as their manuals say; looks at nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    program: str
    folder: Path


def hugging_face(environ: Mapping[str, str]) -> tuple[Place, ...]:
    """huggingface.co/docs/huggingface_hub/guides/manage-cache"""
    return _unique(Place("Hugging Face", each) for each in _caches(environ))


def folders_of_models(environ: Mapping[str, str]) -> tuple[Place, ...]:
    """Below which each model has a folder; both programs have moved, so there are older places too.

    lmstudio.ai/docs/advanced/sideload, jan.ai/docs/data-folder
    """
    return _unique(_folders_of_models(environ))


def folders_of_files(environ: Mapping[str, str]) -> tuple[Place, ...]:
    """In which each file is a model: docs.gpt4all.io/gpt4all_desktop/settings.html"""
    folders = [each / "nomic.ai" / "GPT4All" for each in _data(environ)]
    folders += [home / ".cache" / "gpt4all" for home in _home(environ)]
    return _unique(Place("GPT4All", each) for each in folders)


def ollama(environ: Mapping[str, str]) -> tuple[Place, ...]:
    """github.com/ollama/ollama/blob/main/docs/faq.md; as a service it has a home of its own."""
    folders = [Path(environ["OLLAMA_MODELS"])] if environ.get("OLLAMA_MODELS") else []
    homes = [*_home(environ), Path("/usr/share/ollama")]
    return _unique(
        Place("Ollama", each)
        for each in (*folders, *(home / ".ollama" / "models" for home in homes))
    )


def _caches(environ: Mapping[str, str]) -> Iterator[Path]:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if environ.get(name):
            yield Path(environ[name])
    if environ.get("HF_HOME"):
        yield Path(environ["HF_HOME"], "hub")
    if environ.get("XDG_CACHE_HOME"):
        yield Path(environ["XDG_CACHE_HOME"], "huggingface", "hub")
    else:
        for home in _home(environ):
            yield home / ".cache" / "huggingface" / "hub"


def _folders_of_models(environ: Mapping[str, str]) -> Iterator[Place]:
    for home in _home(environ):
        yield Place("LM Studio", home / ".lmstudio" / "models")
        yield Place("LM Studio", home / ".cache" / "lm-studio" / "models")
        yield Place("Jan", home / "jan" / "models")
    for data in (*_settings(environ), *_data(environ)):
        for jan in (data / "Jan" / "data", data / "jan"):
            yield Place("Jan", jan / "models")
            yield Place("Jan", jan / "llamacpp" / "models")


def _home(environ: Mapping[str, str]) -> tuple[Path, ...]:
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return (Path(home),) if home else ()


def _data(environ: Mapping[str, str]) -> Iterator[Path]:
    """Linux, Windows, macOS; the others' are not there."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        if environ.get(name):
            yield Path(environ[name])
    for home in _home(environ):
        yield home / ".local" / "share"
        yield home / "Library" / "Application Support"


def _settings(environ: Mapping[str, str]) -> Iterator[Path]:
    if environ.get("XDG_CONFIG_HOME"):
        yield Path(environ["XDG_CONFIG_HOME"])
    for home in _home(environ):
        yield home / ".config"


def _unique(places: Iterator[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))
