#!/usr/bin/env python3
"""What is run on every change, from a clean clone: the words of the README, and what each cost.

Prints the minutes of every part and ends with pytest's own summary line. Fails if any part does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The rooms where a line that no test walks would be a question lost; measured on their own, since
# measuring slows the tests that time something.
COVERED = ("tests/core", "tests/settings", "tests/history", "tests/assistant")

FLOOR = 98
"""Percent of lines and branches; it only rises."""


def run(*line: str | Path, **environ: str) -> tuple[int, float, str]:
    """Runs it in the open; returns its exit code, its seconds and its last line."""
    started, last = time.monotonic(), ""
    with subprocess.Popen(
        list(map(str, line)), cwd=ROOT, env=os.environ | {"CI": "true"} | environ,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        for text in process.stdout or ():
            print(text, end="", flush=True)
            last = text.strip() or last
    return process.returncode, time.monotonic() - started, last


def seconds_by_folder(report: Path) -> dict[str, float]:
    """How long the tests of each folder below tests/ took; two ran at a time. From the report."""
    seconds: dict[str, float] = defaultdict(float)
    if report.exists():
        for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own
            folder = "/".join(case.get("classname", "").split(".")[:2])
            seconds[f"  {folder}"] += float(case.get("time", 0))
    return seconds


def main() -> int:
    """Runs all parts, also after one has failed."""
    python, dev = sys.executable, ROOT / "dev.py"
    minutes: dict[str, float] = {}
    failed = []

    def part(name: str, *line: str | Path, **environ: str) -> str:
        print(f"\n==== {name}: {' '.join(map(str, line))}", flush=True)
        code, minutes[name], last = run(*line, **environ)
        failed.extend([name] if code else [])
        return last

    with tempfile.TemporaryDirectory() as scratch:
        part("setup", python, dev, "setup")
        part("check", python, dev, "check")
        part("run", python, dev, "run", DISPLAY="", WAYLAND_DISPLAY="")  # nobody closes a window
        part("build", python, dev, "build")
        covered = [folder for folder in COVERED if (ROOT / folder).is_dir()]
        coverage = (ROOT / ".venv/bin/python", "-m", "coverage")
        data = {"COVERAGE_FILE": f"{scratch}/coverage"}
        part("coverage", *coverage, "run", "-m", "pytest", "-q", "-n2", *covered, **data)
        run(*coverage, "combine", "--quiet", **data)
        rooms = ",".join(f"src/nearling/{folder.split('/')[1]}/*" for folder in covered)
        floor = ("--skip-covered", "--skip-empty", f"--include={rooms}", f"--fail-under={FLOOR}")
        part("coverage floor", *coverage, "report", *floor, **data)
        part("conformance", python, dev, "test", "--conformance")
        report = Path(scratch, "tests.xml")
        summary = part("test", python, dev, "test", f"--junitxml={report}")
        minutes |= dict(sorted(seconds_by_folder(report).items()))

    print("\n==== minutes")
    for name, seconds in minutes.items():
        print(f"{name:24} {seconds / 60:6.2f}{'  FAILED' if name in failed else ''}")
    total = sum(seconds for name, seconds in minutes.items() if not name.startswith(" "))
    print(f"{'all':24} {total / 60:6.2f}")
    print(summary)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
