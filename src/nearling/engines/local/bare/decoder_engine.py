"""Our decoder by itself, as a program that answers each line of JSON with one line of JSON.

Asked `{"ids": TOKENS, "write": COUNT}` it takes the tokens in, writes as many greedily, and says
`{"prefill": TOOK, "decode": TOOK, "ids": WRITTEN}`: until the first token is chosen, and from there
to the last. TOOK is `[SECONDS, PROCESSOR]`, the time that passed and what the processor worked.
Started as a module with FOLDER CONTEXT THREADS NICENESS.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from nearling.catalogue.writer_folder import inspect
from nearling.core.cancellation import Cancellation
from nearling.engines.local.bare.lines import Answer, answer_lines
from nearling.engines.local.writing.decoder import Decoder


def write(decoder: Decoder, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    decoder.rewind(0)
    started = _now()
    logits = decoder.prefill(asked["ids"], Cancellation(), lambda _: None)
    written = [int(logits.argmax())]
    first = _now()
    for _ in range(asked["write"]):
        written.append(int(decoder.forward(written[-1:])[-1].argmax()))
    last = _now()
    return {"prefill": _took(started, first), "decode": _took(first, last), "ids": written}


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _took(begin: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    return end[0] - begin[0], end[1] - begin[1]


def main(folder: str, context: str, threads: str, niceness: str) -> None:
    def open_engine() -> tuple[str, Answer]:
        files = inspect(Path(folder))
        decoder = Decoder(files, context_length=int(context), threads=int(threads))
        return "our decoder", partial(write, decoder)

    answer_lines(open_engine, int(niceness))


if __name__ == "__main__":
    main(*sys.argv[1:])
