"""A program that answers each line of JSON with one line of JSON, whatever its engine prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from nearling.core.errors import NearlingError

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def answer_lines(open_engine: Callable[[], tuple[str, Answer]], niceness: int) -> None:
    """Says `{"ready": NAME}` first, or `{"failed": WHY}`; then answers until nothing more comes."""
    # Whatever a library prints must not land between two answers.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(niceness)
    try:
        name, answer = open_engine()
    except (NearlingError, OSError) as error:
        print(json.dumps({"failed": str(error)}), file=told, flush=True)
        return
    print(json.dumps({"ready": name}), file=told, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=told, flush=True)
