"""The step that watches a question being answered and counts what reaches for the network."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nearling.bench.demo.asking import PAID, held, placed
from nearling.bench.demo.step import Step, receipt_line
from nearling.bench.executable import Ran, run_product

_NAME, _TITLE = "network", "What reached for the internet"
_REACHING = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(")
_INTERNET = re.compile(r"sa_family=AF_INET6?\b")
_LOOKUP = re.compile(r"htons\(53\)|sun_path=\"[^\"]*(?:nscd|systemd/resolve|avahi)")
_WATCH = ("strace", "-f", "-qq", "-e", "trace=network,execve")
_CUT_OFF = ("unshare", "-r", "-n")


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a trace of system calls shows."""

    processes: int
    connections: int
    lookups: int


def network_step(folder: Path, home: Path) -> Step:
    """With strace if it works here, else without any network, else not at all."""
    picture = placed(PAID.picture, folder)
    trace = folder / "trace.txt"
    for watch in ((*_WATCH, "--seccomp-bpf", "-o", str(trace)), (*_WATCH, "-o", str(trace))):
        if _works(watch):
            started = time.perf_counter()
            ran = _asked(picture, home, watch)
            seen = traffic(trace.read_text("utf-8", errors="replace"))
            return _watched(ran, seen, time.perf_counter() - started)
    if _works(_CUT_OFF):
        return _cut_off(_asked(picture, home, _CUT_OFF))
    return Step(
        name=_NAME,
        title=_TITLE,
        kind="not possible here",
        why="Neither strace nor unshare can be used on this computer; install strace to see it.",
        ok=None,
        seconds=0.0,
    )


def traffic(trace: str) -> Traffic:
    """Counts a trace of strace: internet addresses reached for, and names looked up.

    A look-up is a packet to port 53 or a connection to a local service that looks names up.
    """
    reaching = [line for line in trace.splitlines() if _REACHING.search(line)]
    lookups = [line for line in reaching if _LOOKUP.search(line)]
    connections = [line for line in reaching if _INTERNET.search(line) and not _LOOKUP.search(line)]
    return Traffic(
        len(re.findall(r"\bexecve\(.*= 0$", trace, re.M)), len(connections), len(lookups)
    )


def _works(before: Sequence[str]) -> bool:
    """Whether a program can be run that way here; containers often forbid it."""
    if shutil.which(before[0]) is None:
        return False
    tried = subprocess.run(
        [*before, sys.executable, "--version"], capture_output=True, timeout=20, check=False
    )
    return tried.returncode == 0


def _asked(picture: Path, home: Path, before: Sequence[str]) -> Ran:
    return run_product(["ask", PAID.question, "--picture", str(picture), "--json"], home, before)


def _watched(ran: Ran, seen: Traffic, seconds: float) -> Step:
    told = ran.object()
    # Nearling and the child that reads: fewer, and the trace has not seen what it should.
    whole = seen.processes >= 2
    return Step(
        name=_NAME,
        title=_TITLE,
        kind="real",
        why="strace watched every process that the answer took, from start to end.",
        ok=whole and not seen.connections and not seen.lookups and held(PAID, ran.code, told),
        seconds=seconds,
        question=PAID.question,
        answer=f"{seen.connections} internet connections, {seen.lookups} name look-ups",
        details=(
            f"{seen.processes} programs were watched while “{PAID.question}” was answered with "
            f"{told.get('answer') or 'nothing'}.",
            "Counted: connect, sendto, sendmsg and sendmmsg to any IPv4 or IPv6 address, and "
            "requests to whatever looks names up.",
        ),
        receipt=receipt_line(told),
    )


def _cut_off(ran: Ran) -> Step:
    told = ran.object()
    return Step(
        name=_NAME,
        title=_TITLE,
        kind="real",
        why="strace is not here to count; the answer was computed where no network exists.",
        ok=held(PAID, ran.code, told),
        seconds=ran.seconds,
        question=PAID.question,
        answer=f"answered without any network: {told.get('answer') or 'nothing'}",
        details=("unshare gave the processes an empty network: no device, no address.",),
        receipt=receipt_line(told),
    )
