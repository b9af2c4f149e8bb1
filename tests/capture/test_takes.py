"""Takes lie on the disk while they are spoken, and are found again when their process died."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

import pytest

from nearling.capture.takes import Takes
from nearling.core.errors import StorageFull, StorageUnwritable
from nearling.core.take import RATE, is_growing
from scripted.recorder import until
from scripted.sounds import chirp, found, pcm, sealed, taken

SECOND = b"\x01\x00" * RATE


@pytest.fixture
def takes(tmp_path):
    return Takes(tmp_path / "takes")


def test_what_is_written_is_there_at_once_and_for_nobody_else(takes):
    journal = takes.begin()
    journal.write(SECOND)
    assert is_growing(journal.path)
    assert len(taken(journal.path)) == RATE
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert journal.path.parent.stat().st_mode & 0o777 == 0o700
    journal.seal()
    journal.seal()
    assert sealed(journal.path) == journal.seconds == 1.0


def test_a_take_of_this_process_is_not_lost_and_stays_until_it_is_removed(takes):
    journal = takes.begin()
    journal.write(SECOND)
    assert takes.found() == ()
    journal.seal()
    assert takes.found() == ()
    takes.remove(journal.path)
    takes.remove(journal.path)
    assert not journal.path.exists()


SPEAKING = """
import sys, time
from pathlib import Path
from nearling.capture.takes import Takes
takes = Takes(Path(sys.argv[1]))
whole, torn, empty = takes.begin(), takes.begin(), takes.begin()
whole.write(b"\\1\\0" * 16_000)
whole.seal()
torn.write(b"\\2\\0" * 8_000 + b"\\2")
print("written", flush=True)
time.sleep(60)
"""


def test_takes_of_a_killed_process_are_whole_and_ours(takes, tmp_path):
    line = [sys.executable, "-c", SPEAKING, tmp_path / "takes"]
    with subprocess.Popen(line, stdout=subprocess.PIPE) as speaking:
        assert speaking.stdout.readline() == b"written\n"
        assert takes.found() == ()
        speaking.kill()
    lost = takes.found()
    assert sorted(take.seconds for take in lost) == [0.5, 1.0]
    assert [sealed(take.path) for take in lost] == [take.seconds for take in lost]
    assert all(abs(take.begun.timestamp() - time.time()) < 60 for take in lost)
    assert takes.found() == (), "they are ours now"
    assert len(list((tmp_path / "takes").iterdir())) == 2


def test_what_is_no_take_is_left_alone(takes, tmp_path):
    folder = tmp_path / "takes"
    folder.mkdir()
    (folder / "holiday.wav").write_bytes(b"RIFF")
    assert takes.found() == ()
    assert (folder / "holiday.wav").exists()


def test_a_disk_without_room_takes_no_new_take(takes, monkeypatch):
    monkeypatch.setattr("nearling.capture.takes._ROOM", 1 << 60)
    with pytest.raises(StorageFull, match="full"):
        takes.begin()


def test_a_disk_that_fills_up_ends_the_take_before_answers_have_no_room(takes, monkeypatch):
    monkeypatch.setattr("nearling.capture.takes._SYNC_SECONDS", 0.01)
    journal = takes.begin()
    journal.write(SECOND)
    monkeypatch.setattr("nearling.capture.takes._RESERVE", 1 << 60)
    until(lambda: journal._short)
    with pytest.raises(StorageFull):
        journal.write(SECOND)
    journal.seal()
    assert sealed(journal.path) == 1.0


def test_a_disk_that_takes_no_more_keeps_what_is_there(takes):
    journal = takes.begin()
    journal.write(SECOND)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * RATE + 44 + 1_001, hard))
    try:
        with pytest.raises(StorageFull):
            journal.write(SECOND)
        journal.seal()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sealed(journal.path) == pytest.approx(1.0 + 500 / RATE)


def test_a_folder_that_cannot_be_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnwritable, match="cannot write"):
        Takes(tmp_path / "file" / "takes").begin()


RECORDING = """
import sys, time
from pathlib import Path
from nearling.capture.microphone import Microphone
from nearling.capture.recording import record
from nearling.capture.takes import Takes
line = Microphone().open()
for told in record(line, Takes(Path(sys.argv[1])).begin()):
    print(type(told).__name__, flush=True)
"""


def test_a_process_that_is_killed_while_somebody_speaks_loses_a_tenth_of_a_second(
    voice, takes, tmp_path
):
    """Somebody else who listens tells how much was said; a busy computer gets some attempts."""
    line = [sys.executable, "-c", RECORDING, tmp_path / "takes"]
    environ = os.environ | voice.environ
    losses = []
    for mark in range(5):
        with subprocess.Popen(line, stdout=subprocess.PIPE, env=environ) as recording:
            assert recording.stdout.readline() == b"Listening\n"
            voice.say(pcm(chirp(mark, 2.0)))
            voice.wait_until_heard(rest=1.0)
            recording.kill()
        voice.wait_until_heard()
        (lost,) = takes.found()
        assert not is_growing(lost.path)
        place, alike = found(chirp(mark, 2.0, RATE)[: RATE // 2], taken(lost.path))
        assert alike >= 0.9
        losses.append(1.0 - (lost.seconds - place))
        assert losses[-1] < 0.5
        if losses[-1] <= 0.1:
            return
    pytest.fail(f"lost each time: {losses} seconds")
