"""Where the packaged app cannot be made, the build says why and is content with the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "packaging" / "app.py"


@pytest.mark.skipif(sys.platform != "linux", reason="names of Linux tools")
@pytest.mark.parametrize("missing", ["ldd", "objdump", "strip"])
def test_a_missing_tool_is_named(tmp_path: Path, missing: str) -> None:
    for tool in {"ldd", "objdump", "strip"} - {missing}:
        (tmp_path / tool).symlink_to(shutil.which("true") or "/bin/true")
    ran = subprocess.run(
        [sys.executable, APP],
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")
    assert f"No packaged app was made: {missing} not found" in ran.stderr
    assert "sudo apt install binutils" in ran.stderr
