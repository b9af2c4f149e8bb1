"""A take is a WAV file that every program can read once it is sealed."""

import wave
from pathlib import Path

from nearling.core.take import HEADER_BYTES, RATE, header, is_growing, seal


def test_a_growing_take_says_so_and_a_sealed_one_is_an_ordinary_wav_file(tmp_path: Path) -> None:
    take = tmp_path / "take.wav"
    samples = bytes(range(200)) * 4
    take.write_bytes(header(None) + samples)
    assert is_growing(take)
    seal(take)
    seal(take)
    assert not is_growing(take)
    with wave.open(str(take)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == samples


def test_a_take_torn_in_the_middle_of_a_sample_loses_only_that_half(tmp_path: Path) -> None:
    take = tmp_path / "take.wav"
    take.write_bytes(header(None) + b"abc")
    seal(take)
    assert take.stat().st_size == HEADER_BYTES + 2
    with wave.open(str(take)) as file:
        assert file.readframes(9) == b"ab"
