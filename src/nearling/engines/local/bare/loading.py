"""Loads a model once in this process, as our decoder or as a bare session, and says how long.

Started as a module with HOW FOLDER CONTEXT THREADS, where HOW is `ours` or `bare`; prints
`[SECONDS, PROCESSOR]`, the time that passed and what the processor worked. The runtime is imported
before the clock starts: both need it alike.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from nearling.catalogue.writer_folder import WriterFolder, inspect
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.runtime import load_runtime


def load_ours(folder: Path, context: int, threads: int) -> Decoder:
    return Decoder(inspect(folder), context_length=context, threads=threads)


def load_bare(files: WriterFolder, threads: int) -> object:
    """As one would write it in three lines."""
    runtime = load_runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return runtime.InferenceSession(files.graph, options, providers=["CPUExecutionProvider"])


def main(how: str, folder: str, context: str, threads: str) -> None:
    load_runtime()
    files = inspect(Path(folder))
    started, worked = time.perf_counter(), time.process_time()
    if how == "ours":
        load_ours(Path(folder), int(context), int(threads))
    else:
        load_bare(files, int(threads))
    seconds = time.perf_counter() - started
    print(json.dumps([seconds, time.process_time() - worked]))


if __name__ == "__main__":
    main(*sys.argv[1:])
