"""A program that answers each line of JSON with one line of JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def answer_lines(name: str, answer: Answer, niceness: int) -> None:
    """Says `{"ready": NAME}` first; then answers until nothing more comes."""
    if hasattr(os, "nice"):
        os.nice(niceness)
    print(json.dumps({"ready": name}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
