"""faster-whisper by itself, as a program that answers each line of JSON with one line of JSON.

Asked `{"file": FILE}` it says `{"seconds": S}`: what one call took inside this process, with the
settings that Nearling decodes with. Started as a module with MODEL THREADS NICENESS. Says
`{"ready": ENGINE}` first, or `{"failed": WHY}`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


def open_engine(model: Path, threads: int) -> Callable[[str], None]:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=threads)

    def hear(file: str) -> None:
        segments, _ = whisper.transcribe(
            file, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        list(segments)

    return hear


def _tell(told: TextIO, answer: dict[str, object]) -> None:
    told.write(json.dumps(answer) + "\n")
    told.flush()


def main(model: str, threads: str, niceness: str) -> None:
    # Whatever the library prints must not land between two answers.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(int(niceness))
    try:
        hear = open_engine(Path(model), int(threads))
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        _tell(told, {"failed": f"{type(error).__name__}: {error}"})
        return
    _tell(told, {"ready": "faster-whisper"})
    for line in sys.stdin:
        started = time.perf_counter()
        hear(json.loads(line)["file"])
        _tell(told, {"seconds": time.perf_counter() - started})


if __name__ == "__main__":
    main(*sys.argv[1:])
