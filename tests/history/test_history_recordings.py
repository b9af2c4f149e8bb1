"""Recordings in the history: the clip a question was spoken in, and what was heard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from history.making import ROUTE, answered, picture
from nearling.core.conversation import AttemptStatus, Citation, Draft, Place, TurnStatus
from nearling.core.errors import NotFound
from nearling.core.hearing import Segment, Transcript, Word
from nearling.core.media import Capture, Medium
from nearling.history.history import History

CLIP = Capture(Medium.CLIP, "take.wav", b"RIFF sound", spoken=True)
HEARD = Transcript(
    (Segment("Read the sign.", 0.5, 1.75, (Word("Read", 0.5, 0.75, 0.9),)),), "en", "ears", 2.0, 0.1
)


def test_a_spoken_question_gets_its_words_and_its_title_afterwards(history: History) -> None:
    turn = history.open_turn(Draft("", (CLIP, picture())))
    assert [each.spoken for each in turn.message.attachments] == [True, False]
    assert history.conversation(turn.conversation).title == "Spoken question"
    worded = history.word(turn.id, "Read the sign.")
    assert worded.message.text == "Read the sign."
    assert history.conversation(turn.conversation).title == "Read the sign."
    assert [hit.place for hit in history.search("sign")] == [Place.QUESTION]
    history.word(turn.id, "Read the label.")
    assert not history.search("sign")


def test_a_later_spoken_question_leaves_the_title_alone(history: History) -> None:
    first = answered(history, "What is it?", "A sign.")
    turn = history.open_turn(Draft("", (CLIP,), first.conversation))
    history.word(turn.id, "Read it.")
    assert history.conversation(turn.conversation).title == "What is it?"
    with pytest.raises(NotFound):
        history.word("nobody", "Read it.")


def test_what_was_heard_is_kept_searched_and_forgotten_with_the_clip(history: History) -> None:
    history.keep_transcript(CLIP.digest, HEARD)
    assert history.transcript(CLIP.digest) is None, "no message refers to it"
    turn = answered(history, "What is said?", "Something.", CLIP)
    assert history.file(CLIP.digest).read_bytes() == CLIP.data
    history.keep_transcript(CLIP.digest, HEARD)
    assert history.transcript(CLIP.digest) == HEARD
    assert [hit.turn for hit in history.search("read sign")] == [turn.id]
    history.forget(turn.conversation)
    assert history.transcript(CLIP.digest) is None
    assert not history.search("sign")
    with pytest.raises(NotFound):
        history.file(CLIP.digest)


def test_a_citation_may_name_a_moment(history: History) -> None:
    turn = history.open_turn(Draft("What is said?", (CLIP,)))
    attempt = history.open_attempt(turn.id, ROUTE)
    spoken = Citation(CLIP.name, CLIP.digest, "Read the sign.", moment=0.5)
    history.cite(attempt.id, spoken)
    assert history.turn(turn.id).attempts[0].citations == (spoken,)
    history.append(attempt.id, "A sign.")
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
    assert "take.wav, 0.5 s: “Read the sign.”" in history.export(None, "markdown")


def test_the_sound_of_old_questions_goes_and_their_words_stay(history: History) -> None:
    turn = answered(history, "placeholder", "Open.")
    spoken = history.open_turn(Draft("", (CLIP, picture())))
    other = Capture(Medium.CLIP, "other.wav", b"RIFF other", spoken=True)
    waiting = history.open_turn(Draft("", (other,)))
    history.close_turn(waiting.id, TurnStatus.WAITING, "There is no speech model yet.")
    history.word(spoken.id, "Read the sign.")
    assert history.forget_recordings(datetime.now(UTC)) == 0, "it is being answered"
    history.close_turn(spoken.id, TurnStatus.ANSWERED)
    assert history.forget_recordings(spoken.created) == 0, "it is not old enough"
    assert history.forget_recordings(datetime.now(UTC)) == 1
    left = history.turn(spoken.id).message
    assert left.text == "Read the sign."
    assert [each.medium for each in left.attachments] == [Medium.PICTURE]
    with pytest.raises(NotFound):
        history.file(CLIP.digest)
    assert history.file(other.digest).exists(), "nobody has written it down yet"
    assert history.turn(turn.id).answer is not None


def test_what_an_older_version_heard_in_another_form_is_heard_again(history: History) -> None:
    answered(history, "What is said?", "Something.", CLIP)
    history.keep_transcript(CLIP.digest, HEARD)
    with history._database.writing() as connection:
        connection.execute("UPDATE transcripts SET body = '{}'")
    assert history.transcript(CLIP.digest) is None
