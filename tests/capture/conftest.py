"""A microphone that is not there, for real: a sound server of its own."""

from __future__ import annotations

import threading

import pytest

from nearling.bench.sound.virtual_microphone import VirtualMicrophone, missing

_FAREWELL_SECONDS = 5.0


@pytest.fixture
def fragile(monkeypatch):
    """A virtual microphone that a test may do harm; what is said into it is heard here.

    It stays at one place: what ALSA and PulseAudio read of the environment may not change while a
    thread of theirs runs.
    """
    if lacking := missing():
        pytest.skip(f"not installed, so nothing can be heard: {', '.join(lacking)}")
    with VirtualMicrophone() as microphone:
        for name, value in microphone.environ.items():
            monkeypatch.setenv(name, value)
        yield microphone


@pytest.fixture(scope="session")
def _server():
    if lacking := missing():
        pytest.skip(f"not installed, so nothing can be heard: {', '.join(lacking)}")
    with VirtualMicrophone() as microphone:
        yield microphone


@pytest.fixture
def voice(_server, monkeypatch):
    """The virtual microphone of all tests that do it no harm; what it plays is heard here."""
    for name, value in _server.environ.items():
        monkeypatch.setenv(name, value)
    return _server


@pytest.fixture(autouse=True)
def no_thread_stays():
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if "virtual microphone" not in thread.name:  # of the server that stays
            thread.join(_FAREWELL_SECONDS)
            assert not thread.is_alive(), f"{thread.name} was left running"
