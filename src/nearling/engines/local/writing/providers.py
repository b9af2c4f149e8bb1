"""Processors that onnxruntime may have beyond the CPU."""

from __future__ import annotations


def device_of(provider: str) -> str:
    return {"CUDAExecutionProvider": "cuda", "DmlExecutionProvider": "dml"}.get(provider, "cpu")
