"""What a folder holds that is no language model for Nearling, and what its owner can do with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _
from nearling.core.language import marked

_SERVE = marked(
    "Keep it for the program that it was made for, and add the same model in ONNX form from "
    "onnx-community at Hugging Face."
)
_CHAT = marked("Add a chat model from onnx-community at Hugging Face.")
_INNER = ("*/genai_config.json", "*/*/genai_config.json", "snapshots/*/config.json")


def alien(folder: Path, names: set[str], config: Mapping[str, Any]) -> UnusableModel | None:
    """None where nothing speaks against it.

    `names` are those of what lies in it and in onnx/, `config` its config.json or what
    genai_config.json says of the model.
    """
    endings = {name.rpartition(".")[2].lower() for name in names}
    if "whisper" in (config.get("model_type"), config.get("type")) or "model.bin" in names:
        sentence = marked("{folder} holds a model that hears speech and writes no answers.")
        remedy = marked("For listening Nearling takes the form of faster-whisper, from Systran.")
    elif "onnx" not in endings and "gguf" in endings:
        sentence = marked("{folder} holds a GGUF model; Nearling runs models in ONNX form.")
        remedy = _SERVE
    elif "onnx" not in endings and _is_mlx(endings, config):
        sentence = marked("{folder} holds a model for MLX; Nearling runs models in ONNX form.")
        remedy = _SERVE
    elif "onnx" not in endings and endings & {"safetensors", "bin", "pt", "pth"}:
        sentence = marked(
            "{folder} holds a model for PyTorch (safetensors, .bin); Nearling runs models in ONNX "
            "form."
        )
        remedy = marked("Add the same model in ONNX form from onnx-community at Hugging Face.")
    elif "onnx" in endings and (what := _other_purpose(names, config)):
        sentence, remedy = what, _CHAT
    else:
        return None
    return UnusableModel(_(sentence).format(folder=folder), _(remedy))


def no_model(folder: Path) -> UnusableModel:
    """Nothing in it is known; it may lie a folder or two below."""
    inner = next((file.parent for each in _INNER for file in sorted(folder.glob(each))), None)
    if inner is not None:
        remedy = _("Name the folder within: {folder}").format(folder=inner)
    elif folder.name == "onnx" and (folder.parent / "config.json").is_file():
        remedy = _("Name the folder above it: {folder}").format(folder=folder.parent)
    else:
        remedy = _(
            "Name the folder that holds config.json, tokenizer.json and onnx/; of a speech model, "
            "the one with model.bin."
        )
    return UnusableModel(_("There is no whole model in {folder}.").format(folder=folder), remedy)


def _is_mlx(endings: set[str], config: Mapping[str, Any]) -> bool:
    """Its converter writes how it quantized under a name that Transformers does not use."""
    quantized = "safetensors" in endings and isinstance(config.get("quantization"), dict)
    return "npz" in endings or quantized


def _other_purpose(names: set[str], config: Mapping[str, Any]) -> str | None:
    """What an ONNX model is for that does not write text after text."""
    stems = {name.partition(".")[0] for name in names if name.endswith(".onnx")}
    sees = any(stem.startswith(("vision_", "embed_tokens")) for stem in stems)
    if sees or config.keys() & {"vision_config", "vision"}:
        return marked("{folder} holds a model that looks at pictures; it cannot be used yet.")
    encodes = any(stem.startswith("encoder_model") for stem in stems)
    if encodes or config.get("is_encoder_decoder") is True or "encoder" in config:
        return marked("{folder} holds a model that translates or summarises, and does not chat.")
    if names & {"modules.json", "config_sentence_transformers.json", "1_Pooling"}:
        return marked("{folder} holds a model that compares texts, and writes none.")
    architectures = config.get("architectures")
    if isinstance(architectures, list) and not any(
        str(each).endswith(("ForCausalLM", "LMHeadModel")) for each in architectures
    ):
        return marked("{folder} holds a model that compares or sorts, and writes no text.")
    return None
