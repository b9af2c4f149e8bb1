"""What a folder was meant to be, a model that listens or one that writes, from its names alone."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from nearling.catalogue.json_file import read_object
from nearling.core.errors import UnusableFile, UnusableModel
from nearling.core.language import gettext as _

Kind = Literal["speech", "writer"]

_LISTENING = ("ggml-", "pytorch_model", "encoder_model", "model.safetensors")
"""What the forms of Whisper have in them; without a word in config.json they are taken for that."""


def kind_of(folder: Path) -> Kind:
    """Says nothing of whether it is whole. Raises UnusableFile where it cannot be looked at."""
    try:
        names = {each.name for each in folder.iterdir()}
    except OSError as error:
        raise UnusableFile(
            _("There is no folder {folder} that can be read.").format(folder=folder),
            _("Name the folder that holds the model's files."),
        ) from error
    if "model.bin" in names:
        return "speech"
    if family := _family(folder):
        return "speech" if family == "whisper" else "writer"
    if any(name.startswith(_LISTENING) or name.endswith(".pt") for name in names):
        return "speech"
    return "writer"


def _family(folder: Path) -> str:
    try:
        named = read_object(folder / "config.json").get("model_type")
    except (OSError, UnusableModel):
        return ""
    return named if isinstance(named, str) else ""
