"""Processes beside a test: none outlives its block, whatever happens in it."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SECONDS = 30.0


@contextmanager
def running(words: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Asked to end at the end of the block; TimeoutExpired where it had to be killed."""
    with subprocess.Popen(words, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@contextmanager
def virtual_screen(size: str) -> Iterator[str]:
    """The DISPLAY of an X server on which there is nothing."""
    reading, writing = os.pipe()
    # Without -noreset it starts anew when its last client leaves, and throws out who comes then.
    options = ("-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset")
    words = ("Xvfb", "-displayfd", str(writing), *options)
    with running(words, pass_fds=[writing], stderr=subprocess.DEVNULL), os.fdopen(reading) as told:
        os.close(writing)
        assert select.select([told], [], [], _SECONDS)[0], "no screen came up"
        number = told.readline().strip()
        assert number, "the screen ended"
        yield f":{number}"
