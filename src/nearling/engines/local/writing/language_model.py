"""A language model from a folder, loaded when it is first asked and kept for the next question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from operator import eq
from pathlib import Path

import psutil

from nearling.catalogue.writer_folder import WriterFolder, inspect
from nearling.core.cancellation import Cancellation
from nearling.core.chat import messages
from nearling.core.errors import PromptTooLong
from nearling.core.events import Delta, Written
from nearling.core.freed import give_back
from nearling.core.language import gettext as _
from nearling.core.language_model import QUICKEST, Measured, Sampling, Setup
from nearling.core.prompt import Prompt
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.generation import Asked, Token, generate
from nearling.engines.local.writing.grammar import Form, Grammar
from nearling.engines.local.writing.held import CHUNK, Decoding, Held
from nearling.engines.local.writing.lookup import Lookup
from nearling.engines.local.writing.measuring import measure
from nearling.engines.local.writing.providers import quickest
from nearling.engines.local.writing.wording import Wording

Opens = Callable[[WriterFolder, int, int, str], Decoding]
"""Takes the context's length, the number of threads and the provider."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of a folder without its weights."""

    folder: Path
    files: WriterFolder
    wording: Wording


@dataclass(frozen=True, slots=True)
class _Loaded:
    setup: Setup
    decoder: Decoding
    held: Held
    seconds: float
    """That it took."""


def _decoder(files: WriterFolder, context_length: int, threads: int, provider: str) -> Decoding:
    return Decoder(files, context_length=context_length, threads=threads, provider=provider)


class OnnxLanguageModel:
    """Fulfils LanguageModel; keeps the one that was asked last."""

    def __init__(self, threads: int, opens: Opens = _decoder) -> None:
        """0 threads: one for each physical core but one, which is left to the window."""
        self._threads = threads or max(1, (psutil.cpu_count(logical=False) or 2) - 1)
        self._opens = opens
        self._quickest = cache(quickest)
        self._known: _Read | None = None
        self._grammar: Grammar | None = None
        self._model: _Loaded | None = None

    def write(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> Iterator[Written]:
        known = self._read(setup.folder)
        ids = known.wording.ids(messages(prompt))
        _check_room(len(ids), _room(setup, known.files))
        sampling = setup.sampling
        form = self._form(known, sampling)
        model = self._load(setup, known.files, cancellation)
        room = model.decoder.context_length
        _check_room(len(ids), room)
        asked = Asked(
            ids,
            sampling,
            most_tokens=min(sampling.most_tokens, room - len(ids)),
            ends=frozenset(known.files.ends),
            decode=known.wording.tokens.decode,
            form=form,
            reuse=setup.reuse,
            # Where guesses cannot be checked exactly, none are made.
            guessing=Lookup() if setup.lookup and model.decoder.exact else None,
        )
        for event in generate(model.held, asked, cancellation):
            if not isinstance(event, Token):
                yield event
            elif event.text:
                yield Delta(event.text)

    def count(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> int:
        cancellation.check()
        return len(self._read(setup.folder).wording.ids(messages(prompt)))

    def prefill(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> None:
        known = self._read(setup.folder)
        # Two questions have the same beginning: what stands before any question.
        questions = (replace(prompt, question=letter) for letter in "aQ")
        one, other = (known.wording.ids(messages(each)) for each in questions)
        same = one[: sum(1 for _ in takewhile(bool, map(eq, one, other)))]
        held = self._load(setup, known.files, cancellation).held
        if not setup.reuse or not same or len(same) >= _room(setup, known.files):
            return
        for start in range(held.begin(same, reuse=True), len(same), CHUNK):
            cancellation.check()
            held.feed(same[start : start + CHUNK], 1, cancellation)

    def measure(self, setup: Setup, cancellation: Cancellation) -> Measured:
        files = self._read(setup.folder).files
        model = self._load(setup, files, cancellation)
        room = model.decoder.context_length
        speed = measure(model.held, files.vocabulary, room, cancellation)
        return Measured(
            prefill=speed.prefill,
            decode=speed.decode,
            load_seconds=model.seconds,
            memory_megabytes=speed.memory >> 20,
            provider=model.decoder.provider,
            threads=self._threads,
        )

    def _read(self, folder: Path) -> _Read:
        if self._known is None or self._known.folder != folder:
            self._known = self._grammar = None
            self._known = _Read(folder, inspect(folder), Wording(folder))
        return self._known

    def _form(self, known: _Read, sampling: Sampling) -> Form | None:
        if sampling.json_schema is None and sampling.grammar is None:
            return None
        if self._grammar is None:
            self._grammar = Grammar(known.wording.tokens.json, known.files.ends)
        return self._grammar.form(sampling)

    def _load(self, setup: Setup, files: WriterFolder, cancellation: Cancellation) -> _Loaded:
        if self._model is None or _weights(self._model.setup) != _weights(setup):
            self._model = None  # its memory is needed for the next one
            give_back()
            cancellation.check()
            begun = time.perf_counter()
            provider = self._quickest() if setup.provider == QUICKEST else setup.provider
            decoder = self._opens(files, _room(setup, files), self._threads, provider)
            self._model = _Loaded(setup, decoder, Held(decoder), time.perf_counter() - begun)
        return self._model


def _weights(setup: Setup) -> tuple[Path, int, str]:
    """What has to be loaded anew where it differs."""
    return setup.folder, setup.context_length, setup.provider


def _check_room(tokens: int, room: int) -> None:
    if tokens >= room:
        raise PromptTooLong(
            _("That is {tokens} tokens; the model holds {most} of them at once.").format(
                tokens=tokens, most=room
            ),
            _("Ask about less at once, or choose a longer context for this model."),
        )


def _room(setup: Setup, files: WriterFolder) -> int:
    return min(setup.context_length, files.context_length)
