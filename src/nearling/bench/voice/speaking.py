"""Has espeak-ng say phrases, and mixes what it said into recordings with known pauses.

espeak-ng is a program of the system, asked for by the tests and the bench alone.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nearling.core.take import RATE, header

Sound = npt.NDArray[np.float32]
"""One channel at 16 kHz, between -1 and 1."""


def can_speak() -> bool:
    return shutil.which("espeak-ng") is not None


@cache
def spoken(phrase: str, voice: str = "en-us", words_a_minute: int = 165, pitch: int = 50) -> Sound:
    """`phrase` as espeak-ng says it, at 16 kHz."""
    program = shutil.which("espeak-ng")
    assert program is not None, "espeak-ng is not installed"  # noqa: S101
    line = [program, "--stdout", "-v", voice, "-s", str(words_a_minute)]
    line += ["-p", str(pitch), phrase]
    said = subprocess.run(line, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(said)) as file:
        rate = file.getframerate()
    # What it streams names no true length, and the header is as short as any.
    samples = np.frombuffer(said[44:], "<i2").astype(np.float32) * np.float32(1 / 32768)
    return resampled(samples, rate, RATE)


def resampled(samples: Sound, rate: int, wanted: int) -> Sound:
    """The same sound at another rate: its spectrum cut off or filled up with nothing."""
    length = round(len(samples) * wanted / rate)
    spectrum = np.fft.rfft(samples)[: length // 2 + 1]
    return (np.fft.irfft(spectrum, length) * (length / len(samples))).astype(np.float32)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def recording(parts: Iterable[str | float]) -> Sound:
    """Phrases and, as numbers, seconds of silence, one after the other."""
    return np.concatenate(
        [spoken(part) if isinstance(part, str) else silence(part) for part in parts]
    )


def pcm(samples: Sound) -> bytes:
    return (np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes()


def save(file: Path, samples: Sound) -> Path:
    """As a sealed take."""
    data = pcm(samples)
    file.write_bytes(header(len(data)) + data)
    return file
