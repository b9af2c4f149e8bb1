"""What a figure was measured on, in one line."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import psutil


def machine() -> str:
    """Processor, cores and how wide its arithmetic is, as far as the system says."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    width = _width(_told("flags"))
    name = _told("model name") or platform.processor() or platform.machine()
    return f"{name}, {cores} core{'s' if cores > 1 else ''}{f', {width}' if width else ''}"


def busy() -> str:
    """How much else was going on, where the system says."""
    if not hasattr(os, "getloadavg"):
        return "load unknown"
    return f"load average {os.getloadavg()[0]:.1f}"


def _width(flags: str) -> str:
    words = flags.split()
    if "avx512f" in words:
        return "AVX-512"
    return "AVX2" if "avx2" in words else ""


def _told(name: str) -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return ""
    found = re.search(rf"^{name}\s*: (.+)$", told, re.M)
    return found[1].strip() if found else ""
