"""RapidOCR by itself, as a program that answers each line of JSON with one line of JSON.

Asked `{"file": FILE}` it says `{"seconds": S, "lines": N}`: what one call took inside this
process, decoding included. Started as a module with SETTINGS LONGEST_SIDE THREADS NICENESS, where
SETTINGS is `tuned` (the detector sees at most LONGEST_SIDE pixels, no turning of lines) or
`defaults` (as the package comes). Says `{"ready": ENGINE}` first, or `{"failed": WHY}`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

Read = Callable[[bytes], int]
"""Reads an encoded picture; returns how many lines it found."""


def serve(read: Read, asked: TextIO, told: TextIO) -> None:
    """Answers until the end of `asked`."""
    for line in asked:
        picture = Path(json.loads(line)["file"]).read_bytes()
        started = time.perf_counter()
        lines = read(picture)
        _tell(told, {"seconds": time.perf_counter() - started, "lines": lines})


def open_engine(settings: str, longest_side: int, threads: int) -> Read:
    """RapidOCR with `tuned` or `defaults` settings; 0 threads is one per physical core."""
    # The runtime reports usage to its maker unless told not to before it is first imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR
    from rapidocr.utils.output import RapidOCROutput

    tuned = {
        "Global.use_cls": False,
        "Det.limit_type": "max",
        "Det.limit_side_len": longest_side,
        # RapidOCR takes -1 for the runtime's own choice, which is what 0 is to us.
        "EngineConfig.onnxruntime.intra_op_num_threads": threads or -1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    engine = RapidOCR(params=tuned if settings == "tuned" else None)

    def read(picture: bytes) -> int:
        found = engine(picture)
        return len(found.txts or ()) if isinstance(found, RapidOCROutput) else 0

    return read


def _tell(told: TextIO, answer: dict[str, object]) -> None:
    told.write(json.dumps(answer) + "\n")
    told.flush()


def main(settings: str, longest_side: str, threads: str, niceness: str) -> None:
    # Whatever the library prints must not land between two answers.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(int(niceness))
    try:
        read = open_engine(settings, int(longest_side), int(threads))
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        _tell(told, {"failed": f"{type(error).__name__}: {error}"})
        return
    _tell(told, {"ready": f"rapidocr, {settings}"})
    serve(read, sys.stdin, told)


if __name__ == "__main__":
    main(*sys.argv[1:])
