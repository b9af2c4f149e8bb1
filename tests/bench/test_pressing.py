"""A press is measured on a microphone that is not there, or the figure says why it is not."""

from nearling.bench.sound.virtual_microphone import missing
from nearling.bench.speed.pressing import pressing_figures


def test_cold_and_warm_presses_are_measured():
    warm, cold = pressing_figures()
    assert warm.name == "voice.first_sample_warm_ms"
    assert cold.name == "voice.first_sample_cold_ms"
    if missing():
        assert (warm.value, cold.value) == (None, None)
        assert "needs" in warm.note
    else:
        assert warm.value > 0
        assert cold.value > 0
