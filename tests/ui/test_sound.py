"""How a recording looks: its length and its loudness along it."""

from __future__ import annotations

import io
import wave

import pytest

from nearling.core.take import header
from nearling.ui.voice.sound import clock, sound_of
from scripted.voice import sounding


def test_a_take_that_grows_louder_is_seen_to():
    sound = sound_of(sounding(2.0))
    assert sound.seconds == pytest.approx(2.0)
    assert max(sound.peaks) == sound.peaks[-1] == 1.0
    assert all(
        later >= earlier for earlier, later in zip(sound.peaks, sound.peaks[1:], strict=False)
    )


def test_stereo_counts_once():
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(b"\x00\x10" * 2 * 24_000)
    assert sound_of(written.getvalue()).seconds == pytest.approx(0.5)


def test_silence_and_emptiness_are_flat():
    assert set(sound_of(header(200) + bytes(200)).peaks) == {0.0}
    assert set(sound_of(header(0)).peaks) == {0.0}


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3\x04" + bytes(200), header(10)[:30]])
def test_what_is_no_such_file_has_no_looks(data):
    assert sound_of(data) is None


def test_lengths_as_a_clock_shows_them():
    assert [clock(seconds) for seconds in (0, 3.9, 65, 3_723)] == [
        "0:00",
        "0:03",
        "1:05",
        "1:02:03",
    ]
