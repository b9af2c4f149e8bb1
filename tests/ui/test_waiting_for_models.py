"""While a model is loaded and takes the question in, it is said, and can be stopped at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Delta, Finished, Prefilling, Written
from nearling.core.prompt import Prompt
from nearling.ui.chat.turn_view import State
from scripted.engines import candidate
from ui.conftest import until
from ui.test_choosing_writers import SMALL
from ui.test_window import ended, press, shown


class SlowModel:
    """Goes on to the next step when a test lets it; looks at the cancellation as a child does."""

    def __init__(self) -> None:
        self.loaded, self.taken_in = Event(), Event()

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        del prompt
        self._wait(self.loaded, cancellation)
        yield Prefilling(40, 100)
        self._wait(self.taken_in, cancellation)
        yield Delta("At last.")
        yield Finished(100, 2)

    def _wait(self, event: Event, cancellation: Cancellation) -> None:
        while not event.wait(0.01):
            cancellation.check()


@pytest.fixture
def model():
    return SlowModel()


@pytest.fixture
def window(open_window, model):
    asleep = replace(candidate(SMALL, model, tier=1), is_awake=lambda: False)
    window = open_window(candidates=(asleep,))
    window.composer.text.setPlainText("Why?")
    window.composer.send.click()
    yield window
    model.loaded.set()
    model.taken_in.set()


def said(window) -> str:
    return shown(window)._head.text()


def test_loading_and_taking_in_are_said_until_the_first_word(window, model):
    until(lambda: len(window.session.transcript))
    until(lambda: said(window) == f"Loading {SMALL} …")
    model.loaded.set()
    until(lambda: said(window) == "Taking the question in: 40 % …")
    model.taken_in.set()
    assert ended(window).text == "At last."
    assert not shown(window)._head.isVisible()


@pytest.mark.alone
@pytest.mark.parametrize("step", ["loading", "taking in"])
def test_both_are_stopped_by_a_key(window, model, step):
    until(lambda: len(window.session.transcript))
    if step == "taking in":
        model.loaded.set()
    wanted = "Taking" if step == "taking in" else "Loading"
    until(lambda: said(window).startswith(wanted))
    press("Escape")
    until(lambda: window.session._job is None or window.session._job.cancellation.cancelled)
    begun = time.monotonic()
    assert ended(window).state is State.STOPPED
    assert time.monotonic() - begun < 2
    assert window.composer.send.isVisible()
