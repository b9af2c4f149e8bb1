"""Looks for language models that other programs have fetched; what is of no use is told why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from nearling.catalogue import places
from nearling.catalogue.json_file import read_object
from nearling.catalogue.kind import kind_of
from nearling.catalogue.places import Place
from nearling.catalogue.writer_folder import inspect
from nearling.core.errors import UnusableFile, UnusableModel
from nearling.core.language import gettext as _

_WEIGHTS = (".gguf", ".onnx", ".safetensors", ".npz", ".bin", ".pt", ".pth")
_MOST_ENTRIES = 500
"""That are looked at in one folder."""
_MOST_MODELS = 500
"""In one place."""
_DEEP = 3
"""Folders between a place and its models: Jan has the hub's name, the owner's and the model's."""
_CUT = (".incomplete", ".part", ".tmp", ".crdownload")


@dataclass(frozen=True, slots=True)
class Found:
    program: str
    name: str
    place: Path
    """A folder that can be added; else the folder or the file that stands for the model."""
    bytes: int
    """That it takes on the disk."""
    problem: str = ""
    """A sentence; "" where it can be used."""
    remedy: str = ""


def found_writers(environ: Mapping[str, str]) -> tuple[Found, ...]:
    """Each once, also where two places lead to the same."""
    every = chain(
        chain.from_iterable(map(_in_cache, places.hugging_face(environ))),
        chain.from_iterable(map(_in_folders, places.folders_of_models(environ))),
        chain.from_iterable(map(_in_files, places.folders_of_files(environ))),
        chain.from_iterable(map(_in_manifests, places.ollama(environ))),
    )
    seen: dict[Path, Found] = {}
    for each in every:
        seen.setdefault(_real(each.place), each)
    return tuple(seen.values())


def _in_cache(cache: Place) -> Iterator[Found]:
    for repository in _folders(cache.folder):
        if not repository.name.startswith("models--"):
            continue
        name = repository.name.removeprefix("models--").replace("--", "/")
        for folder in _folders(repository / "snapshots"):
            if _holds_weights(folder) and not _listens(folder):
                yield _looked_at(Place(cache.program, folder), name)


def _in_folders(place: Place) -> Iterator[Found]:
    for folder in islice(_below(place.folder, _DEEP), _MOST_MODELS):
        name = folder.relative_to(place.folder).as_posix()
        yield _looked_at(Place(place.program, folder), name)


def _in_files(place: Place) -> Iterator[Found]:
    for file, size in _files(place.folder).items():
        if file.suffix == ".gguf":
            yield _foreign(place.program, file.stem, file, size)


def _in_manifests(place: Place) -> Iterator[Found]:
    """registry/namespace/model/tag, each a list of blobs with their sizes."""
    levels: Iterator[Path] = iter((place.folder / "manifests",))
    for _level in range(3):
        levels = chain.from_iterable(map(_folders, levels))
    manifests = chain.from_iterable(map(_files, levels))
    for manifest in islice(manifests, _MOST_MODELS):
        owner, model, tag = manifest.parts[-3:]
        name = f"{model}:{tag}" if owner == "library" else f"{owner}/{model}:{tag}"
        try:
            layers = read_object(manifest).get("layers")
        except (OSError, UnusableModel):
            continue
        named = layers if isinstance(layers, list) else []
        sizes = [each.get("size") for each in named if isinstance(each, dict)]
        size = sum(each for each in sizes if type(each) is int)
        yield _foreign(place.program, name, manifest, size)


def _looked_at(at: Place, name: str) -> Found:
    inside = _files(at.folder) | _files(at.folder / "onnx")
    size = sum(inside.values())
    if {".gguf"} == {each.suffix for each in inside} & {".gguf", ".onnx"}:
        return _foreign(at.program, name, at.folder, size)
    looked_at = Found(at.program, name, at.folder, size)
    try:
        inspect(at.folder)
    except UnusableModel as error:
        return replace(looked_at, problem=error.sentence, remedy=error.remedy)
    return looked_at


def _foreign(program: str, name: str, place: Path, size: int) -> Found:
    return Found(
        program,
        name,
        place,
        size,
        _("It is a GGUF model; Nearling runs models in ONNX form."),
        _(
            "Nearling cannot ask {program} for answers yet; a model in ONNX form from "
            "onnx-community at Hugging Face works now."
        ).format(program=program),
    )


def _below(folder: Path, deep: int) -> Iterator[Path]:
    """Folders with weights in them, at most so many levels down."""
    for each in _folders(folder):
        if _holds_weights(each):
            yield each
        elif deep > 1:
            yield from _below(each, deep - 1)


def _holds_weights(folder: Path) -> bool:
    inside = _files(folder) | _files(folder / "onnx")
    return any(file.name.endswith((*_WEIGHTS, *_CUT)) for file in inside)


def _listens(folder: Path) -> bool:
    try:
        return kind_of(folder) == "speech"
    except UnusableFile:
        return False


def _folders(folder: Path) -> list[Path]:
    return [each for each, what in _entries(folder) if stat.S_ISDIR(what.st_mode)]


def _files(folder: Path) -> dict[Path, int]:
    """With their sizes."""
    return {each: what.st_size for each, what in _entries(folder) if stat.S_ISREG(what.st_mode)}


def _entries(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """In order, without links that lead nowhere; none where it is no folder or may not be read."""
    try:
        entries = sorted(islice(folder.iterdir(), _MOST_ENTRIES))
    except OSError:
        return
    for each in entries:
        with suppress(OSError):
            yield each, each.stat()


def _real(place: Path) -> Path:
    try:
        return place.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return place
