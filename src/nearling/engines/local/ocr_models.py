"""Opens the two PP-OCRv6 networks that the rapidocr package brings along; never downloads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nearling.core.errors import EngineFailure
from nearling.core.language import gettext as _

if TYPE_CHECKING:
    import onnxruntime


@dataclass(frozen=True, slots=True)
class OcrModels:
    detector: onnxruntime.InferenceSession
    """Picture 1×3×H×W in -1..1, H and W multiples of 32, to text probability 1×1×H×W."""
    recogniser: onnxruntime.InferenceSession
    """Lines N×3×48×W in -1..1 to character probabilities N×W/8×18710."""


def open_models(threads: int) -> OcrModels:
    """Both networks on the CPU, each with `threads` threads (0: one per physical core).

    The package's own Python is not imported: it takes longer than opening the networks, opens
    a socket and sets up a logger. Raises EngineFailure when a network is missing or broken.
    """
    folder = _model_folder()
    # The runtime reports usage to its maker unless told not to before it is first imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # The arena keeps the most a long page ever took: 750 MB instead of 310 for a few percent.
    options.enable_cpu_mem_arena = False
    # Waiting threads that spin gain little on an idle machine and take much from a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        detector, recogniser = (
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
            for name in ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
        )
    except (RuntimeError, ValueError) as error:
        raise _unusable() from error
    return OcrModels(detector, recogniser)


def _model_folder() -> Path:
    package = find_spec("rapidocr")
    # A packaged Nearling has the folder and nothing of the package's own Python in it.
    if package is None or not package.submodule_search_locations:
        raise _unusable()
    return Path(package.submodule_search_locations[0]) / "models"


def _unusable() -> EngineFailure:
    return EngineFailure(
        _("The models that read pictures are missing or damaged."), _("Install Nearling again.")
    )
