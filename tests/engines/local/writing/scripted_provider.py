"""A process in which a provider is tried; it behaves as the first word says."""

import os
import sys
import time
from typing import Any

import numpy as np

from nearling.engines.local.writing.providers import prove

_, behaviour, provider = sys.argv


class Session:
    def get_providers(self) -> list[str]:
        return ["CPUExecutionProvider" if behaviour == "falls back" else provider]

    def run(self, _outputs: None, feed: dict[str, Any]) -> list[Any]:
        product = feed["left"] @ feed["right"]
        if behaviour == "dies":
            os.kill(os.getpid(), 11)
        if behaviour == "lies":
            product[3, 3] += 1
        if behaviour == "is nothing":
            product[3, 3] = np.nan
        return [product.astype(np.float16).astype(np.float32)]


def opening(_model: bytes, _provider: str) -> Session:
    if behaviour == "refuses":
        raise RuntimeError("no driver")
    if behaviour == "hangs":
        time.sleep(60)
    return Session()


sys.exit(prove(provider, opening))
