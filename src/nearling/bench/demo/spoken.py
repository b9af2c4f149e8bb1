"""Asking by voice: from a recording, and into the window while its key is held."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from nearling.bench.demo.asking import Errand, judged, placed
from nearling.bench.demo.hand import Hand
from nearling.bench.demo.pictures import RECEIPT
from nearling.bench.demo.step import Step
from nearling.bench.executable import run_product
from nearling.bench.sound.virtual_microphone import RATE, VirtualMicrophone, missing
from nearling.bench.voice.phrases import FIXTURE
from nearling.core.errors import EngineFailure
from nearling.settings.assets import assets

SPOKEN = Errand(
    "spoken",
    "A question by voice",
    "money",
    RECEIPT,
    "Find the total on this receipt.",
    ("£25.15", "25.15"),
)
QUESTION = "find_the_total.wav"
"""In assets/demo: SPOKEN's question, said by espeak-ng."""
_WHY = (
    "espeak-ng spoke the question and the project trained the speech model, which knows forty "
    "phrases and nothing else; with a Whisper model the same way takes whatever you say."
)


def spoken_step(home: Path, folder: Path) -> Step:
    """The recording is the question: no word of it is typed."""
    get_fixture(home)
    picture = placed(SPOKEN.picture, folder)
    recording = assets() / "demo" / QUESTION
    words = ["ask", "--clip", str(recording), "--picture", str(picture), "--json"]
    ran = run_product(words, home)
    return judged(SPOKEN, ran, why=_WHY, question=ran.object().get("question", ""))


def get_fixture(home: Path) -> None:
    """Has the product that keeps its things in `home` use the fixture. Raises EngineFailure."""
    added = run_product(["models", "add", str(FIXTURE), "--json"], home).object()
    if "error" in added:
        raise EngineFailure(added["error"]["sentence"], added["error"]["remedy"])


@contextmanager
def a_microphone() -> Iterator[VirtualMicrophone | None]:
    """None where nothing here can play a microphone."""
    if missing():
        yield None
    else:
        with VirtualMicrophone() as microphone:
            yield microphone


def speak(hand: Hand, microphone: VirtualMicrophone) -> None:
    """Says SPOKEN's question into the window in front, which listens while F9 is held.

    Talks when the microphone is open, as a person does who sees it: the first press of all loads
    the sound library.
    """
    with hand.holding("F9"):
        hand.until(lambda: microphone.listeners > 0, "the microphone in use")
        microphone.say(samples())
        microphone.wait_until_heard()


def samples() -> bytes:
    """The recording's, as the virtual microphone wants them."""
    with wave.open(str(assets() / "demo" / QUESTION)) as file:
        rate, data = file.getframerate(), file.readframes(file.getnframes())
    heard = np.frombuffer(data, "<i2")
    at = np.arange(len(heard) * RATE // rate) * (rate / RATE)
    return bytes(np.interp(at, np.arange(len(heard)), heard).astype("<i2").tobytes())
