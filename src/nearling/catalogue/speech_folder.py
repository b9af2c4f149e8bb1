"""Looks at a folder without loading it: is it a whole Whisper model that can be loaded here?"""

from __future__ import annotations

from pathlib import Path

from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _

_SPECIFICATION = b"WhisperSpec"
"""What CTranslate2 writes at the head of a Whisper model."""
_HEAD = 64
_POINTER = b"version https://git-lfs"
_SMALLEST = 100_000
"""Bytes; no model is smaller."""


def inspect(folder: Path) -> None:
    """Raises UnusableFile with what is wrong with it and what to do."""
    try:
        names = {each.name for each in folder.iterdir()}
    except OSError as error:
        raise UnusableFile(
            _("There is no folder {folder} that can be read.").format(folder=folder),
            _("Name the folder that holds model.bin."),
        ) from error
    if "model.bin" not in names:
        raise _no_model(folder, names)
    for wanted in ("config.json", "tokenizer.json"):
        if wanted not in names:
            raise _without(folder, wanted)
    if not {"vocabulary.json", "vocabulary.txt"} & names:
        raise _without(folder, "vocabulary.json")
    _look_inside(folder)


def files(folder: Path) -> tuple[Path, ...]:
    """What a copy of it needs, as seen from the folder."""
    return tuple(Path(each.name) for each in folder.iterdir() if each.is_file())


def size(folder: Path) -> int:
    """Bytes."""
    return sum((folder / each).stat().st_size for each in files(folder))


def _look_inside(folder: Path) -> None:
    try:
        with (folder / "model.bin").open("rb") as file:
            head = file.read(_HEAD)
        length = (folder / "model.bin").stat().st_size
    except OSError as error:
        raise UnusableFile(
            _("The files in {folder} may not be read by your account.").format(folder=folder),
            _("Ask its owner for permission, or copy it to a place you can read."),
        ) from error
    if head.startswith(_POINTER):
        raise UnusableFile(
            _("{folder} holds pointers only: it was fetched without git-lfs.").format(
                folder=folder
            ),
            _("Install git-lfs and run `git lfs pull` in it."),
        )
    if _SPECIFICATION not in head or length < _SMALLEST:
        raise UnusableFile(
            _("The model.bin in {folder} is no Whisper model, or only a part of one.").format(
                folder=folder
            ),
            _("Fetch it again; the first lines of its README say what it is."),
        )


def _no_model(folder: Path, names: set[str]) -> UnusableFile:
    convertible = _("Take its twin from Systran at Hugging Face, which is in the right form.")
    endings = {name.rpartition(".")[2] for name in names}
    if names & {"pytorch_model.bin", "model.safetensors"}:
        sentence = _("{folder} holds a model for Transformers, not for faster-whisper.")
        return UnusableFile(
            sentence.format(folder=folder),
            _("Convert it with ct2-transformers-converter, or take its twin from Systran."),
        )
    if "onnx" in endings or "onnx" in names:
        sentence = _("{folder} holds an ONNX model, not one for faster-whisper.")
    elif any(name.startswith("ggml") or name.endswith(".gguf") for name in names):
        sentence = _("{folder} holds a model for whisper.cpp, not for faster-whisper.")
    elif "pt" in endings:
        sentence = _("{folder} holds a model for OpenAI's own program, not for faster-whisper.")
    else:
        return _without(folder, "model.bin")
    return UnusableFile(sentence.format(folder=folder), convertible)


def _without(folder: Path, name: str) -> UnusableFile:
    return UnusableFile(
        _("{folder} is no whole speech model: {file} is missing.").format(folder=folder, file=name),
        _("Fetch it again with all its files, or name the folder that holds them."),
    )
