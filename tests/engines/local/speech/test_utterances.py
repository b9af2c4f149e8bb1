"""Cuts fall into pauses, cover all that is spoken, and depend on nothing but the samples."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.take import RATE
from nearling.engines.local.speech.utterances import Cutter
from nearling.engines.local.speech.voice_activity import FRAME

PAUSE = 19


def frames(likelihoods, loudness=lambda _index: 0.1):
    """Frames that each carry their own number, loud enough to tell one from the other."""
    return [
        (np.full(FRAME, loudness(index), np.float32), likelihood)
        for index, likelihood in enumerate(likelihoods)
    ]


def cut(likelihoods, loudness=lambda _index: 0.1):
    cutter = Cutter()
    said = [
        done for each in frames(likelihoods, loudness) if (done := cutter.feed(*each)) is not None
    ]
    last = cutter.finish()
    return [*said, last] if last is not None else said


def spans(utterances):
    """In frames."""
    return [(each.start / FRAME, each.end / FRAME) for each in utterances]


def test_a_pause_of_600_ms_ends_an_utterance_and_a_shorter_one_does_not():
    voice, shorter = [1.0] * 30, [0.0] * (PAUSE - 1)
    assert len(cut([*voice, *shorter, *voice, *shorter])) == 1
    assert len(cut([*voice, *shorter, 0.0, *voice, *shorter])) == 2
    assert pytest.approx(0.608) == PAUSE * FRAME / RATE


def test_quiet_is_kept_around_what_is_said():
    ((start, end),) = spans(cut([0.0] * 50 + [1.0] * 30 + [0.0] * 50))
    assert (start, end) == (41, 89)


def test_a_recording_that_begins_with_voice_gets_the_quiet_that_it_lacks():
    (said,) = cut([1.0] * 30 + [0.0] * 30)
    assert said.start == -9 * FRAME
    assert not said.samples[: 9 * FRAME].any()


def test_a_click_is_no_speech():
    assert cut([0.0] * 20 + [1.0] * 3 + [0.0] * 40) == []
    assert len(cut([0.0] * 20 + [1.0] * 4 + [0.0] * 40)) == 1


def test_voice_that_gets_weaker_goes_on():
    assert len(cut([0.9] * 10 + [0.4] * 40 + [0.0] * 30)) == 1
    assert cut([0.4] * 60) == []


def test_who_never_pauses_is_cut_at_the_quietest_place():
    def breath(index):
        return 0.01 if 700 <= index < 705 else 0.2

    utterances = cut([1.0] * 1500, breath)
    assert all(len(each.samples) <= 28 * RATE for each in utterances)
    assert utterances[0].end / FRAME == pytest.approx(702, abs=2)
    for before, after in pairwise(utterances):
        assert before.end == after.start
    assert utterances[-1].end == 1500 * FRAME


def test_quiet_is_told():
    cutter = Cutter()
    assert cutter.quiet == 0
    for each in frames([0.0] * 10):
        cutter.feed(*each)
    assert cutter.quiet == cutter.position == 10 * FRAME
    for each in frames([1.0] * 10 + [0.0] * 5):
        cutter.feed(*each)
    assert cutter.quiet == 5 * FRAME
    assert cutter.position == 25 * FRAME


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), max_size=40))
def test_no_sample_is_in_two_and_no_speech_in_none(runs):
    likelihoods = [likelihood for length, likelihood in runs for _ in range(length)]
    utterances = cut(likelihoods)
    ends = [0.0] + [end for _, end in spans(utterances)]
    for (start, _), end_before in zip(spans(utterances), ends, strict=False):
        assert start >= end_before or start < 0
    # Four frames of clear voice in a row are never lost.
    for index in range(len(likelihoods) - 3):
        if min(likelihoods[index : index + 4]) >= 0.5:
            assert any(
                start <= index and index + 4 <= end + 4 and index < end
                for start, end in spans(utterances)
            )
