"""Looks at a folder without loading it: which language model is in it, and what does it need?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from errno import ENOMEM
from pathlib import Path, PurePosixPath
from typing import Any

from nearling.catalogue import pointer
from nearling.catalogue.alien_folder import alien, no_model
from nearling.catalogue.json_file import read_object, unreadable
from nearling.catalogue.onnx_file import BrokenGraph, OnnxFile, look
from nearling.catalogue.writer_shape import Shape, of_genai, of_transformers
from nearling.core.errors import OutOfMemory, UnusableModel
from nearling.core.language import gettext as _

_VARIANTS = {
    "_q4": "q4",
    "_int8": "int8",
    "_quantized": "int8",
    "_uint8": "int8",
    "_q8": "int8",
    "": "",
    "_bnb4": "bnb4",
    "_fp16": "fp16",
    "_q4f16": "q4f16",
}
"""Ends of a graph's name and what they say, the one to run on a processor first: few bytes a
weight, 32-bit activations. No end says nothing; 16-bit ones come last, for want of others."""
_SMALL = frozenset({".json", ".jinja", ".txt", ".model", ".md", ""})
"""Ends of what lies beside the weights: descriptions, words, the template, README and licence."""
_MOST_SMALL = 100_000_000
"""Bytes; the words of the largest vocabularies take a third."""
HALVES = frozenset({"fp16", "q4f16"})
"""Slow on most processors, and tried by nobody here."""


@dataclass(frozen=True, slots=True)
class WriterFolder:
    """A language model's folder, as its small files describe it."""

    folder: Path
    graph: Path
    """The ONNX file that is run."""
    family: str
    """As config.json's model_type names it: "llama", "qwen2"."""
    tested: bool
    """Whether models of this shape were held against a reference."""
    context_length: int
    """Tokens that it was made for."""
    layers: int
    kv_heads: int
    head_size: int
    vocabulary: int
    ends: tuple[int, ...]
    """Tokens after which an answer is over."""
    precision: str
    """Of the weights: "fp32", "int8", "q4" …"""
    bytes: int
    """Of the graph and the weights beside it."""


def inspect(folder: Path) -> WriterFolder:
    """Raises UnusableModel with what is wrong with it and what to do, or OutOfMemory."""
    folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - without its dots
    try:
        return _inspected(folder)
    except OSError as error:
        if error.errno == ENOMEM:  # a graph is mapped to be looked at
            raise OutOfMemory(
                _("There is not enough free memory to look at this model."),
                _("Close other programs, or use a smaller model."),
            ) from error
        raise unreadable(folder) from error


def files(model: WriterFolder) -> tuple[Path, ...]:
    """What a copy of it needs, as seen from the folder: of all its graphs only the one that is run.

    Raises UnusableModel.
    """
    try:
        small = [
            each
            for each in model.folder.iterdir()
            if each.is_file() and each.suffix in _SMALL and each.stat().st_size <= _MOST_SMALL
        ]
        weights = [model.graph.parent / name for name in look(model.graph).weights]
    except (BrokenGraph, OSError) as error:
        raise unreadable(model.folder) from error
    return tuple(each.relative_to(model.folder) for each in (*small, model.graph, *weights))


def _inspected(folder: Path) -> WriterFolder:
    names = _names(folder)
    config = _read(folder, names, "config.json")
    genai = _read(folder, names, "genai_config.json")
    if (other := alien(folder, names, config or _model(genai))) is not None:
        raise other
    graphs = _graphs(folder, genai)
    if not graphs or (folder.name == "onnx" and not config and not genai):
        raise no_model(folder)
    if not config and not genai:
        raise _without(folder, "config.json")
    shape = of_transformers(folder, config) if config else of_genai(folder, genai)
    graph, precision, size = _first_whole(graphs, folder)
    if "tokenizer.json" not in names:
        raise _without(folder, "tokenizer.json")
    with (folder / "tokenizer.json").open("rb") as file:
        if pointer.is_pointer(file.read(64)):
            raise pointer.only_pointers(folder)
    return _described(folder, graph, shape, precision, size)


def _names(folder: Path) -> set[str]:
    """Of what lies in it and in its onnx/."""
    if folder.is_file():
        raise UnusableModel(
            _("{file} is a file; a model is a folder.").format(file=folder),
            _("Name the folder that holds config.json, tokenizer.json and onnx/."),
        )
    if not folder.is_dir():
        raise UnusableModel(
            _("There is no folder {folder}.").format(folder=folder),
            _("See whether its name is right, and whether its disk is there."),
        )
    names = {each.name for each in folder.iterdir()}
    if "onnx" in names and (folder / "onnx").is_dir():
        names |= {each.name for each in (folder / "onnx").iterdir() if each.suffix == ".onnx"}
    return names


def _read(folder: Path, names: set[str], name: str) -> Mapping[str, Any]:
    """Nothing where it is not there."""
    return read_object(folder / name) if name in names else {}


def _model(genai: Mapping[str, Any]) -> Mapping[str, Any]:
    model = genai.get("model")
    return model if isinstance(model, dict) else {}


def _graphs(folder: Path, genai: Mapping[str, Any]) -> dict[Path, str]:
    """The ones that may be run, the best first, and what their names say of their weights."""
    found = {
        file: precision
        for end, precision in _VARIANTS.items()
        for file in (folder / "onnx" / f"model{end}.onnx", folder / f"model{end}.onnx")
        if file.is_file()
    }
    decoder = _model(genai).get("decoder")
    name = decoder.get("filename") if isinstance(decoder, dict) else None
    if isinstance(name, str) and _stays_inside(name) and (folder / name).is_file():
        found.setdefault(folder / name, "")
    return found


def _first_whole(graphs: Mapping[Path, str], folder: Path) -> tuple[Path, str, int]:
    """The graph, its precision, and the bytes of it all; else what is wrong with the best one."""
    problem: UnusableModel | None = None
    for graph, precision in graphs.items():
        try:
            seen, size = _whole(graph)
        except UnusableModel as error:
            problem = problem or error
            continue
        return graph, precision or seen.precision, size
    raise problem or no_model(folder)


def _whole(graph: Path) -> tuple[OnnxFile, int]:
    """Raises UnusableModel where it or its weights are not all there."""
    with graph.open("rb") as file:
        if pointer.is_pointer(file.read(64)):
            raise pointer.only_pointers(graph.parent)
    try:
        seen = look(graph)
    except BrokenGraph as error:
        raise UnusableModel(
            _("{file} is no ONNX file, or only a part of one.").format(file=graph),
            _("Fetch it again; where a download is still going on, wait for its end."),
        ) from error
    size = graph.stat().st_size
    for name, wanted in seen.weights.items():
        if not _stays_inside(name):
            raise UnusableModel(
                _("{file} asks for a file outside its folder, which no honest model does.").format(
                    file=graph
                ),
                _("Do not use it; take another copy of the model."),
            )
        size += _weights_size(graph.parent / name, wanted)
    return seen, size


def _weights_size(file: Path, wanted: int) -> int:
    if not file.is_file():
        raise _without(file.parent, file.name)
    with file.open("rb") as opened:
        if pointer.is_pointer(opened.read(64)):
            raise pointer.only_pointers(file.parent)
    if (length := file.stat().st_size) < wanted:
        raise UnusableModel(
            _("{file} is not all there: {length} of at least {wanted} bytes.").format(
                file=file, length=length, wanted=wanted
            ),
            _("Fetch it again; where a download is still going on, wait for its end."),
        )
    return length


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return bool(path.parts) and not path.is_absolute() and not {"..", ":"} & {*path.parts, *name}


def _described(folder: Path, graph: Path, shape: Shape, precision: str, size: int) -> WriterFolder:
    return WriterFolder(
        folder=folder,
        graph=graph,
        family=shape.family,
        tested=shape.tested and precision not in HALVES,
        context_length=shape.context_length,
        layers=shape.layers,
        kv_heads=shape.kv_heads,
        head_size=shape.head_size,
        vocabulary=shape.vocabulary,
        ends=shape.ends,
        precision=precision,
        bytes=size,
    )


def _without(folder: Path, name: str) -> UnusableModel:
    return UnusableModel(
        _("{folder} is no whole language model: {file} is missing.").format(
            folder=folder, file=name
        ),
        _("Fetch it again with all its files, or name the folder that holds them."),
    )
