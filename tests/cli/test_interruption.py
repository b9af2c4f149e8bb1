"""Ctrl-C at any moment sets the flag, also while a lock is held that whoever is told wants."""

import signal
import threading

import pytest

from nearling.cli.interruption import interruptible
from nearling.core.errors import Cancelled, Interrupted, NearlingError, TimedOut

SECONDS = 20.0


def reason(cancellation) -> type[NearlingError]:
    told = threading.Event()
    with cancellation.telling(told.set):
        assert told.wait(SECONDS)
    with pytest.raises(NearlingError) as raised:
        cancellation.check()
    return raised.type


@pytest.mark.parametrize(("number", "why"), [(2, Cancelled), (15, Interrupted)])
def test_the_first_signal_says_why_and_the_next_one_would_end_it(number, why):
    before = signal.getsignal(number)
    with interruptible() as cancellation:
        signal.raise_signal(number)
        assert signal.getsignal(number) is signal.SIG_DFL
        assert reason(cancellation) is why
    assert signal.getsignal(number) is before


def test_a_lock_that_is_held_when_it_comes_holds_nothing_up():
    lock, had = threading.Lock(), []
    told = threading.Event()

    def act() -> None:
        had.append(lock.acquire(timeout=SECONDS))
        told.set()

    with interruptible() as cancellation, cancellation.telling(act):
        with lock:
            signal.raise_signal(signal.SIGINT)
        assert told.wait(SECONDS)
    assert had == [True]


def test_a_limit_ends_it_and_one_that_is_not_reached_leaves_no_thread():
    with interruptible(0.001) as cancellation:
        assert reason(cancellation) is TimedOut
    with interruptible(3600) as cancellation:
        pass
    assert not cancellation.cancelled
    assert "interruption" not in {thread.name for thread in threading.enumerate()}
