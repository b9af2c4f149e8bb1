"""Has a language model answer one short question: proof that it loads and writes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue.writer_folder import inspect
from nearling.core.abilities import LanguageModel
from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineFailure
from nearling.core.events import Delta
from nearling.core.language import gettext as _
from nearling.core.language_model import Sampling, Setup
from nearling.core.prompt import Prompt

_CONTEXT_LENGTH, _ANSWER_LENGTH = 1024, 32
"""Tokens: little memory and a moment's time."""


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    """In one line."""
    seconds: float
    """The loading included."""


def try_writing(folder: Path, engine: LanguageModel, cancellation: Cancellation) -> Said:
    """Raises UnusableModel, EngineFailure or Cancelled."""
    model = inspect(folder)
    setup = Setup(
        model.folder,
        min(_CONTEXT_LENGTH, model.context_length),
        sampling=Sampling(most_tokens=_ANSWER_LENGTH),
    )
    began = time.monotonic()
    written = engine.write(Prompt(_("Who are you?")), setup, cancellation)
    text = " ".join("".join(each.text for each in written if isinstance(each, Delta)).split())
    if not text:
        raise EngineFailure(
            _("The model in {folder} loads, and answers nothing.").format(folder=model.folder),
            _("See whether it is a chat model; its README says so."),
        )
    return Said(text, time.monotonic() - began)
