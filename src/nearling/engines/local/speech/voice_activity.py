"""How likely it is that somebody speaks, frame by frame: the Silero network, carrying its state.

The network comes with the faster-whisper package, whose own Python starts it anew at each call.
One frame is asked about at a time, so that a take that grows and the same take read afterwards
give the very same numbers.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nearling.core.errors import EngineFailure
from nearling.core.language import gettext as _
from nearling.engines.local.speech.samples import Samples

if TYPE_CHECKING:
    import onnxruntime

FRAME = 512
"""Samples, 32 ms: what the network was trained on."""
_CONTEXT = 64
"""Samples of the frame before that it wants to see again."""
_HUSH = 0.001
"""Root mean square, -60 dB: nobody who is to be understood speaks more softly."""
_NETWORK = "silero_vad_v6.onnx"


def open_network() -> onnxruntime.InferenceSession:
    """Raises EngineFailure."""
    # The runtime reports usage to its maker unless told not to before it is first imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    package = find_spec("faster_whisper")
    folders = package.submodule_search_locations if package else None
    try:
        file = Path((folders or ["."])[0]) / "assets" / _NETWORK
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except (RuntimeError, ValueError) as error:
        raise EngineFailure(
            _("The network that hears whether somebody speaks is missing or damaged."),
            _("Install Nearling again."),
        ) from error


class VoiceActivity:
    """Of one recording; its frames in order."""

    def __init__(self, network: onnxruntime.InferenceSession) -> None:
        self._network = network
        self._memory = np.zeros((2, 1, 1, 128), np.float32)
        self._context = np.zeros((1, _CONTEXT), np.float32)

    def likelihood(self, frame: Samples) -> float:
        """From 0 to 1, of FRAME samples."""
        seen = np.concatenate([self._context, frame[None]], axis=1)
        said, *memory = self._network.run(
            None, {"input": seen, "h": self._memory[0], "c": self._memory[1]}
        )
        self._memory = np.stack(memory)
        self._context = frame[None, -_CONTEXT:]
        if np.sqrt(np.mean(frame * frame)) < _HUSH:
            return 0.0
        return float(said.reshape(-1)[0])
