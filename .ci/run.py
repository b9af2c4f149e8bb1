#!/usr/bin/env python3
"""What is run on every change, from a clean clone: the words of the README, and what each cost.

Every test runs once, and parts that need nothing of each other run two at a time. Prints the
minutes of every part and ends with a line like pytest's own. Fails if any part does.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The rooms where a line that no test walks would be a question lost; measured on their own, since
# measuring slows the tests that time something. None of those is here.
COVERED = ("tests/core", "tests/settings", "tests/history", "tests/assistant")

FLOOR = 98
"""Percent of lines and branches; it only rises."""

PATIENCE = 40 * 60.0
"""Seconds for one part; the longest takes a third of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the README's words, or what is done on top of them."""

    name: str
    line: tuple[str | Path, ...]
    environ: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    seconds: float
    last: str
    """What it said last."""


def run(part: Part, *, aloud: bool = True) -> Ran:
    """Runs it in the open, or tells what it said once it is over: one runs beside it.

    One that never ends is ended, and so is whatever it has left behind: that would hold on to what
    it says, and be waited for.
    """
    begun, title = time.monotonic(), f"\n==== {part.name}: {' '.join(map(str, part.line))}\n"
    said = [title]
    if aloud:
        print(title, end="", flush=True)
    process = subprocess.Popen(
        list(map(str, part.line)), cwd=ROOT, env=os.environ | {"CI": "true"} | dict(part.environ),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        start_new_session=True,
    )  # fmt: skip

    def listen() -> None:
        for text in process.stdout or ():
            said.append(text)
            if aloud:
                print(text, end="", flush=True)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        print(f"{part.name} took longer than {PATIENCE / 60:.0f} minutes and is ended.", flush=True)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    listener.join(10)
    if not aloud:
        print("".join(said), end="", flush=True)
    last = next((text.strip() for text in reversed(said) if text.strip()), "")
    return Ran(code, time.monotonic() - begun, last)


def seconds_by_folder(*reports: Path) -> dict[str, float]:
    """How long the tests of each folder below tests/ took; two ran at a time. From the reports."""
    seconds: dict[str, float] = defaultdict(float)
    for case in (case for each in reports if each.exists() for case in cases(each)):
        folder = "/".join(case.get("classname", "").split(".")[:2])
        seconds[f"  {folder}"] += float(case.get("time", 0))
    return dict(sorted(seconds.items()))


def cases(report: Path) -> list[ET.Element]:
    return list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own


def summed_up(*parts: Ran) -> str:
    """The summaries of several pytests as one."""
    counted: Counter[str] = Counter()
    for part in parts:
        for number, outcome in re.findall(r"(\d+) ([a-z]+)", part.last):
            counted[outcome] += int(number)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counted.items())
    return f" {told} in {sum(part.seconds for part in parts):.2f}s ".center(80, "=")


def main() -> int:
    """Runs all parts, also after one has failed."""
    begun, ran = time.monotonic(), dict[str, Ran]()
    python, dev = sys.executable, ROOT / "dev.py"
    no_screen = (("DISPLAY", ""), ("WAYLAND_DISPLAY", ""))  # nobody closes a window

    def alone(name: str, *line: str | Path, **environ: str) -> None:
        ran[name] = run(Part(name, line, tuple(environ.items())))

    def two_at_a_time(*parts: Part) -> None:
        with ThreadPoolExecutor(2) as both:
            told = both.map(lambda part: run(part, aloud=False), parts)
            ran.update(zip((part.name for part in parts), told, strict=True))

    with tempfile.TemporaryDirectory() as scratch:
        measured, report = Path(scratch, "measured.xml"), Path(scratch, "tests.xml")
        alone("setup", python, dev, "setup")
        two_at_a_time(
            Part("run", (python, dev, "run"), no_screen),
            Part("build", (python, dev, "build")),
            Part("conformance", (python, dev, "test", "--conformance")),
            Part("check", (python, dev, "check")),
        )
        covered = [folder for folder in COVERED if (ROOT / folder).is_dir()]
        others = [f"--ignore={folder}" for folder in covered]
        alone("test", python, dev, "test", f"--junitxml={report}", *others)
        coverage = (ROOT / ".venv/bin/python", "-m", "coverage")
        data = {"COVERAGE_FILE": f"{scratch}/coverage"}
        tests = ("run", "-m", "pytest", "-q", "-n2", f"--junitxml={measured}", *covered)
        alone("coverage", *coverage, *tests, **data)
        subprocess.run(
            [*coverage, "combine", "--quiet"], env=os.environ | data, cwd=ROOT, check=False
        )
        rooms = ",".join(f"src/nearling/{folder.split('/')[1]}/*" for folder in covered)
        floor = ("--skip-covered", "--skip-empty", f"--include={rooms}", f"--fail-under={FLOOR}")
        alone("coverage floor", *coverage, "report", *floor, **data)
        folders = seconds_by_folder(measured, report)

    print("\n==== minutes")
    for name, part in ran.items():
        print(f"{name:24} {part.seconds / 60:6.2f}{'  FAILED' if part.code else ''}")
    for folder, seconds in folders.items():
        print(f"{folder:24} {seconds / 60:6.2f}")
    print(f"{'all':24} {(time.monotonic() - begun) / 60:6.2f}")
    print(summed_up(ran["test"], ran["coverage"]))
    return any(part.code for part in ran.values())


if __name__ == "__main__":
    sys.exit(main())
