"""Builds llama.cpp, for `nearling bench write` to compare with: `python3 packaging/llama_cpp.py`.

From the sources of llama-cpp-python on PyPI, for the processor it is built on, into an environment
of its own, `.tools/llama-cpp`; nothing of Nearling ever loads it. Takes ten minutes or more, a C++
compiler and cmake. Tried on Linux alone.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402 - found beside pyproject.toml, not installed

VERSION = "0.3.36"
ENVIRONMENT = ROOT / ".tools" / "llama-cpp"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if dev.WINDOWS else "bin/python")
# With AMX it dies of a memory fault on weights of four bits.
WITHOUT_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
FLAGS = {"GGML_NATIVE": "ON", "LLAMA_BUILD_TOOLS": "OFF", "LLAVA_BUILD": "OFF"}


def flags() -> dict[str, str]:
    if platform.machine() not in {"x86_64", "AMD64"}:
        return FLAGS
    return FLAGS | {"CMAKE_C_FLAGS": WITHOUT_AMX, "CMAKE_CXX_FLAGS": WITHOUT_AMX}


def main() -> None:
    if missing := [tool for tool in ("c++", "cmake") if not shutil.which(tool)]:
        sys.exit(f"To build llama.cpp, install {' and '.join(missing)} first.")
    uv = dev.the_uv(dev.read_toml(ROOT / "uv.lock"))
    for name, value in flags().items():
        print(f"{name}={value}")
    settings = [f"--config-settings-package=llama-cpp-python:cmake.define.{name}={value}"
                for name, value in flags().items()]  # fmt: skip
    try:
        uv("venv", "--clear", "--python", sys.executable, ENVIRONMENT)
        uv("pip", "install", "--python", PYTHON, "--no-binary", "llama-cpp-python", *settings,
           f"llama-cpp-python=={VERSION}")  # fmt: skip
    except dev.Problem as problem:
        sys.exit(str(problem))
    told = "import llama_cpp; print(llama_cpp.llama_print_system_info().decode())"
    subprocess.run([PYTHON, "-c", told], check=True)


if __name__ == "__main__":
    main()
