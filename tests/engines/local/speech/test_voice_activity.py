"""Speech and pauses are told apart, and nothing else is taken for speech."""

import os
from pathlib import Path

import numpy as np
import pytest

from nearling.bench.voice.phrases import PHRASES
from nearling.bench.voice.speaking import recording
from nearling.core.cancellation import Cancellation
from nearling.core.take import RATE
from nearling.engines.local.speech.sound import open_sound
from nearling.engines.local.speech.utterances import Cutter
from nearling.engines.local.speech.voice_activity import FRAME, VoiceActivity, open_network
from scripted.recordings import NO_SPEECH, needs_espeak


@pytest.fixture(scope="module")
def network():
    return open_network()


def utterances(network, sound):
    voice, cutter = VoiceActivity(network), Cutter()
    whole = sound[: len(sound) - len(sound) % FRAME].reshape(-1, FRAME)
    said = [cutter.feed(frame, voice.likelihood(frame)) for frame in whole]
    return [each for each in (*said, cutter.finish()) if each is not None]


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_nobody_speaks(network, kind):
    assert utterances(network, NO_SPEECH[kind]()) == []


@needs_espeak
@pytest.mark.parametrize("phrase", PHRASES[:40:4])
def test_a_phrase_is_one_utterance_and_whole(network, phrase):
    sound = recording([1.0, phrase, 1.0])
    (said,) = utterances(network, sound)
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    assert said.start <= loud[0]
    assert said.end >= loud[-1]
    assert len(said.samples) < len(sound) - RATE


VOICES = Path(os.environ.get("NEARLING_VOICES", "nowhere"))


@pytest.mark.skipif(not VOICES.is_dir(), reason="NEARLING_VOICES names no recordings of people")
def test_people_are_heard(network):
    def of(name):
        blocks = list(open_sound(VOICES / name).blocks(Cancellation()))
        return utterances(network, np.concatenate(blocks))

    speech = of("jfk_ask_not.wav")
    assert [round(each.start / RATE, 1) for each in speech] == pytest.approx(
        [0.0, 3.0, 5.2, 7.9], abs=0.35
    )
    for name in ("af_heart", "af_sky", "am_adam", "am_michael"):
        (said,) = of(f"welcome_{name}.wav")
        assert len(said.samples) > 2.5 * RATE
