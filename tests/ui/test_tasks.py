"""Work beside the window: batches, failures, bugs, and an end that leaves no thread."""

from __future__ import annotations

import threading
import time

import pytest

from nearling.core.errors import Cancelled, EngineFailure
from ui.conftest import spin, until


@pytest.fixture
def tasks(qt):
    from nearling.ui.tasks import Tasks

    before = set(threading.enumerate())
    tasks = Tasks()
    tasks.told, tasks.bugs = [], []
    tasks.failed.connect(tasks.told.append)
    tasks.stumbled.connect(tasks.bugs.append)
    yield tasks
    tasks.close()
    assert set(threading.enumerate()) <= before


def test_fast_events_come_in_few_batches_in_order(tasks):
    batches, ended = [], []

    def work(_):
        for at in range(400):
            yield at
            time.sleep(0.001)

    started = time.monotonic()
    tasks.stream(work, lambda batch: batches.append(list(batch)), ended=lambda: ended.append(1))
    until(lambda: ended)
    seconds = time.monotonic() - started
    assert [at for batch in batches for at in batch] == list(range(400))
    assert len(batches) <= seconds * 30 + 2


@pytest.mark.alone
def test_the_first_event_does_not_wait(tasks):
    got, go = [], threading.Event()

    def work(_):
        yield time.perf_counter()
        go.wait(5)

    spin(0.05)
    tasks.stream(work, lambda batch: got.append(time.perf_counter() - batch[0]))
    until(lambda: got)
    go.set()
    assert got[0] < 0.5


def test_a_cancel_is_quiet(tasks):
    ended = []

    def work(cancellation):
        while True:
            cancellation.check()
            yield 1
            time.sleep(0.005)

    job = tasks.stream(work, lambda _: None, ended=lambda: ended.append(1))
    spin(0.05)
    job.cancel()
    until(lambda: ended)
    assert isinstance(job.error, Cancelled)
    assert (tasks.told, tasks.bugs) == ([], [])


def test_what_was_dropped_says_nothing_more(tasks):
    got, go = [], threading.Event()

    def work(_):
        go.wait(5)
        yield 1

    job = tasks.stream(work, got.append, ended=lambda: got.append("ended"))
    job.drop()
    go.set()
    until(lambda: not tasks._jobs)
    assert got == []


def test_a_failure_is_told_and_a_bug_reported(tasks):
    def fail(_):
        raise EngineFailure("It failed.", "Try again.")

    def stumble(_):
        raise KeyError("x")

    tasks.call(fail, lambda _: None)
    tasks.call(stumble, lambda _: None)
    until(lambda: tasks.told and tasks.bugs)
    assert tasks.told[0].sentence == "It failed."
    assert isinstance(tasks.bugs[0], KeyError)


def test_a_failure_that_somebody_took_is_not_told_again(tasks):
    took = []

    def fail(_):
        raise EngineFailure("It failed.", "Try again.")

    tasks.call(fail, lambda _: None, failed=lambda error: took.append(error) or True)
    until(lambda: took)
    spin(0.05)
    assert tasks.told == []


def test_a_view_that_stumbles_does_not_stop_the_others(tasks):
    got = []
    tasks.call(lambda _: 1, lambda _: 1 / 0)
    tasks.call(lambda _: 2, got.append)
    until(lambda: got and tasks.bugs)
    assert isinstance(tasks.bugs[0], ZeroDivisionError)


def test_what_is_begun_after_the_end_is_not_done(tasks):
    done = []
    tasks.close()
    tasks.call(lambda _: done.append("work"), lambda _: done.append("told"))
    assert tasks.idle
    spin(0.05)
    assert done == []
