"""Our language model made to say what it is told, as a program that answers lines of JSON.

Asked `{"question": TEXT, "answer": TEXT, "lookup": YES}` it says `{"seconds": S, "tokens": N,
"guessed": N}`: from the first word to the last. The model computes all that it would for these
tokens; only which one it finds likeliest is put in its mouth. Started as a module with FOLDER
CONTEXT THREADS NICENESS.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.cancellation import Cancellation
from nearling.core.events import Finished, Prefilling
from nearling.core.language_model import Sampling, Setup
from nearling.core.prompt import Prompt
from nearling.engines.local.bare.lines import Answer, answer_lines
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.language_model import OnnxLanguageModel


@dataclass(slots=True)
class Script:
    """The tokens that are to be said from position `begin` on."""

    says: Sequence[int] = ()
    begin: int = 0


class PromptedDecoder(Decoder):
    """Finds likeliest what its script says."""

    script: Script

    def forward(
        self,
        ids: Sequence[int] | NDArray[np.int64],
        keep: int = 1,
        cancellation: Cancellation | None = None,
    ) -> NDArray[np.float32]:
        logits = super().forward(ids, keep, cancellation)
        last = self.length - self.script.begin
        for row, place in zip(logits[::-1], range(last, -1, -1), strict=False):
            if place < len(self.script.says):
                row[self.script.says[place]] = row.max() + 1
        return logits


class Copying:
    def __init__(self, folder: Path, context: int, threads: int) -> None:
        self._script = Script()
        self._model = OnnxLanguageModel(threads, self._open)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._setup = Setup(folder, context, reuse=False)

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        prompt = Prompt(asked["question"])
        says = self._tokenizer.encode(asked["answer"], add_special_tokens=False).ids
        setup = replace(
            self._setup, lookup=asked["lookup"], sampling=Sampling(most_tokens=len(says))
        )
        self._script.says = says
        self._script.begin = self._model.count(prompt, setup, Cancellation())
        began: float | None = None
        for event in self._model.write(prompt, setup, Cancellation()):
            if began is None and not isinstance(event, Prefilling):
                began = time.perf_counter()
            if isinstance(event, Finished) and began is not None:
                seconds = time.perf_counter() - began
                return {"seconds": seconds, "tokens": event.tokens_out, "guessed": event.guessed}
        raise AssertionError("a language model ends with its account")

    def _open(
        self, files: WriterFolder, context: int, threads: int, provider: str
    ) -> PromptedDecoder:
        decoder = PromptedDecoder(files, context_length=context, threads=threads, provider=provider)
        decoder.script = self._script
        return decoder


def main(folder: str, context: str, threads: str, niceness: str) -> None:
    def open_engine() -> tuple[str, Answer]:
        return "our language model", Copying(Path(folder), int(context), int(threads)).answer

    answer_lines(open_engine, int(niceness))


if __name__ == "__main__":
    main(*sys.argv[1:])
