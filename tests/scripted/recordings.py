"""Recordings for tests: what is no speech, every format, and a take that grows like a real one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from nearling.bench.voice.speaking import Sound, can_speak, pcm, resampled, silence
from nearling.core.take import RATE, header, seal

needs_espeak = pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")


def hum(seconds: float) -> Sound:
    """The mains, with two overtones."""
    return sum((tone(50 * n, seconds, 0.2 / n) for n in (1, 2, 3)), start=silence(seconds))


def tone(hertz: float, seconds: float, amplitude: float = 0.2) -> Sound:
    moments = np.arange(round(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * hertz * moments)).astype(np.float32)


def noise(seconds: float, amplitude: float, seed: int = 1) -> Sound:
    white = np.random.default_rng(seed).normal(0, amplitude, round(seconds * RATE))
    return white.astype(np.float32)


def clatter(seconds: float, a_second: int = 12) -> Sound:
    """Dishes and keys: short bursts that die away."""
    rng = np.random.default_rng(2)
    made = silence(seconds)
    for _ in range(int(seconds * a_second)):
        burst = np.exp(-np.arange(2000) / rng.uniform(40, 400)) * rng.normal(size=2000)
        at = int(rng.integers(0, len(made) - 2000))
        made[at : at + 2000] += (rng.uniform(0.1, 0.6) * burst).astype(np.float32)
    return np.clip(made, -1, 1)


def music(seconds: float) -> Sound:
    """Chords of plucked strings."""
    rng = np.random.default_rng(3)
    made = silence(seconds)
    moments = np.arange(round(1.2 * RATE)) / RATE
    at = 0.0
    while at < seconds - 1.5:
        for step in rng.choice([0, 2, 4, 5, 7, 9, 11, 12], rng.integers(1, 4), replace=False):
            hertz = 220 * 2 ** (step / 12) * rng.choice([0.5, 1, 2])
            string = sum(np.sin(2 * np.pi * hertz * n * moments) / n**1.5 for n in range(1, 9))
            swell = np.exp(-moments * rng.uniform(1, 5)) * np.minimum(1, moments * 200)
            first = round(at * RATE)
            made[first : first + len(moments)] += (0.1 * swell * string).astype(np.float32)
        at += float(rng.choice([0.125, 0.25, 0.5]))
    return made


NO_SPEECH = {
    "silence": lambda: silence(12),
    "hum": lambda: hum(12),
    "soft noise": lambda: noise(12, 0.003),
    "loud noise": lambda: noise(12, 0.18),
    "clatter": lambda: clatter(12),
    "music": lambda: music(20),
}
"""What people record without wanting to."""


def encoded(file: Path, codec: str, sound: Sound, *, rate: int = RATE, channels: int = 1) -> Path:
    """`sound` in the container that the file's name asks for."""
    # Both channels of a stereo recording hold the same, as one microphone gives it.
    samples = np.clip(resampled(sound, RATE, rate), -1, 1)
    layout = "mono" if channels == 1 else "stereo"
    with av.open(file, "w") as container:
        options = {"strict": "experimental"} if codec == "vorbis" else {}
        stream = container.add_stream(codec, rate=rate, layout=layout, options=options)
        size = stream.codec_context.frame_size or 1024
        for start in range(0, len(samples), size):
            piece = np.tile(samples[start : start + size], (channels, 1))
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(piece), "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            container.mux(stream.encode(_fitting(frame, stream)))
        container.mux(stream.encode(None))
    return file


def _fitting(frame: AudioFrame, stream: av.AudioStream) -> AudioFrame:
    kind = stream.codec_context.format.name
    if kind == "fltp":
        return frame
    changed = av.AudioResampler(kind, frame.layout, frame.sample_rate).resample(frame)[0]
    changed.pts, changed.time_base = frame.pts, frame.time_base
    return changed


class Speaker(threading.Thread):
    """Writes a take as a microphone does: block by block, and seals it.

    Between two blocks it waits for `pace`, which says when more may be written.
    """

    def __init__(self, take: Path, sound: Sound, pace: Callable[[float], None]) -> None:
        super().__init__(daemon=True)
        self._take = take
        self._data = pcm(sound)
        self._pace = pace
        take.write_bytes(header(None))

    def run(self) -> None:
        block = RATE // 20 * 2
        with self._take.open("ab") as file:
            for start in range(0, len(self._data), block):
                self._pace(start / 2 / RATE)
                # Now and then half a sample: a block of the disk ends anywhere.
                piece = self._data[start : start + block]
                file.write(piece[:-1])
                file.flush()
                file.write(piece[-1:])
                file.flush()
        seal(self._take)
