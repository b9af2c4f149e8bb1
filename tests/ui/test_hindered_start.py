"""What stands in the way of a start is shown in a window, with its remedy, and is tried again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from nearling.history.database import NAME
from nearling.history.history import History
from ui.test_product import xdotool

PROGRAM = Path(__file__).with_name("watched_start.py")
_LONGEST_SECONDS = 60.0


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    with History(home / "history"):
        return home


@pytest.fixture
def start(display, application, home):
    @contextmanager
    def started(*before: str):
        process = subprocess.Popen(
            [*before, sys.executable, str(PROGRAM)],
            env=os.environ | {"NEARLING_HOME": str(home), "DISPLAY": display},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        late = threading.Timer(_LONGEST_SECONDS, process.kill)
        late.start()
        with process:
            try:
                yield process
            finally:
                late.cancel()
                process.kill()

    return started


def seen(process, *, dialog: bool) -> list[str]:
    """What the next dialog or window says, once it has the keys."""
    for line in process.stdout:
        told = json.loads(line)
        if told["dialog"] is dialog and told["active"]:
            return told["words"]
    pytest.fail(f"it ended: {process.stderr.read()}")


def says(process, *words: str) -> None:
    told = " ".join(seen(process, dialog=True))
    for word in ("Nearling cannot start yet", *words):
        assert word in told


def ends_with(process, word: str) -> None:
    """Closed by the person: the terminal hears of it as well."""
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert word in said
    assert "Traceback" not in said


def test_a_damaged_history(start, home, display):
    database = home / "history" / NAME
    database.write_bytes(b"not a database " * 1000)
    with start() as process:
        says(process, "is damaged or not Nearling's", "restore a backup")
        xdotool(display, "key", "Escape")
        ends_with(process, "is damaged")
    assert database.read_bytes() == b"not a database " * 1000


def test_a_history_of_a_newer_nearling(start, home, display):
    with closing(sqlite3.connect(home / "history" / NAME)) as database:
        database.execute("PRAGMA user_version = 9999")
    with start() as process:
        says(process, "was written by a newer Nearling", "Update Nearling")
        xdotool(display, "key", "Escape")
        ends_with(process, "newer Nearling")


def test_a_folder_that_may_not_be_written_to_and_then_may(start, home, display):
    """Permissions mean nothing to root: it starts without what makes it root."""
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv (util-linux) is not installed")
        before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    shutil.rmtree(home / "history")
    home.chmod(0o500)
    try:
        with start(*before) as process:
            says(process, "cannot write to", "Set NEARLING_HOME")
            home.chmod(0o700)
            xdotool(display, "key", "Return")
            seen(process, dialog=False)
    finally:
        home.chmod(0o700)


def test_settings_that_cannot_be_read(start, home, display):
    from nearling.settings.paths import Paths

    Paths.find({"NEARLING_HOME": str(home)}).settings_file.write_text("theme = [", "utf-8")
    with start() as process:
        says(process)
        xdotool(display, "key", "Escape")
        ends_with(process, "settings")


def test_a_full_disk(start, home, display):
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    shutil.rmtree(home / "history")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(home)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let us mount a small file system")
    try:
        (home / "filler").write_bytes(bytes(60 << 10))
        with start() as process:
            says(process, "is full", "Free some space")
            xdotool(display, "key", "Escape")
            ends_with(process, "is full")
    finally:
        subprocess.run(["umount", str(home)], check=True)
