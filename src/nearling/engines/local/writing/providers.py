"""Processors beyond the CPU that the onnxruntime here may have; believed once they have computed.

A driver that does not fit may say nothing, compute wrongly or end the process: so each is tried
in a process of its own, with a product that is known.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nearling.catalogue.protobuf import block, integer
from nearling.core.language_model import CPU
from nearling.core.ourselves import own_command
from nearling.engines.local.writing.runtime import load_runtime

if TYPE_CHECKING:
    import onnxruntime

_DEVICES = {
    "CUDAExecutionProvider": "cuda",
    "DmlExecutionProvider": "dml",
    "CoreMLExecutionProvider": "cpu",
    "OpenVINOExecutionProvider": "cpu",
    "QNNExecutionProvider": "cpu",
}
"""Where each wants what it is given, the likeliest to be quick first."""
_SECONDS = 60
"""Some prepare themselves for long when they are first used."""
_ROWS, _INNER, _COLUMNS = 8, 64, 16
_FLOAT = 1
_CLOSE = 0.05
"""Of numbers around 8: processors that halve the digits are no liars."""

Opening = Callable[[bytes, str], "onnxruntime.InferenceSession"]


def offered() -> tuple[str, ...]:
    """The CPU, and what else the onnxruntime here was built for; nothing is tried."""
    available = load_runtime().get_available_providers()
    return (CPU, *(name for name in _DEVICES if name in available))


def device_of(provider: str) -> str:
    """Where keys and values lie while it runs."""
    return _DEVICES.get(provider, "cpu")


def works(
    provider: str, command: Callable[..., Sequence[str]] = own_command, seconds: float = _SECONDS
) -> bool:
    """Whether it computes what it should; tried in a process that may die of it."""
    if provider == CPU:
        return True
    try:
        ended = subprocess.run(
            command("prove", provider),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def quickest() -> str:
    """The first of those offered that works here."""
    return next((provider for provider in offered()[1:] if works(provider)), CPU)


def prove(provider: str, opening: Callable[[bytes, str], Any] | None = None) -> int:
    """Multiplies on `provider` alone: 0 where the product is right. Runs in that process."""
    generator = np.random.default_rng(0)
    left, right = (
        generator.standard_normal(size, np.float32)
        for size in ((_ROWS, _INNER), (_INNER, _COLUMNS))
    )
    session = (opening or _open)(_product(), provider)
    if session.get_providers()[0] != provider:
        return 1
    (product,) = session.run(None, {"left": left, "right": right})
    return 0 if np.allclose(product, left @ right, atol=_CLOSE) else 1


def running(session: onnxruntime.InferenceSession) -> str:
    """The provider that got most of the graph, whatever was asked for."""
    registered = str(session.get_providers()[0])
    # Before 1.24 nobody can say more.
    if registered == CPU or not hasattr(session, "get_provider_graph_assignment_info"):
        return registered
    nodes: Counter[str] = Counter()
    for part in session.get_provider_graph_assignment_info():
        nodes[part.ep_name] += len(part.get_nodes())
    return nodes.most_common(1)[0][0] if nodes else registered


def _open(model: bytes, provider: str) -> onnxruntime.InferenceSession:
    runtime = load_runtime()
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    # Otherwise the CPU would take over, and the product be right.
    options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    return runtime.InferenceSession(model, options, providers=[provider])


def _product() -> bytes:
    """A graph that multiplies two matrices, in ONNX's form."""
    node = b"".join(
        (block(1, b"left"), block(1, b"right"), block(2, b"product"), block(4, b"MatMul"))
    )
    graph = b"".join(
        (
            block(1, node),
            block(2, b"product"),
            block(11, _matrix("left", _ROWS, _INNER)),
            block(11, _matrix("right", _INNER, _COLUMNS)),
            block(12, _matrix("product", _ROWS, _COLUMNS)),
        )
    )
    return integer(1, 8) + block(7, graph) + block(8, integer(2, 17))


def _matrix(name: str, rows: int, columns: int) -> bytes:
    sides = b"".join(block(1, integer(1, side)) for side in (rows, columns))
    return block(1, name.encode()) + block(2, block(1, integer(1, _FLOAT) + block(2, sides)))
