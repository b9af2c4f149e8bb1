"""The tests read English, whatever the machine speaks; side by side, some have it to themselves.

None waits for ever: what a test has started is killed when its patience is over.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from hypothesis import settings

os.environ["NEARLING_LANGUAGE"] = "en"

# A busy computer is no fault of what is tested: what looks at a clock is marked `alone`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_ROOM, _DOOR = Path(__file__), Path(__file__).parent / "scripted"
"""Any two that every worker of pytest-xdist can open: they are locked, not read."""

_PATIENCE = 300.0
"""Seconds; the longest test takes 80 beside other work, and took 180 on a swamped computer."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """With its fixtures, whatever their scope: those may take time, too."""
    with ExitStack() as around:
        if hasattr(item.config, "workerinput"):  # else nothing runs beside it
            alone = item.get_closest_marker("alone") is not None
            around.enter_context(_in_the_room(alone=alone))
        if item.get_closest_marker("unhurried") is None:
            around.enter_context(_patient())
        return (yield)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("unhurried") is not None:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(trylast=True)  # once they are in random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that want to be alone come last, so that nobody waits for each of them.

    Those that take a minute come first, so that none of them is waited for then.
    """

    def is_marked(item: pytest.Item, name: str) -> bool:
        return item.get_closest_marker(name) is not None

    items.sort(key=lambda item: (is_marked(item, "alone"), not is_marked(item, "long")))


@contextmanager
def _patient() -> Iterator[None]:
    """Whoever waits for a process that was started inside finds its end, and fails by that."""
    begun = time.time()

    def end() -> None:
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if child.create_time() >= begun - 1:
                    print("killed, since it was waited for in vain:", child, file=sys.stderr)
                    child.kill()

    late = threading.Timer(_PATIENCE, end)
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


@contextmanager
def _in_the_room(*, alone: bool) -> Iterator[None]:
    """Among others, or alone once they have left; who waits for that keeps the next ones out."""
    from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock

    door, room = (os.open(path, os.O_RDONLY) for path in (_DOOR, _ROOM))
    try:
        flock(door, LOCK_EX)
        flock(room, LOCK_EX if alone else LOCK_SH)
        flock(door, LOCK_UN)
        yield
    finally:
        os.close(room)
        os.close(door)
