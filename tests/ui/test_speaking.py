"""Talking to the real window: real keys and a real pointer, a scripted microphone and model."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest

from nearling.core.errors import MicrophoneFailure, ModelMissing
from nearling.core.events import Delta, Finished
from nearling.core.media import Medium
from nearling.core.speech_models import Suggestion
from nearling.core.talk import Ending, ListeningAhead, NothingArrives, SomethingArrives, Troubled
from nearling.settings.options import Options
from nearling.ui.chat.turn_view import State
from nearling.ui.voice.talk_view import Phase
from scripted.engines import ScriptedWriter, says
from scripted.voice import ScriptedVoice, sounding
from ui.conftest import spin, until
from ui.reading import cut_off
from ui.test_window import ended, press, shown, type_into


def xdo(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


@pytest.fixture
def voice(tmp_path):
    return ScriptedVoice(tmp_path / "takes")


@pytest.fixture
def talk(voice):
    """The microphone and the model; there once a window is open."""
    return lambda: voice.talking


@pytest.fixture
def window(open_window, voice):
    return open_window(says("Seven."), voice=voice)


def pointed(widget) -> tuple[str, str]:
    middle = widget.mapToGlobal(widget.rect().center())
    return str(middle.x()), str(middle.y())


def stands_still(widget) -> bool:
    """What is above it may still get its size."""
    before = pointed(widget)
    spin(0.2)
    return pointed(widget) == before


# The key and the button


def test_the_key_is_held_and_repeats_are_no_releases(window, voice):
    xdo("keydown", "F9")
    until(lambda: voice.talking.called == ["press"])
    spin(1.2)  # the screen's keyboard repeats after 0.66 s
    assert voice.talking.called == ["press"]
    xdo("keyup", "F9")
    until(lambda: voice.talking.called == ["press", "release"])


def test_the_key_works_wherever_the_focus_is(window, voice):
    for widget in (window.panel.search, window.panel.list, window.composer.send, window.transcript):
        widget.setFocus()
        voice.talking.called.clear()
        xdo("key", "F9")
        until(lambda: voice.talking.called == ["press", "release"])


def test_a_window_that_comes_over_it_ends_the_hold(window, voice, qt):
    from PySide6.QtWidgets import QWidget

    xdo("keydown", "F9")
    until(lambda: voice.talking.called == ["press"])
    other = QWidget()
    other.show()
    other.activateWindow()
    until(other.isActiveWindow)
    until(lambda: voice.talking.called == ["press", "release"])
    xdo("keyup", "F9")
    other.close()
    until(window.isActiveWindow)
    assert voice.talking.called == ["press", "release"]


def test_the_button_is_held_with_the_pointer_wherever_that_goes(window, voice):
    xdo("mousemove", *pointed(window.composer.talk), "mousedown", "1")
    until(lambda: voice.talking.called == ["press"])
    voice.talking.begin()
    until(lambda: window.composer.talk.text() == "Let go")
    xdo("mousemove", *pointed(window.panel))
    spin(0.1)
    assert voice.talking.called == ["press"]
    xdo("mouseup", "1")
    until(lambda: voice.talking.called == ["press", "release"])


@pytest.mark.parametrize("key", ["space", "Return"])
def test_keys_tap_the_button(window, voice, key):
    window.composer.talk.setFocus()
    xdo("keydown", key)
    until(lambda: voice.talking.called == ["press", "release"])
    spin(0.9)
    xdo("keyup", key)
    spin(0.1)
    assert voice.talking.called == ["press", "release"]


def test_a_screen_reader_taps_the_button(window, voice):
    from PySide6.QtGui import QAccessible, QAccessibleActionInterface

    heard = QAccessible.queryAccessibleInterface(window.composer.talk)
    assert heard.text(QAccessible.Text.Name) == "Talk"
    heard.actionInterface().doAction(QAccessibleActionInterface.pressAction())
    until(lambda: voice.talking.called == ["press", "release"])
    voice.talking.begin(hands_free=True)
    until(lambda: heard.text(QAccessible.Text.Name) == "Stop talking")


def test_where_nobody_can_be_listened_to_nothing_of_it_is_shown(open_window):
    window = open_window(says("x"))
    assert not window.composer.talk.isVisible()
    assert "F9" not in window.composer.text.placeholderText()
    press("F9")
    spin(0.1)


def test_in_a_narrow_window_the_button_has_no_words_and_all_else_fits(
    open_window, voice, monkeypatch
):
    monkeypatch.setenv("NEARLING_LANGUAGE", "de")
    window = open_window(says("x"), voice=voice)
    window.resize(640, 600)
    window.composer.text.setPlaceholderText("An invitation that is so long that it takes two lines")
    until(lambda: window.composer.talk.text() == "")
    until(lambda: cut_off(window.composer._box) == [])
    assert window.composer.talk.accessibleName() == "Sprechen"
    window.resize(1000, 600)
    until(lambda: window.composer.talk.text() == "Halten zum Reden")


# While one talks


def test_listening_is_said_when_sound_is_there(window, voice):
    live = window.composer.live
    voice.talking.takes += 1
    from nearling.core.talk import Listening, Opening

    voice.talking.say(Opening(voice.talking.take))
    until(live.isVisible)
    assert live.state.text() == "…"
    assert not window.composer.text.isVisible()
    voice.talking.say(Listening("Desk", 12.0))
    until(lambda: live.state.text() == "Listening")
    until(lambda: live.seconds.text() == "0:00")
    until(lambda: live.seconds.text() == "0:01")


def test_words_are_shown_as_they_are_heard_and_what_may_change_is_muted(window, voice):
    live = window.composer.live
    voice.talking.begin()
    voice.talking.hearing("what is <b>the", "total & tax")
    until(lambda: live.words.accessibleDescription() == "what is <b>the total & tax")
    muted = window._theme.tokens.muted
    assert live.words.text() == (
        f'what is &lt;b&gt;the <font color="{muted}">total &amp; tax</font>'
    )
    window._theme.choose("dark")
    assert window._theme.tokens.muted in live.words.text()
    window._theme.choose("light")


def test_the_level_is_seen(window, voice):
    voice.talking.begin()
    voice.talking.level(-60)
    until(lambda: window.composer.live.meter.loudness == 0)
    voice.talking.level(-15)
    until(lambda: window.composer.live.meter.loudness == 0.75)


def test_no_sound_is_said_while_it_lasts(window, voice):
    live = window.composer.live
    voice.talking.begin()
    voice.talking.say(NothingArrives())
    until(lambda: live.state.text() == "No sound is arriving")
    voice.talking.say(SomethingArrives())
    until(lambda: live.state.text() == "Listening")


def test_escape_drops_what_is_said_before_it_stops_an_answer(open_window, voice):
    go = threading.Event()
    window = open_window(ScriptedWriter(Delta("half"), go.wait, Finished(1, 1)), voice=voice)
    type_into(window, "Why?")
    until(lambda: window.session.is_busy)
    voice.talking.begin()
    until(lambda: window.talk.speaking.view.phase is Phase.LISTENING)
    press("Escape")
    until(lambda: voice.talking.called == ["cancel"])
    assert not window.session._job.cancellation.cancelled
    voice.talking.drop()
    until(window.composer.text.isVisible)
    assert not window.composer.live.isVisible()
    go.set()
    ended(window)


def test_the_cross_drops_it_and_done_ends_it(window, voice):
    from PySide6.QtWidgets import QPushButton

    voice.talking.begin(hands_free=True)
    until(lambda: window.composer.talk.text() == "Done")
    window.composer.live.findChild(QPushButton).click()
    assert voice.talking.called == ["cancel"]


def test_the_microphone_that_listens_ahead_is_seen(window, voice):
    assert not window.composer._ear.isVisible()
    voice.talking.say(ListeningAhead(on=True))
    until(window.composer._ear.isVisible)
    assert window.composer._hint.text().startswith("The microphone stays on")
    voice.talking.say(ListeningAhead(on=False))
    until(lambda: not window.composer._ear.isVisible())


def test_the_focus_comes_back_to_the_text(window, voice):
    voice.talking.begin()
    until(window.composer.talk.hasFocus)
    voice.talking.end_take()
    voice.talking.finish("")
    until(window.composer.text.hasFocus)


# What comes of it


def test_what_was_said_is_asked_at_once_with_its_sound(window, voice, history):
    take = voice.talking.speak("How many?")
    view = ended(window)
    assert (view.question, view.state, view.text) == ("How many?", State.ANSWERED, "Seven.")
    (clip,) = view.attachments
    assert clip.medium is Medium.CLIP
    assert history.attachment(clip.digest) == take.read_bytes()
    until(lambda: voice.let_gone == [take])
    assert window.composer.text.toPlainText() == ""
    assert not window.composer._chips


def test_it_is_looked_at_first_where_that_is_wanted(open_window, voice):
    window = open_window(says("x"), voice=voice, options=Options(after_speaking="check"))
    take = voice.talking.speak("How money?")
    until(lambda: window.composer._chips)
    assert window.composer.text.toPlainText() == "How money?"
    assert not window.session.is_busy
    assert voice.let_gone == []
    xdo("key", "BackSpace", "BackSpace", "BackSpace", "BackSpace")
    xdo("type", "y?")
    until(lambda: window.composer.text.toPlainText() == "How moy?")
    press("Return")
    assert ended(window).question == "How moy?"
    until(lambda: voice.let_gone == [take])


def test_what_was_typed_is_not_sent_behind_ones_back(window, voice):
    type_into(window, "Look here:", send=False)
    voice.talking.speak("what is it")
    until(lambda: window.composer._chips)
    spin(0.1)
    assert window.composer.text.toPlainText() == "Look here: what is it"
    assert not window.session.is_busy


def test_takes_while_an_answer_is_written_are_asked_when_it_ends(open_window, voice):
    go = threading.Event()
    window = open_window(
        ScriptedWriter(Delta("half"), lambda: go.wait(20), Finished(1, 1)), voice=voice
    )
    type_into(window, "Why?")
    until(lambda: len(window.session.transcript))
    voice.talking.speak("And how?")
    voice.talking.speak("And when?")
    until(lambda: len(window.composer._chips) == 2)
    assert window.composer.text.toPlainText() == "And how? And when?"
    assert window.composer._hint.text() == "Will be asked when this answer is there"
    go.set()
    view = ended(window, 1)
    assert view.question == "And how? And when?"
    assert len(view.attachments) == 2
    until(lambda: len(voice.let_gone) == 2)
    assert window.composer._hint.text() == "Several at once are fine"


def test_what_was_changed_meanwhile_is_not_sent(open_window, voice):
    go = threading.Event()
    window = open_window(
        ScriptedWriter(Delta("half"), lambda: go.wait(20), Finished(1, 1)), voice=voice
    )
    type_into(window, "Why?")
    until(lambda: len(window.session.transcript))
    voice.talking.speak("And how?")
    until(lambda: window.composer._chips)
    window.composer.text.setFocus()
    xdo("key", "End", "BackSpace")
    until(lambda: window.composer.text.toPlainText() == "And how")
    go.set()
    ended(window)
    spin(0.1)
    assert len(window.session.transcript) == 1
    assert window.composer.text.toPlainText() == "And how"
    assert voice.let_gone == []


def test_words_that_come_while_a_question_is_put_away_are_not_put_away_with_it(window, voice):
    """Between sending and the disk."""
    window.composer.text.setPlainText("First?")
    window.composer.send.click()
    window.composer.add_words("Second?")
    ended(window)
    assert window.composer.text.toPlainText() == "Second?"


def test_silence_is_said_and_may_be_heard_or_deleted(window, voice):
    take = voice.talking.speak("")
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "I heard no speech."
    (delete,) = window.notice.more
    assert (window.notice.remedy.text(), delete.text()) == ("Listen to it", "Delete")
    window.notice.remedy.click()
    until(lambda: voice.played == [take.read_bytes()])
    assert window.notice.isVisible()
    delete.click()
    until(lambda: voice.deleted == [take])
    assert not window.notice.isVisible()
    assert len(window.session.transcript) == 0


def test_a_microphone_that_fails_is_told(window, voice):
    voice.talking.takes += 1
    from nearling.core.talk import Opening

    voice.talking.say(
        Opening(voice.talking.take),
        Troubled(MicrophoneFailure("No microphone is there.", "Plug one in."), None),
    )
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "No microphone is there."
    assert window.notice.advice.text() == "Plug one in."
    assert window.composer.text.isVisible()


def test_a_microphone_that_is_lost_keeps_what_was_heard(window, voice):
    voice.talking.begin()
    voice.talking.end_take(Ending.LOST)
    until(lambda: window.composer.live.state.text() == "Writing it down …")
    voice.talking.finish("How many")
    assert ended(window).question == "How many"


# Before there is a model


FITTING = Suggestion("Whisper base", "Systran/faster-whisper-base", 145, "It is quick enough here.")


def wait_for_a_model(window, voice) -> Path:
    take = voice.talking.begin()
    voice.talking.end_take()
    missing = ModelMissing("There is no speech model.", "Get one.")
    voice.talking.say(Troubled(missing, take))
    until(window.notice.isVisible)
    return take


def test_without_a_model_the_question_waits_for_the_one_found_here(window, voice, tmp_path):
    voice.fitting = Suggestion(
        *(getattr(FITTING, name) for name in FITTING.__slots__[:4]), tmp_path
    )
    take = wait_for_a_model(window, voice)
    assert "recorded" in window.notice.sentence.text()
    for word in ("Whisper base", "145 MB", "quick enough", tmp_path.name[-20:]):
        assert word in window.notice.advice.text()
    assert window.notice.remedy.text() == "Use that one"
    assert [button.text() for button in window.notice.more] == ["Choose a folder …"]
    window.notice.remedy.click()
    until(lambda: voice.talking.heard == [take])
    assert voice.adopted == [tmp_path]
    assert window.composer.live.isVisible()
    voice.talking.finish("How many?", take)
    assert ended(window).question == "How many?"


def test_without_a_model_a_folder_can_be_chosen(window, voice, tmp_path, monkeypatch):
    voice.fitting = FITTING
    take = wait_for_a_model(window, voice)
    assert "Systran/faster-whisper-base" in window.notice.advice.text()
    monkeypatch.setattr(window.talk.model, "_pick", lambda: str(tmp_path))
    window.notice.remedy.click()
    until(lambda: voice.talking.heard == [take])
    assert voice.adopted == [tmp_path]


def test_a_model_that_came_by_another_way_is_noticed(window, voice, qt):
    from PySide6.QtWidgets import QWidget

    take = wait_for_a_model(window, voice)
    voice.adopted.append(Path("by-hand"))
    other = QWidget()
    other.show()
    other.activateWindow()
    until(other.isActiveWindow)
    other.close()
    window.activateWindow()
    until(lambda: voice.talking.heard == [take])


# What was found


def test_what_a_dead_process_recorded_is_offered_one_after_the_other(window, voice, tmp_path):
    takes = [tmp_path / f"{at}.wav" for at in range(2)]
    for at, take in enumerate(takes):
        take.write_bytes(sounding(2.0 + at))
    voice.left = takes
    window.talk.found.look()
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "A recording of 0:02 from today was found."
    window.notice.remedy.click()
    until(lambda: voice.talking.heard == takes[:1])
    assert window.notice.sentence.text() == "A recording of 0:03 from today was found."
    window.notice.more[1].click()
    until(lambda: voice.deleted == takes[1:])
    assert not window.notice.isVisible()
    voice.talking.finish("What was that?", takes[0])
    until(lambda: window.composer._chips)
    assert window.composer.text.toPlainText() == "What was that?"
    assert not window.session.is_busy, "it is of another time, and looked at first"


# Recordings


def test_a_spoken_question_is_heard_again_and_asked_in_other_words(window, voice):
    voice.talking.speak("How many?")
    ended(window)
    turn = shown(window)
    from nearling.ui.voice.clip import Clip

    clip = turn.findChild(Clip)
    until(lambda: clip.length.text() == "0:02")
    until(clip.button.isVisible)
    assert clip.button.accessibleName().startswith("Listen to spoken ")
    until(lambda: stands_still(clip.button))
    xdo("mousemove", *pointed(clip.button), "click", "1")
    until(lambda: clip.wave._part == 0.25)
    assert clip.button.accessibleName().startswith("Stop spoken ")
    xdo("click", "1")
    until(lambda: clip.wave._part == 1.0)
    clip.button.click()
    until(lambda: len(voice.played) == 2)
    voice.go_on.set()
    until(lambda: clip.button.accessibleName().startswith("Listen to"))
    turn._edit.click()
    assert window.composer.text.toPlainText() == "How many?"
    xdo("type", "How few?")
    until(lambda: window.composer.text.toPlainText() == "How few?")
    press("Return")
    assert ended(window, 1).question == "How few?"


def test_sound_that_is_not_to_be_kept_is_not_taken_along(open_window, voice):
    window = open_window(says("Seven."), voice=voice, options=Options(keep_recordings="written"))
    take = voice.talking.speak("How many?")
    assert ended(window).attachments == ()
    until(lambda: voice.let_gone == [take])


def test_old_sound_is_erased_at_the_start(window, voice):
    until(lambda: voice.tidied == 1)


def test_a_press_silences_what_is_played(window, voice):
    voice.talking.speak("How many?")
    ended(window)
    from nearling.ui.voice.clip import Clip

    clip = shown(window).findChild(Clip)
    until(clip.button.isEnabled)
    clip.button.click()
    until(lambda: clip.wave._part == 0.25)
    press("F9")
    until(lambda: "press" in voice.talking.called)
    voice.talking.begin()
    until(lambda: clip.wave._part == 1.0)


def test_a_dropped_recording_is_a_clip_and_can_be_asked_about_alone(window, voice, tmp_path):
    from functools import partial

    from nearling.capture.files import capture_file

    talk, film = tmp_path / "talk.wav", tmp_path / "film.mp4"
    talk.write_bytes(sounding(65.0))
    film.write_bytes(bytes(2_500_000))
    window.landing.fetch([partial(capture_file, each) for each in (talk, film)])
    until(lambda: len(window.composer._chips) == 2)
    until(
        lambda: (
            {chip.clip.length.text() for chip in window.composer._chips.values()}
            == {"1:05", "2.5 MB"}
        )
    )
    assert window.composer.send.text() == "Write it down"
    assert [each.medium for each in window.landing.pending.captures] == [Medium.CLIP] * 2
    window.composer.send.click()
    view = ended(window)
    assert view.question == "Write it down"
    assert sorted(each.name for each in view.attachments) == ["film.mp4", "talk.wav"]
    assert window.composer.send.text() == "Send"
