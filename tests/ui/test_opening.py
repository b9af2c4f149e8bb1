"""A signal ends the opening window at whatever moment it comes."""

import os
import signal

import pytest

from nearling.core.errors import NoDisplay
from nearling.ui import opening


@pytest.fixture
def handlers():
    """Leaves those of the test run as they were."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_ctrl_c_raises_nothing_into_qt_while_it_is_loaded(handlers, monkeypatch):
    found = []

    def look() -> None:
        found.append(signal.getsignal(signal.SIGINT))
        raise NoDisplay("There is none.", "Open one.")

    monkeypatch.setattr(opening, "require_display", look)
    with pytest.raises(NoDisplay):
        opening.open_window(None, None, None, lambda: None)
    assert found == [signal.SIG_DFL]


def test_no_signal_is_taken_and_not_heard_of(qt, handlers, monkeypatch):
    """One that comes between the steps of getting ready closes the window all the same."""
    from ui.conftest import until

    heard = []
    real = signal.signal

    def early(number, handler):
        before = real(number, handler)
        if callable(handler) and not heard:
            heard.append("sent")
            os.kill(os.getpid(), number)
        return before

    monkeypatch.setattr(signal, "signal", early)
    with opening._ending_by_signals(lambda: heard.append("closed")):
        until(lambda: "closed" in heard)
