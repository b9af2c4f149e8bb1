"""What the window's own stopwatch tells becomes figures."""

from __future__ import annotations

from nearling.bench.speed.handling import figures_of, handling_figures


def test_the_first_picture_finds_its_child_asleep_and_the_others_awake():
    told = {
        "stall_cpu_ms": 9.0,
        "gap_p99_ms": 12.0,
        "control_p99_ms": 5.0,
        "landings_ms": [[8.0, 900.0], [5.0, 40.0], [5.0, 50.0], [5.0, 90.0]],
    }
    values = {figure.name: figure.value for figure in figures_of(told)}
    assert values == {
        "startup.stall_cpu_ms": 9.0,
        "startup.thumbnail_ms": 50.0,
        "startup.thumbnail_asleep_ms": 900.0,
        "startup.placeholder_ms": 8.0,
    }


def test_without_a_screen_nothing_is_timed(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    figures = list(handling_figures(tmp_path))
    assert len(figures) == 4
    assert all(figure.value is None and figure.note for figure in figures)
