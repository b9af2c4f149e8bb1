"""Has espeak-ng say each phrase in many voices, and keeps what a Whisper model sees of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

from nearling.bench.voice.phrases import PHRASES
from nearling.bench.voice.speaking import Sound, silence, spoken
from nearling.core.take import RATE

LANGUAGES = (
    "en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc", "en-029", "en-gb-x-gbclan",
)  # fmt: skip
VARIANTS = (
    "", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5",
    "+Alex", "+Andrea", "+linda", "+paul", "+steph",
)  # fmt: skip
NOTHING_SAID = -1


def main(file: str, voices: str, seed: str) -> None:
    rng = np.random.default_rng(int(seed))
    extract = FeatureExtractor()
    features, labels, ends = [], [], []
    for number, phrase in enumerate(PHRASES):
        for voice in range(int(voices)):
            said = said_somehow(phrase, rng, usual=voice % 4 == 0)
            for _ in range(2):
                sound, end = in_a_room(said, rng)
                features.append(extract(sound).astype(np.float16))
                labels.append(number)
                ends.append(end)
    for number in range(len(labels) // 25):
        sound = silence(float(rng.uniform(0.5, 4)))
        if number % 3:
            sound = sound + noise(len(sound), rng.uniform(-85, -30), rng)
        features.append(extract(sound).astype(np.float16))
        labels.append(NOTHING_SAID)
        ends.append(0.0)
    lengths = [each.shape[1] for each in features]
    np.savez(
        Path(file),
        features=np.concatenate(features, axis=1), lengths=lengths, labels=labels, ends=ends,
    )  # fmt: skip


def said_somehow(phrase: str, rng: np.random.Generator, *, usual: bool) -> Sound:
    if usual:
        return spoken(phrase, "en-us", int(rng.integers(145, 180)))
    voice = str(rng.choice(LANGUAGES)) + str(rng.choice(VARIANTS))
    return spoken(phrase, voice, int(rng.integers(125, 200)), int(rng.integers(30, 70)))


def in_a_room(said: Sound, rng: np.random.Generator) -> tuple[Sound, float]:
    """With quiet around it, nearer or farther, mostly with some noise; and when it ends."""
    before, after = rng.uniform(0, 0.7), rng.uniform(0.05, 0.9)
    louder = 10 ** (rng.uniform(-18, 2) / 20)
    sound = np.concatenate([silence(before), said * np.float32(louder), silence(after)])
    if rng.random() < 0.7:
        sound = sound + noise(len(sound), rng.uniform(-80, -42), rng)
    return np.clip(sound, -1, 1).astype(np.float32), before + len(said) / RATE


def noise(samples: int, decibels: float, rng: np.random.Generator) -> Sound:
    return rng.normal(0, 10 ** (decibels / 20), samples).astype(np.float32)


if __name__ == "__main__":
    main(*sys.argv[1:])
