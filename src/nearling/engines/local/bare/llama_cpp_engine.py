"""llama.cpp by itself, as a program that answers each line of JSON with one line of JSON.

Asked `{"ids": TOKENS, "write": COUNT}` it takes the tokens in, writes as many greedily, and says
`{"prefill": TOOK, "decode": TOOK, "ids": WRITTEN}`: until the first token is chosen, and from there
to the last. TOOK is `[SECONDS, PROCESSOR]`, the time that passed and what the processor worked.
Runs in an environment of its own that has llama-cpp-python, as a file with GGUF CONTEXT THREADS
NICENESS.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any


class LlamaCpp:
    """Its own settings but for the number of threads: the batches are as they come."""

    def __init__(self, file: str, context: int, threads: int) -> None:
        # By its name: no environment of Nearling's own has it.
        llama_cpp: Any = import_module("llama_cpp")
        self._library = llama_cpp
        # Kept here: the library calls it for as long as it lives.
        self._silent = llama_cpp.llama_log_callback(lambda *_: None)
        llama_cpp.llama_log_set(self._silent, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        model = llama_cpp.llama_model_load_from_file(
            os.fsencode(file), llama_cpp.llama_model_default_params()
        )
        if not model:
            raise OSError(f"llama.cpp does not open {file}")
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = context
        settings.n_threads = settings.n_threads_batch = threads
        self._context = llama_cpp.llama_init_from_model(model, settings)
        if not self._context:
            raise MemoryError("llama.cpp gives no context")
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._greedy = llama_cpp.llama_sampler_init_greedy()
        self.name = f"llama.cpp ({llama_cpp.__version__} of llama-cpp-python; {self._flags()})"

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        self._library.llama_memory_clear(self._memory, True)
        started = _now()
        written = [self._next(asked["ids"])]
        first = _now()
        for _ in range(asked["write"]):
            written.append(self._next(written[-1:]))
        last = _now()
        return {"prefill": _took(started, first), "decode": _took(first, last), "ids": written}

    def _next(self, ids: Sequence[int]) -> int:
        tokens = (self._library.llama_token * len(ids))(*ids)
        batch = self._library.llama_batch_get_one(tokens, len(ids))
        if self._library.llama_decode(self._context, batch):
            raise RuntimeError("llama.cpp did not take its tokens")
        chosen: int = self._library.llama_sampler_sample(self._greedy, self._context, -1)
        return chosen

    def _flags(self) -> str:
        """What of the processor it was built for, as it says itself."""
        told = self._library.llama_print_system_info().decode()
        on = (part.split("=")[0].strip(" |") for part in told.split("|") if "= 1" in part)
        return " ".join(part.removeprefix("CPU : ") for part in on)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _took(begin: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    return end[0] - begin[0], end[1] - begin[1]


def main(file: str, context: str, threads: str, niceness: str) -> None:
    # Whatever the library prints must not land between two answers.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(int(niceness))
    try:
        engine = LlamaCpp(file, int(context), int(threads))
    except (ImportError, OSError, MemoryError, RuntimeError, AttributeError) as error:
        print(json.dumps({"failed": f"{type(error).__name__}: {error}"}), file=told, flush=True)
        return
    print(json.dumps({"ready": engine.name}), file=told, flush=True)
    for line in sys.stdin:
        print(json.dumps(engine.answer(json.loads(line))), file=told, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
