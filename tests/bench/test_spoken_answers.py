"""From the key to an answer is measured where there is a microphone to measure with."""

import pytest

from nearling.bench.sound import virtual_microphone
from nearling.bench.speed.spoken_answers import spoken_answer


def test_an_answer_to_a_spoken_question_is_timed():
    if lacking := virtual_microphone.missing():
        pytest.skip(f"not installed, so nothing can be heard: {', '.join(lacking)}")
    figure = spoken_answer()
    assert (figure.name, figure.unit) == ("voice.answer_ms", "ms")
    assert 0 < figure.value < 60_000


def test_without_a_microphone_the_figure_says_why(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    figure = spoken_answer()
    assert figure.value is None
    assert "pulseaudio" in figure.note
