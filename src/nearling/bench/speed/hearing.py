"""How fast speech is heard: beside bare faster-whisper, and while it is spoken beside afterwards.

The models have the shapes of real ones and random weights that always say the same, so that every
run decodes the same number of tokens; what is said does not matter here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare import bare_whisper, make_whisper
from nearling.bench.speed.reading import interleaved
from nearling.bench.voice.phrases import FIXTURE
from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.hearing import Speech, Transcript
from nearling.core.take import HEADER_BYTES, RATE, header, seal
from nearling.engines.pool import Pool
from nearling.settings.assets import assets

_ROUNDS = 5
_GAP, _PAUSE = 0.35, 0.9
"""Seconds: within an utterance, and between two."""
_HUSH = 300
_SPOKEN = ("hello.wav", "demo/find_the_total.wav")
_BYTES_A_SECOND = 2 * RATE


def voice_figures() -> Iterator[Figure]:
    """Raises EngineFailure when the baseline is not there."""
    with TemporaryDirectory(prefix="nearling-bench-") as name, _pool(Path(name)) as pool:
        folder = Path(name)
        utterance = _utterance()
        phrase = _saved(folder / "utterance.wav", utterance)
        for shape in ("tiny", "base"):
            make_whisper(shape, FIXTURE, folder / shape)
            yield _overhead(shape, folder / shape, phrase, pool)
        pause = bytes(round(_PAUSE * RATE) * 2)
        yield _keyup_share(folder / "base", 4, (utterance + pause) * 4, folder, pool.transcriber)
        breath = bytes(round(_GAP * RATE) * 2)
        yield _keyup_share(folder / "base", 1, (utterance + breath) * 4, folder, pool.transcriber)


def _overhead(shape: str, model: Path, phrase: Path, pool: Pool) -> Figure:
    speech = Speech(model, language="en")
    with bare_whisper(model, _threads()) as bare:
        times = interleaved(
            {
                "ours": lambda file: _seconds(pool.transcriber, file, speech),
                "bare": bare.seconds,
            },
            phrase,
            2 * _ROUNDS + 1,
        )
    return compared(
        "voice.overhead" if shape == "tiny" else f"voice.overhead_{shape}",
        1000 * times["ours"],
        1000 * times["bare"],
        "ms",
        f"one utterance of {_length(phrase):.1f} s, a warm child with its voice activity against "
        f"faster-whisper in one process; random weights in the shapes of whisper-tiny and "
        f"-base, the same tokens; medians of {2 * _ROUNDS + 1} interleaved rounds",
    )


def _keyup_share(
    model: Path, utterances: int, take: bytes, folder: Path, transcriber: Transcriber
) -> Figure:
    """From the last sample to the whole text, beside hearing the finished file."""
    speech = Speech(model, language="en")
    live, afterwards = [], []
    same = True
    for number in range(_ROUNDS):
        file = folder / f"take{utterances}-{number}.wav"
        seconds, text = _spoken_live(file, take, speech, transcriber)
        live.append(seconds)
        started = time.perf_counter()
        again = _heard(transcriber, file, speech)
        afterwards.append(time.perf_counter() - started)
        whole = utterances in (1, len(again.segments))
        same = same and whole and again.segments == text.segments
    spoken = "four utterances" if utterances > 1 else "one unbroken utterance"
    return compared(
        "voice.keyup_share" if utterances > 1 else "voice.keyup_share_unbroken",
        1000 * median(live),
        1000 * median(afterwards),
        "ms",
        f"a take of {len(take) / _BYTES_A_SECOND:.1f} s with {spoken}, written at the pace "
        f"of a microphone: from its end to the text, against the same file heard from its "
        f"beginning; random weights in the shape of whisper-base; medians of {_ROUNDS}; "
        + ("the same text each time" if same else "THE TEXTS DIFFER"),
    )


def _spoken_live(
    file: Path, take: bytes, speech: Speech, transcriber: Transcriber
) -> tuple[float, Transcript]:
    file.write_bytes(header(None))
    ended: list[float] = []

    def speak() -> None:
        began = time.perf_counter()
        block = _BYTES_A_SECOND // 20
        with file.open("ab") as growing:
            for start in range(0, len(take), block):
                due = began + (start + block) / _BYTES_A_SECOND
                time.sleep(max(0.0, due - time.perf_counter()))
                growing.write(take[start : start + block])
                growing.flush()
        ended.append(time.perf_counter())
        seal(file)

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        transcript = _heard(transcriber, file, speech)
    finally:
        speaker.join()
    return time.perf_counter() - ended[0], transcript


def _heard(transcriber: Transcriber, file: Path, speech: Speech) -> Transcript:
    for heard in transcriber.transcribe(file, speech, Cancellation()):
        if isinstance(heard, Transcript):
            return heard
    raise AssertionError("a listening ends with its transcript")


def _seconds(transcriber: Transcriber, file: Path, speech: Speech) -> float:
    started = time.perf_counter()
    _heard(transcriber, file, speech)
    return time.perf_counter() - started


@contextmanager
def _pool(folder: Path) -> Iterator[Pool]:
    pool = Pool(_threads(), 600, folder / "engines.log")
    try:
        yield pool
    finally:
        pool.close()


def _threads() -> int:
    return psutil.cpu_count(logical=False) or 1


def _utterance() -> bytes:
    """Two sentences in one breath, as samples."""
    gap = bytes(round(_GAP * RATE) * 2)
    return gap.join(_loud((assets() / name).read_bytes()[HEADER_BYTES:]) for name in _SPOKEN)


def _loud(samples: bytes) -> bytes:
    """Without the quiet before and after."""
    heard = np.flatnonzero(np.abs(np.frombuffer(samples, "<i2")) > _HUSH)
    return samples[2 * int(heard[0]) : 2 * int(heard[-1])]


def _saved(file: Path, samples: bytes) -> Path:
    file.write_bytes(header(len(samples)) + samples)
    return file


def _length(file: Path) -> float:
    return (file.stat().st_size - HEADER_BYTES) / _BYTES_A_SECOND
