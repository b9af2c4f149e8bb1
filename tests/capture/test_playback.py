"""Playing a recording in the real process of its own; where the sound goes is scripted."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from nearling.capture.playback import play
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, PlaybackFailure
from scripted.voice import sounding

LIBRARY = """
import os, time
class PortAudioError(Exception): ...
class RawOutputStream:
    latency = 0.0
    def __init__(self, samplerate, channels, dtype):
        assert (samplerate, channels, dtype) == (16_000, 1, "int16")
        if {refuses}:
            raise PortAudioError("no device")
    def __enter__(self):
        self.heard = open({heard!r}, "wb")
        return self
    def __exit__(self, *error):
        self.heard.close()
    def write(self, data):
        self.heard.write(data)
        self.heard.flush()
        if {dies}:
            os.kill(os.getpid(), 9)
        if {waits}:
            time.sleep(60)
    def stop(self):
        pass
"""


@pytest.fixture
def speaker(tmp_path, monkeypatch):
    """A file that takes what is played, with what else is to happen."""

    def build(*, refuses=False, waits=False, dies=False) -> Path:
        heard = tmp_path / "heard"
        code = LIBRARY.format(heard=str(heard), refuses=refuses, waits=waits, dies=dies)
        (tmp_path / "sounddevice.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return heard

    return build


def test_all_of_it_is_played_and_followed(speaker):
    heard = speaker()
    recording = sounding(1.0)
    positions = list(play(recording, Cancellation()))
    assert heard.read_bytes() == recording[44:]
    assert positions == sorted(positions)
    assert positions[-1] == pytest.approx(1.0)
    assert len(positions) == 11


def test_it_is_stopped_at_once_and_its_process_with_it(speaker):
    """Its first position would come after a minute."""
    heard = speaker(waits=True)
    cancellation = Cancellation()

    def stop_once_it_sounds() -> None:
        deadline = time.monotonic() + 60
        while not (heard.exists() and heard.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.01)
        cancellation.cancel()

    hand = threading.Thread(target=stop_once_it_sounds, daemon=True)
    hand.start()
    with pytest.raises(Cancelled):
        list(play(sounding(1.0), cancellation))
    hand.join(60)


def test_no_loudspeaker_is_a_sentence(speaker):
    speaker(refuses=True)
    with pytest.raises(PlaybackFailure, match="No loudspeaker"):
        list(play(sounding(0.2), Cancellation()))


def test_no_library_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(PlaybackFailure) as told:
        list(play(sounding(0.2), Cancellation()))
    assert "libportaudio2" in told.value.remedy


def test_a_process_that_dies_is_told(speaker):
    speaker(dies=True)
    with pytest.raises(PlaybackFailure, match="to its end"):
        list(play(sounding(0.5), Cancellation()))


def test_who_listens_no_more_leaves_no_process(speaker):
    heard = speaker()
    playing = play(sounding(60.0), Cancellation())
    next(playing)
    playing.close()
    length = heard.stat().st_size
    time.sleep(0.2)
    assert heard.stat().st_size == length
