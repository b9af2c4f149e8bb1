"""The Qt that is installed survives the most ordinary work."""

import subprocess
import sys
from pathlib import Path

import pytest

CANARY = Path(__file__).with_name("qt_canary.py")


def test_qt_survives_signals_timers_and_posted_events():
    sung = subprocess.run(
        [sys.executable, str(CANARY)], capture_output=True, text=True, timeout=120, check=False
    )
    if "cannot open shared object file" in sung.stderr:
        pytest.skip(f"Qt's system libraries are missing: {sung.stderr.strip().splitlines()[-1]}")
    assert (sung.returncode, sung.stdout.split()) == (0, ["6000", "3000", "3000"]), sung.stderr
