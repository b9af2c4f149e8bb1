"""onnxruntime, loaded where it is needed and told to report nothing."""

from __future__ import annotations

import os
from typing import Any


def load_runtime() -> Any:
    """The module, which has no type of its own."""
    # It reports usage to its maker unless told not to before it is first imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
