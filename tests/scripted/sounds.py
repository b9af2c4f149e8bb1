"""Sounds that can be told apart and found again: a chirp for each mark."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from nearling.bench.sound.virtual_microphone import RATE as PLAYED
from nearling.core.take import HEADER_BYTES, RATE


def chirp(mark: int, seconds: float = 0.3, rate: int = PLAYED) -> np.ndarray:
    """Between -1 and 1, loud from its first samples on; no two marks are alike."""
    t = np.arange(round(seconds * rate)) / rate
    low, high = 300 + 137 * (mark % 7), 2500 + 311 * (mark % 11)
    rising = low + (high - low) * (t / (2 * seconds) if mark % 2 else 1 - t / (2 * seconds))
    return 0.5 * np.sin(2 * np.pi * rising * t + mark)


def silence(seconds: float, rate: int = PLAYED) -> np.ndarray:
    return np.zeros(round(seconds * rate))


def pcm(samples: np.ndarray) -> bytes:
    return (samples * 32_767).astype("<i2").tobytes()


def taken(take: Path) -> np.ndarray:
    """The samples of a take, sealed or not."""
    return np.frombuffer(take.read_bytes()[HEADER_BYTES:], "<i2").astype(float)


def sealed(take: Path) -> float:
    """Seconds, as any program that plays WAV files sees them."""
    with wave.open(str(take)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return file.getnframes() / RATE


def found(sound: np.ndarray, within: np.ndarray) -> tuple[float, float]:
    """Where `sound` (at a take's rate) stands in `within`, in seconds, and how alike, up to 1.

    Below 0 where its beginning is missing; with a fifth of it missing it is 0.9 alike.
    """
    within = np.concatenate([np.zeros(len(sound)), within])
    size = 1 << (len(within) + len(sound)).bit_length()
    matched = np.fft.irfft(np.fft.rfft(within, size) * np.conj(np.fft.rfft(sound, size)), size)[
        : len(within) - len(sound) + 1
    ]
    squares = np.concatenate([[0.0], np.cumsum(within**2)])
    energy = np.sqrt(np.maximum(squares[len(sound) :] - squares[: -len(sound)], 1e-9))
    alike = np.where(energy > 1.0, matched / (energy * np.linalg.norm(sound)), 0.0)
    place = int(np.argmax(alike))
    return (place - len(sound)) / RATE, float(alike[place])
