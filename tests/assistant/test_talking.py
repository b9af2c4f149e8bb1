"""Hold and tap, cancel, two takes at once: whatever is pressed, no word is lost."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from nearling.assistant import talking as at
from nearling.assistant.talking import Talking
from nearling.capture.takes import Takes
from nearling.core.errors import MicrophoneFailure, ModelMissing, StorageFull
from nearling.core.hearing import Hearing, Speech
from nearling.core.take import is_growing
from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Heard,
    Listening,
    ListeningAhead,
    NothingSaid,
    Opening,
    Spoken,
    Troubled,
)
from scripted.recorder import until
from scripted.talk import ScriptedMicrophone, ScriptedTranscriber, Tale

SPEECH = Speech(None, "en")


@pytest.fixture
def begin(tmp_path):
    """A Talking before a scripted microphone and transcriber; its threads end with the test."""
    before = set(threading.enumerate())
    begun: list[Talking] = []

    def build(*outcomes, microphone=None):
        microphone = microphone or ScriptedMicrophone()
        transcriber, tale = ScriptedTranscriber(*outcomes), Tale()
        talking = Talking(microphone, transcriber, tmp_path / "takes", lambda: SPEECH, tale)
        begun.append(talking)
        return talking, microphone, transcriber, tale

    yield build
    for talking in begun:
        talking.close()
    assert set(threading.enumerate()) <= before


def hold(talking, microphone, tale, count: int = 1) -> Path:
    """Presses, talks and lets go after longer than a tap."""
    talking.press()
    take = tale.wait_for(Opening, count).take
    pressed = time.monotonic()
    microphone.give(0.2)
    tale.wait_for(Listening, count)
    until(lambda: time.monotonic() - pressed > at.TAP_SECONDS)
    talking.release()
    return take


def test_a_hold_is_heard_while_it_is_spoken_and_becomes_text(begin):
    talking, microphone, transcriber, tale = begin("hello there")
    transcriber.meanwhile = [Hearing("hello", "the", 0.1, None, 0.0)]
    take = hold(talking, microphone, tale)
    spoken = tale.wait_for(Spoken)
    assert (spoken.take, spoken.transcript.text) == (take, "hello there")
    assert tale.kinds() == ["Opening", "Listening", "Heard", "Ended", "Spoken"]
    assert tale.wait_for(Heard).hearing.stable == "hello"
    assert tale.wait_for(Ended) == Ended(take, Ending.RELEASED)
    assert transcriber.speeches == [SPEECH]
    assert take.exists()
    assert not is_growing(take)
    assert microphone.hung_up == microphone.lines
    assert len(tale.threads) == 1


def test_a_tap_listens_until_nobody_speaks_any_more(begin):
    talking, microphone, transcriber, tale = begin("hands free")
    talking.press()
    talking.release()
    tale.wait_for(HandsFree)
    microphone.give(3.0)
    tale.wait_for(Listening)
    transcriber.meanwhile = [
        Hearing("", "", 0.5, None, 0.5),  # nobody has spoken yet
        Hearing("hands", "", 2.0, None, at.QUIET_SECONDS - 0.1),
    ]
    tale.wait_for(Heard, 2)
    assert "Ended" not in tale.kinds()
    transcriber.meanwhile = [Hearing("hands free", "", 3.0, None, at.QUIET_SECONDS)]
    assert tale.wait_for(Ended).reason is Ending.QUIET
    assert tale.wait_for(Spoken).transcript.text == "hands free"


def test_who_listens_far_behind_ends_nothing(begin):
    talking, microphone, transcriber, tale = begin()
    talking.press()
    talking.release()
    microphone.give(8.0)
    tale.wait_for(Listening)
    until(lambda: talking._speaking.journal.seconds > 7)
    transcriber.meanwhile = [Hearing("so", "", 4.0, None, 3.0)]
    tale.wait_for(Heard)
    talking.press()
    assert tale.wait_for(Ended).reason is Ending.RELEASED


def test_a_tap_after_which_nobody_speaks_ends_by_itself(begin):
    talking, microphone, transcriber, tale = begin("")
    talking.press()
    talking.release()
    microphone.give(11.0)
    tale.wait_for(Listening)
    transcriber.meanwhile = [Hearing("", "", 10.5, None, 10.5)]
    assert tale.wait_for(Ended).reason is Ending.QUIET
    take = tale.wait_for(NothingSaid).take
    assert take.exists()


def test_the_next_press_ends_what_goes_on_hands_free(begin):
    talking, microphone, _, tale = begin()
    talking.press()
    talking.release()
    microphone.give(0.1)
    tale.wait_for(Listening)
    talking.press()
    talking.release()
    assert tale.wait_for(Ended).reason is Ending.RELEASED
    tale.wait_for(Spoken)
    assert len(microphone.lines) == 1


def test_a_second_press_in_a_hold_changes_nothing(begin):
    talking, microphone, _, tale = begin()
    talking.press()
    talking.press()
    microphone.give(0.1)
    tale.wait_for(Listening)
    talking.press()
    assert len(microphone.lines) == 1
    talking.end()
    assert tale.wait_for(Ended).reason is Ending.RELEASED


def test_the_second_take_is_spoken_while_the_first_one_is_heard(begin):
    talking, microphone, transcriber, tale = begin("first", "second")
    transcriber.may_finish.clear()
    first = hold(talking, microphone, tale)
    tale.wait_for(Ended)
    second = hold(talking, microphone, tale, 2)
    tale.wait_for(Ended, 2)
    assert transcriber.asked == [first]
    transcriber.may_finish.set()
    assert tale.wait_for(Spoken, 1).take == first
    assert tale.wait_for(Spoken, 2).take == second
    assert tale.wait_for(Spoken, 2).transcript.text == "second"


def test_cancel_drops_what_is_spoken(begin):
    talking, microphone, _, tale = begin()
    talking.press()
    microphone.give(0.2)
    tale.wait_for(Listening)
    take = tale.wait_for(Opening).take
    talking.cancel()
    assert tale.wait_for(Dropped).take == take
    assert not take.exists()
    talking.release()
    hold(talking, microphone, tale, 2)
    tale.wait_for(Spoken)
    assert tale.kinds().count("Ended") == 1


def test_cancel_before_the_first_sample_leaves_nothing(begin):
    talking, _, _, tale = begin()
    talking.press()
    take = tale.wait_for(Opening).take
    talking.cancel()
    assert tale.wait_for(Dropped).take == take
    assert not take.exists()


def test_cancel_after_the_hold_drops_what_is_being_heard(begin):
    talking, microphone, transcriber, tale = begin()
    transcriber.may_finish.clear()
    take = hold(talking, microphone, tale)
    tale.wait_for(Ended)
    talking.cancel()
    assert tale.wait_for(Dropped).take == take
    assert not take.exists()
    assert "Spoken" not in tale.kinds()


def test_a_microphone_that_fails_is_told_and_nothing_stays(begin, tmp_path):
    failure = MicrophoneFailure("No microphone.", "Buy one.")
    talking, microphone, _, tale = begin(microphone=ScriptedMicrophone(failure))
    talking.press()
    assert tale.wait_for(Troubled) == Troubled(failure, None)
    assert list((tmp_path / "takes").iterdir()) == []
    microphone.failure = None
    talking.release()
    talking.press()
    microphone.give(0.2)
    tale.wait_for(Listening)
    talking.end()
    tale.wait_for(Spoken)


def test_letting_go_before_the_microphone_is_ready_is_told(begin):
    talking, _, _, tale = begin()
    talking.press()
    tale.wait_for(Opening)
    talking.end()
    troubled = tale.wait_for(Troubled)
    assert "not ready" in troubled.error.sentence
    assert troubled.take is None


def test_a_lost_microphone_ends_the_take_and_it_is_heard(begin):
    talking, microphone, _, tale = begin("what was heard")
    talking.press()
    microphone.give(0.2)
    tale.wait_for(Listening)
    microphone.lines[-1].cut()
    assert tale.wait_for(Ended).reason is Ending.LOST
    assert tale.wait_for(Spoken).transcript.text == "what was heard"
    talking.release()
    hold(talking, microphone, tale, 2)
    tale.wait_for(Spoken, 2)


def test_without_a_model_the_take_is_kept_and_heard_once_there_is_one(begin):
    missing = ModelMissing("No speech model is installed.", "nearling models add FOLDER")
    talking, microphone, _, tale = begin(missing, "at last")
    take = hold(talking, microphone, tale)
    assert tale.wait_for(Troubled) == Troubled(missing, take)
    assert take.exists()
    talking.hear(take)
    assert tale.wait_for(Spoken).transcript.text == "at last"


def test_a_bug_in_the_listener_costs_no_take(begin, caplog):
    talking, microphone, _, tale = begin(ValueError("secret words"), "the next one")
    take = hold(talking, microphone, tale)
    troubled = tale.wait_for(Troubled)
    assert troubled.take == take
    assert take.exists()
    assert "secret" not in caplog.text
    hold(talking, microphone, tale, 2)
    assert tale.wait_for(Spoken).transcript.text == "the next one"


def test_a_full_disk_is_told_before_anything_is_recorded(begin, monkeypatch):
    monkeypatch.setattr("nearling.capture.takes._ROOM", 1 << 60)
    talking, microphone, _, tale = begin()
    talking.press()
    troubled = tale.wait_for(Troubled)
    assert isinstance(troubled.error, StorageFull)
    assert troubled.take is None
    until(lambda: microphone.hung_up == microphone.lines)


def test_closing_keeps_what_is_spoken(begin, tmp_path):
    talking, microphone, _, tale = begin()
    talking.press()
    microphone.give(0.2)
    tale.wait_for(Listening)
    talking.close()
    assert tale.kinds() == ["Opening", "Listening", "Ended"]
    ended = tale.wait_for(Ended)
    assert ended.reason is Ending.CLOSED
    assert not is_growing(ended.take)
    assert Takes(tmp_path / "takes").found() == ()  # this process lives: it is not lost
    talking.press()
    assert len(microphone.lines) == 1


def test_listening_ahead_is_told(begin):
    talking, microphone, _, tale = begin()
    talking.listen_ahead(True)
    assert tale.wait_for(ListeningAhead).on
    talking.listen_ahead(False)
    assert not tale.wait_for(ListeningAhead, 2).on
    assert microphone.ahead == [True, False]
