"""What is said after a press is on the disk, whole, whatever the microphone does meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from nearling.capture.microphone import Microphone
from nearling.capture.takes import Takes
from nearling.core.errors import MicrophoneFailure
from nearling.core.take import RATE, is_growing
from nearling.core.talk import Ending, Level, Listening, NothingArrives, SomethingArrives
from scripted.recorder import Recorder, until
from scripted.sounds import chirp, found, pcm, sealed, silence, taken

pytestmark = pytest.mark.alone
BEGINNING = 0.1
"""Seconds; who loses these loses the first consonant."""

AT_ONCE = 48.0
"""Milliseconds until the first samples; they were collected for the last 30 of these."""


@pytest.fixture
def microphone():
    microphone = Microphone()
    yield microphone
    microphone.close()


@pytest.fixture
def takes(tmp_path):
    return Takes(tmp_path / "takes")


def beginning(mark: int) -> np.ndarray:
    return chirp(mark, 0.3, RATE)[: round(BEGINNING * RATE)]


def test_what_is_said_from_the_press_on_is_whole(voice, microphone, takes):
    """Where the microphone opens as fast as it does on a computer that is not too busy."""
    assert microphone.devices()  # loads PortAudio, as the window does when it opens
    in_time = 0
    for mark in range(60):
        recorder = Recorder(microphone, takes)
        voice.say(pcm(chirp(mark)))
        voice.wait_until_heard()
        recorder.end()
        heard = taken(recorder.journal.path)
        assert recorder.line.ending is Ending.RELEASED
        assert not is_growing(recorder.journal.path)
        assert sealed(recorder.journal.path) == recorder.journal.seconds
        listening = next(iter(recorder.all_told(Listening)), None)
        if listening is None:
            assert recorder.journal.seconds == 0
            continue
        place, _ = found(chirp(mark, 0.3, RATE), heard)
        assert place >= -listening.first_sample_ms / 1000, "it had listened by then"
        assert found(beginning(mark + 1), heard)[1] < 0.7
        if listening.first_sample_ms < AT_ONCE:
            assert found(beginning(mark), heard)[1] >= 0.9
            in_time += 1
            if in_time == 3:
                return
    pytest.skip("this computer is too busy to open a microphone at once; all else held")


def test_with_listening_ahead_what_was_said_before_the_press_is_there(voice, microphone, takes):
    ahead: list[bool] = []
    microphone.listen_ahead(True, ahead.append)
    until(lambda: ahead)
    for mark in range(2):
        voice.say(pcm(np.concatenate([chirp(mark), chirp(mark + 5)])))
        voice.wait_until_heard(rest=0.3)
        recorder = Recorder(microphone, takes)
        voice.wait_until_heard()
        recorder.end()
        heard = taken(recorder.journal.path)
        first, alike = found(beginning(mark), heard)
        assert alike >= 0.9
        second, alike = found(beginning(mark + 5), heard)
        assert alike >= 0.9
        assert second - first == pytest.approx(0.3, abs=0.005)
        (listening,) = recorder.all_told(Listening)
        assert -2_100 < listening.first_sample_ms < -200
    microphone.listen_ahead(False, ahead.append)
    until(lambda: len(ahead) == 2)
    assert ahead == [True, False]


def test_nothing_is_remembered_once_it_does_not_listen_ahead(voice, microphone, takes):
    ahead: list[bool] = []
    microphone.listen_ahead(True, ahead.append)
    until(lambda: ahead)
    voice.say(pcm(chirp(1)))
    voice.wait_until_heard()
    microphone.listen_ahead(False, ahead.append)
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.2)
    recorder.end()
    assert ahead == [True, False]
    assert found(beginning(1), taken(recorder.journal.path))[1] < 0.7


@pytest.mark.parametrize("seconds", [60 if os.environ.get("NEARLING_LONG_TAKES") else 10])
def test_a_long_take_is_complete(voice, microphone, takes, seconds):
    spoken = [chirp(second, 0.5) for second in range(seconds)]
    gap = silence(0.5)
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.1)
    for sound in spoken:
        voice.say(pcm(np.concatenate([sound, gap])))
    voice.wait_until_heard()
    recorder.end()
    heard = taken(recorder.journal.path)
    began, alike = found(chirp(0, 0.5, RATE), heard[: 2 * RATE])
    for second in range(seconds):
        from_here = round((began + second) * RATE) - RATE // 10
        window = heard[max(0, from_here) : from_here + RATE]
        place, alike = found(chirp(second, 0.5, RATE), window)
        assert alike >= 0.9, second
        assert abs(place - min(0.1, began + second)) < 0.03, f"sound is missing before {second} s"


def test_two_takes_in_quick_succession(voice, microphone, takes):
    first = Recorder(microphone, takes)
    first.wait_for(0.1)
    voice.say(pcm(np.concatenate([chirp(2), chirp(3)])))
    voice.wait_until_heard(rest=0.3)
    first.line.end(Ending.RELEASED)
    second = Recorder(microphone, takes)
    voice.wait_until_heard()
    second.wait_for(0.05)
    voice.say(pcm(chirp(4)))
    voice.wait_until_heard()
    second.end()
    first.join()
    assert found(beginning(2), taken(first.journal.path))[1] >= 0.9
    assert found(beginning(4), taken(second.journal.path))[1] >= 0.9
    assert found(beginning(4), taken(first.journal.path))[1] < 0.7


def test_levels_show_how_loud_it_is(voice, microphone, takes):
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.3)
    voice.say(pcm(np.concatenate([chirp(1, 0.5), 2.5 * chirp(1, 0.5).clip(-0.39, 0.39)])))
    voice.wait_until_heard()
    recorder.end()
    levels = recorder.all_told(Level)
    loudest = max(levels, key=lambda level: level.rms_db)
    assert -10 < loudest.rms_db <= loudest.peak_db <= 0
    assert min(level.rms_db for level in levels) < -90
    assert len(levels) <= 15 * recorder.journal.seconds + 1


def test_it_says_when_no_sound_arrives_and_goes_on(voice, microphone, takes):
    recorder = Recorder(microphone, takes)
    until(lambda: recorder.all_told(NothingArrives))
    voice.say(pcm(chirp(6)))
    until(lambda: recorder.all_told(SomethingArrives))
    voice.wait_until_heard()
    recorder.end()
    assert found(beginning(6), taken(recorder.journal.path))[1] >= 0.9


def test_a_microphone_that_goes_away_ends_the_take_and_keeps_it(fragile, microphone, takes):
    voice = fragile
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.1)
    voice.say(pcm(chirp(3)))
    voice.wait_until_heard()
    voice.unplug()
    recorder.join()
    assert recorder.error is None
    assert recorder.line.ending is Ending.LOST
    assert found(beginning(3), taken(recorder.journal.path))[1] >= 0.9
    assert sealed(recorder.journal.path) >= 0.3


def test_a_sound_server_that_dies_ends_the_take_and_the_next_one_is_found(
    fragile, microphone, takes
):
    voice = fragile
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.1)
    voice.say(pcm(chirp(5)))
    voice.wait_until_heard()
    voice.kill()
    recorder.join()
    assert recorder.line.ending is Ending.LOST
    assert found(beginning(5), taken(recorder.journal.path))[1] >= 0.9
    voice.restart()
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.1)
    voice.say(pcm(chirp(6)))
    voice.wait_until_heard()
    recorder.end()
    assert found(beginning(6), taken(recorder.journal.path))[1] >= 0.9


def test_without_a_microphone_it_says_so(monkeypatch, microphone, takes, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    recorder = Recorder(microphone, takes)
    recorder.join()
    assert isinstance(recorder.error, MicrophoneFailure)
    assert recorder.error.sentence == "No microphone was found on this computer."
    assert recorder.journal.seconds == 0


WITHOUT_PORTAUDIO = """
import ctypes.util, sys
ctypes.util.find_library = lambda name: None
from nearling.capture.microphone import Microphone
from nearling.core.errors import MicrophoneFailure
assert "sounddevice" not in sys.modules
microphone = Microphone()
try:
    microphone.devices()
except MicrophoneFailure as error:
    print(error.sentence, error.remedy)
try:
    next(microphone.open().sounds())
except MicrophoneFailure as error:
    print(error.sentence)
microphone.close()
"""


def test_without_portaudio_it_says_what_to_install():
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PORTAUDIO], capture_output=True, text=True, check=True
    )
    assert ran.stdout.count("PortAudio is not installed") == 2
    assert "libportaudio2" in ran.stdout
    assert ran.stderr == ""


def test_devices_are_known_by_name(voice, microphone, takes):
    devices = microphone.devices()
    assert "default" in devices
    chosen = Microphone(lambda: "pulse")
    recorder = Recorder(chosen, takes)
    recorder.wait_for(0.1)
    recorder.end()
    chosen.close()
    assert [told.device for told in recorder.all_told(Listening)] == ["pulse"]


def test_a_chosen_device_that_is_not_there_costs_no_word(voice, takes):
    microphone = Microphone(lambda: "a headset left at home")
    recorder = Recorder(microphone, takes)
    recorder.wait_for(0.1)
    voice.say(pcm(chirp(2)))
    voice.wait_until_heard()
    recorder.end()
    microphone.close()
    assert [told.device for told in recorder.all_told(Listening)] == ["default"]
    assert found(beginning(2), taken(recorder.journal.path))[1] >= 0.9
