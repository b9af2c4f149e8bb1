"""Runs a decoder's graph as plainly as it can be run: no engine, every past copied."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class PlainDecoder:
    """One conversation with one graph."""

    def __init__(self, graph: Path) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session: Any = onnxruntime.InferenceSession(str(graph), options)
        self._past: dict[str, Floats] = {}
        for each in self.session.get_inputs():
            if each.name.startswith("past_key_values."):
                self._past[each.name] = np.zeros((1, each.shape[1], 0, each.shape[3]), np.float32)
        self._seen = 0

    def read(self, tokens: Iterable[int]) -> Floats:
        """The logits after each of the tokens, which come after all that were read before."""
        ids = np.array([list(tokens)], np.int64)
        end = self._seen + ids.shape[1]
        given = {
            "input_ids": ids,
            "attention_mask": np.ones((1, end), np.int64),
            "position_ids": np.arange(self._seen, end)[None],
            "num_logits_to_keep": np.array(0),
            **self._past,
        }
        wanted = {each.name for each in self.session.get_inputs()}
        names = [each.name for each in self.session.get_outputs()]
        told = self.session.run(names, {key: given[key] for key in given if key in wanted})
        by_name = dict(zip(names, told, strict=True))
        self._past = {key: by_name[key.replace("past_key_values", "present")] for key in self._past}
        self._seen = end
        logits: Floats = by_name["logits"][0]
        return logits

    def say(self, prompt: Iterable[int], length: int, stop: int | None = None) -> list[int]:
        """The likeliest tokens one after the other, until `stop`."""
        said: list[int] = []
        ahead = list(prompt)
        while len(said) < length:
            ahead = [int(self.read(ahead)[-1].argmax())]
            if ahead == [stop]:
                break
            said += ahead
        return said
