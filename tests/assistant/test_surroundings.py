"""What this computer has to spare, as it really is, and what follows from it."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from nearling.assistant import surroundings
from nearling.assistant.surroundings import Surroundings, look


def test_what_is_seen_is_what_the_system_says():
    seen = look({"office": "It failed."})
    total = psutil.virtual_memory().total
    assert 0 < seen.free_memory < total
    assert seen.battery is None or 0 <= seen.battery <= 100
    assert 0 <= seen.load < 1000
    assert seen.broken == {"office": "It failed."}
    assert look().broken == {}


def test_looking_takes_at_most_two_milliseconds():
    """Of processor time; the first look of a process pays for loading what looks."""
    look()
    took = []
    for _ in range(20):
        before = time.thread_time()
        look()
        took.append(time.thread_time() - before)
    assert min(took) < 0.002


@pytest.mark.parametrize(
    ("networks", "offline"),
    [
        ({}, True),
        ({"lo": (True, "up,loopback,running")}, True),
        ({"lo": (True, "up,loopback"), "eth0": (False, "broadcast")}, True),
        ({"lo": (True, "up,loopback"), "eth0": (True, "up,broadcast,running")}, False),
        ({"Ethernet": (True, "")}, False),
    ],
)
def test_offline_is_where_no_network_is_up_but_ones_own(monkeypatch, networks, offline):
    stats = {name: SimpleNamespace(isup=up, flags=flags) for name, (up, flags) in networks.items()}
    monkeypatch.setattr(surroundings, "_NETWORKS", Path("/nowhere"))
    monkeypatch.setattr(psutil, "net_if_stats", lambda: stats)
    assert look().offline is offline


@pytest.mark.parametrize(
    ("networks", "offline"),
    [
        ({}, True),
        ({"lo": ("772", "unknown")}, True),
        ({"lo": ("772", "unknown"), "eth0": ("1", "down")}, True),
        ({"lo": ("772", "unknown"), "eth0": ("1", "up")}, False),
        ({"tun0": ("65534", "unknown")}, False),
    ],
)
def test_offline_as_linux_tells_it(monkeypatch, tmp_path, networks, offline):
    for name, (kind, state) in networks.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(kind + "\n")
        (tmp_path / name / "operstate").write_text(state + "\n")
    monkeypatch.setattr(surroundings, "_NETWORKS", tmp_path)
    assert look().offline is offline


@pytest.mark.parametrize(
    ("battery", "percent", "plugged", "low"),
    [
        (None, None, True, False),
        (SimpleNamespace(percent=9.0, power_plugged=False), 9.0, False, True),
        (SimpleNamespace(percent=9.0, power_plugged=True), 9.0, True, False),
        (SimpleNamespace(percent=9.0, power_plugged=None), 9.0, True, False),
        (SimpleNamespace(percent=15.0, power_plugged=False), 15.0, False, False),
    ],
)
def test_a_battery_is_low_when_nothing_charges_it(monkeypatch, battery, percent, plugged, low):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    seen = look()
    assert (seen.battery, seen.plugged, seen.battery_is_low) == (percent, plugged, low)


def test_a_system_that_tells_nothing_is_no_obstacle(monkeypatch):
    def refuses():
        raise PermissionError

    monkeypatch.setattr(psutil, "sensors_battery", refuses, raising=False)
    monkeypatch.setattr(surroundings, "_NETWORKS", Path("/nowhere"))
    monkeypatch.setattr(psutil, "net_if_stats", refuses)
    seen = look()
    assert not seen.battery_is_low
    assert not seen.offline


def test_load_slows_down_by_what_wants_each_core():
    assert Surroundings(load=0.3).slowdown == 1.0  # a writer of our own, perhaps
    assert Surroundings(load=3.0).slowdown == 3.0
    assert look().load == pytest.approx(os.getloadavg()[0] / os.cpu_count(), rel=0.5, abs=1)
