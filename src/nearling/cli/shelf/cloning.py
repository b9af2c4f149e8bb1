"""How a repository of Hugging Face is fetched by hand."""

from __future__ import annotations

import re

from nearling.catalogue.cards import speech_cards
from nearling.core.language import gettext as _

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def repository(word: str) -> str | None:
    """The one that somebody means who names no folder."""
    for card in speech_cards():
        if word in (card.id, card.folder_name, card.repository):
            return card.repository
    return word if _REPOSITORY.fullmatch(word) else None


def clone(repository: str) -> str:
    """A writer's holds the same model in many forms, of which one is enough."""
    if "whisper" in repository.lower():
        sentence = _(
            "With git and git-lfs: git clone https://huggingface.co/{repository}, then: "
            "nearling models add {name}"
        )
    else:
        sentence = _(
            "With git and git-lfs: GIT_LFS_SKIP_SMUDGE=1 git clone https://huggingface.co/"
            '{repository}, then in {name}: git lfs pull --include "tokenizer.json,'
            'onnx/model_q4.onnx*", then: nearling models add .'
        )
    return sentence.format(repository=repository, name=repository.partition("/")[2])
