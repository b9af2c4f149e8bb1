"""What is shown while somebody talks, told value by value."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearling.core.errors import EngineLost, MicrophoneFailure
from nearling.core.hearing import Hearing
from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Heard,
    Level,
    Listening,
    ListeningAhead,
    NothingArrives,
    NothingSaid,
    Opening,
    SomethingArrives,
    Spoken,
    Troubled,
)
from nearling.ui.voice.talk_view import Phase, TalkView, after, awaiting
from scripted.voice import transcript

ONE, TWO = Path("one.wav"), Path("two.wav")


def told(*values, view: TalkView | None = None, now: float = 10.0) -> TalkView:
    view = view or TalkView()
    for value in values:
        view = after(view, value, now)
    return view


def heard(take: Path, stable: str, tentative: str = "") -> Heard:
    return Heard(take, Hearing(stable, tentative, 1.0, None, 0.0))


BEGUN = (Opening(ONE), Listening("Desk", 20.0))


def test_listening_is_said_only_once_there_are_samples():
    assert told(Opening(ONE)).phase is Phase.OPENING
    view = told(*BEGUN)
    assert (view.phase, view.device) == (Phase.LISTENING, "Desk")
    assert view.seconds(13.9) == 3


def test_words_stay_while_the_rest_is_written_down():
    view = told(*BEGUN, heard(ONE, "what is", "the"), Ended(ONE, Ending.RELEASED))
    assert (view.phase, view.stable, view.tentative) == (Phase.WRITING, "what is", "the")
    assert told(Spoken(ONE, transcript("what is the total")), view=view) == TalkView()


def test_an_earlier_take_says_nothing_into_the_one_that_is_spoken():
    view = told(*BEGUN, Ended(ONE, Ending.RELEASED), Opening(TWO), Listening("Desk", 9.0))
    view = told(heard(TWO, "two"), heard(ONE, "one"), view=view)
    assert (view.phase, view.stable, view.writing) == (Phase.LISTENING, "two", (ONE,))
    view = told(Spoken(ONE, transcript("one")), view=view)
    assert (view.phase, view.stable, view.writing) == (Phase.LISTENING, "two", ())


@pytest.mark.parametrize(
    "last",
    [
        Dropped(ONE),
        NothingSaid(ONE),
        Troubled(MicrophoneFailure("Gone.", "Plug it in."), None),
        Troubled(EngineLost("Died.", "Again."), ONE),
        Ended(ONE, Ending.CLOSED),
    ],
)
def test_every_end_ends_it(last):
    assert told(*BEGUN, HandsFree(), Level(-20, -10, False), last) == TalkView()


def test_a_microphone_that_opens_no_more_leaves_the_earlier_take_alone():
    view = told(*BEGUN, Ended(ONE, Ending.RELEASED), Opening(TWO))
    view = told(Troubled(MicrophoneFailure("Busy.", "Wait."), None), view=view)
    assert (view.phase, view.writing) == (Phase.WRITING, (ONE,))


def test_silence_comes_and_goes():
    view = told(*BEGUN, NothingArrives())
    assert view.silent
    assert not told(SomethingArrives(), view=view).silent


def test_listening_ahead_outlives_the_takes():
    view = told(ListeningAhead(on=True), *BEGUN, Dropped(ONE))
    assert view.ahead
    assert not told(ListeningAhead(on=False), view=view).ahead


def test_a_take_that_lies_there_is_written_down():
    view = awaiting(TalkView(), ONE)
    assert view.phase is Phase.WRITING
    assert told(heard(ONE, "so"), view=view).stable == "so"
