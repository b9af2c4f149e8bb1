"""A turn's widget is made in two events; between them it is nobody's, and may be given up."""

from __future__ import annotations

from dataclasses import replace

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.ui.chat.transcript import Transcript
from scripted.engines import says
from ui.conftest import until


def opened(open_window, history):
    """A window on a conversation of one turn, of which no widget has been begun."""
    window = open_window(says("It is seven."))
    rules = window.session.rules()
    list(window._house.assistant.answer(Draft("Which one?"), rules, Cancellation()))
    (summary,) = history.conversations()
    window.session.open(summary.id)
    until(lambda: window.transcript.widget(0) is not None and window._tasks.idle)
    window.transcript.show_transcript(window.session.transcript)
    assert window.transcript.widget(0) is None
    return window


def test_a_turn_that_changes_while_it_is_half_made_is_shown_as_it_is(open_window, history):
    window = opened(open_window, history)
    transcript = window.transcript
    transcript.lay_out()
    assert transcript._begun is not None
    assert transcript.widget(0) is None
    view = window.session.transcript.view(0)
    window.session._put(replace(view, text="It is eight."))
    transcript.lay_out()
    assert transcript.widget(0).view.text == "It is eight."
    assert transcript.widget(0)._copy.isVisibleTo(transcript.widget(0))


def test_a_turn_that_is_half_made_goes_with_its_conversation(open_window, history):
    window = opened(open_window, history)
    transcript = window.transcript
    transcript.lay_out()
    assert transcript._begun is not None
    transcript.show_transcript(Transcript())
    transcript.lay_out()
    assert (transcript._begun, transcript.realised) == (None, 0)
