"""A microphone that is not there, for real: a sound server of its own."""

from __future__ import annotations

import threading

import pytest

from nearling.bench.sound.virtual_microphone import VirtualMicrophone, missing

_FAREWELL_SECONDS = 5.0


@pytest.fixture
def heard_here(monkeypatch):
    """Starts virtual microphones that this process hears; the last one started is heard."""
    if lacking := missing():
        pytest.skip(f"not installed, so nothing can be heard: {', '.join(lacking)}")
    opened: list[VirtualMicrophone] = []

    def start() -> VirtualMicrophone:
        opened.append(VirtualMicrophone())
        for name, value in opened[-1].environ.items():
            monkeypatch.setenv(name, value)
        return opened[-1]

    yield start
    for microphone in opened:
        microphone.close()


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
