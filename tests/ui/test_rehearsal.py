"""The window before its stopwatch: what is timed has really happened."""

from __future__ import annotations

import pytest

from nearling.bench.speed.handling import handling_figures


@pytest.mark.alone
def test_the_bench_times_the_real_window(display, application, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    figures = {figure.name: figure.value for figure in handling_figures(tmp_path)}
    assert 0 < figures["startup.stall_cpu_ms"] < 1000
    assert 0 < figures["startup.placeholder_ms"] < figures["startup.thumbnail_asleep_ms"]
    assert 0 < figures["startup.thumbnail_ms"] < 10_000
