"""What was freed is given back, seen from outside: processes of their own, as the system counts."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="told to glibc alone")

FREED = """
import psutil
from nearling.core.freed import give_back
held = [bytes(2000) for _ in range(50_000)]
last = bytes(2000)  # above all others, which stay with the process because of it
full = psutil.Process().memory_info().rss
held.clear()
kept = psutil.Process().memory_info().rss
give_back()
print(full, kept, psutil.Process().memory_info().rss)
"""

HEAPS = """
import ctypes, threading
from nearling.core.freed import keep_few_heaps
keep_few_heaps()
all_there = threading.Barrier(8, timeout=60)
def work():
    all_there.wait()
    held = [bytes(2000) for _ in range(100)]
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def run(program: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout


def test_what_was_freed_is_given_back():
    full, kept, given_back = map(int, run(FREED).split())
    assert kept > full - 50e6
    assert given_back < full - 80e6


def test_threads_share_few_heaps():
    assert len(re.findall("<heap nr=", run(HEAPS))) <= 2
    without = HEAPS.replace("keep_few_heaps()\n", "")
    assert len(re.findall("<heap nr=", run(without))) > 2
