"""The tests of the window are strict: what whispers in one of them fails it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = """
import threading
import time
import warnings

from ui.conftest import application, display, qt


def test_nothing(qt):
    pass


def test_qt_warns(qt):
    from PySide6.QtCore import qWarning

    qWarning("something is odd")


def test_a_thread_stays(qt):
    threading.Thread(target=time.sleep, args=(20,), daemon=True, name="forgotten").start()


def test_a_thread_stumbles(qt):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join(60)


def test_a_slot_stumbles(qt):
    from PySide6.QtCore import QTimer
    from ui.conftest import spin

    QTimer.singleShot(0, lambda: 1 / 0)
    spin(0.05)


def test_python_warns(qt):
    warnings.warn("something is old", DeprecationWarning, stacklevel=1)
"""


def test_what_whispers_fails(display, application, tmp_path):
    file = tmp_path / "test_whispers.py"
    file.write_text(TESTS)
    options = ("-p", "no:randomly", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"))
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", "-rA", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        name: outcome
        for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", ran.stdout, re.M)
    }
    assert found == {
        "test_nothing": "PASSED",
        "test_qt_warns": "ERROR",
        "test_a_thread_stays": "ERROR",
        "test_a_thread_stumbles": "FAILED",
        "test_a_slot_stumbles": "ERROR",
        "test_python_warns": "FAILED",
    }, ran.stdout
