"""What is kept comes back as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.making import PAID, RECEIPT, ROUTE, answered, half_answered, picture, reading_of
from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Citation,
    Draft,
    TurnStatus,
)
from nearling.core.errors import NotFound
from nearling.core.geometry import Box
from nearling.core.media import Attachment, Capture, Medium
from nearling.history.database import Database
from nearling.history.history import History
from nearling.history.identity import conversation_id
from nearling.history.moments import as_datetime, kept
from nearling.history.turns import TITLE_LENGTH


def test_a_question_is_kept_with_what_it_carries(history: History) -> None:
    before = datetime.now(UTC)
    captures = tuple(Capture(medium, f"{medium}.bin", medium.encode()) for medium in Medium)
    turn = history.open_turn(Draft("What is this?", captures, local_only=True))
    assert history.turn(turn.id) == turn
    assert turn.message.text == "What is this?"
    assert turn.message.local_only
    assert turn.message.attachments == tuple(
        Attachment(capture.medium, capture.name, capture.digest, len(capture.data))
        for capture in captures
    )
    assert [history.attachment(each.digest) for each in captures] == [c.data for c in captures]
    assert turn.status is TurnStatus.OPEN
    assert turn.parent is None
    assert turn.attempts == ()
    assert turn.answer is None
    assert before <= turn.created <= datetime.now(UTC)


def test_every_attempt_is_kept_with_its_route_and_receipt(history: History) -> None:
    turn = history.open_turn(Draft("How much?"))
    first = history.open_attempt(turn.id, ROUTE)
    assert first == Attempt(first.id, ROUTE, AttemptStatus.RUNNING)
    history.close_attempt(first.id, AttemptStatus.DECLINED, reason="It holds no sum.")
    second = history.open_attempt(turn.id, PAID)
    boxed = Citation("bill.png", "ab" * 32, "Total 17", Box(1, 2, 30, 12))
    paged = Citation("terms.pdf", "cd" * 32, "within 14 days", page=3)
    history.append(second.id, "It is ")
    history.cite(second.id, boxed)
    history.append(second.id, "17.")
    history.cite(second.id, paged)
    running = history.turn(turn.id).attempts[1]
    assert (running.text, running.status) == ("It is 17.", AttemptStatus.RUNNING)
    closed = history.close_attempt(second.id, AttemptStatus.ANSWERED, receipt=RECEIPT)
    done = history.close_turn(turn.id, TurnStatus.ANSWERED, "Done.")
    assert closed == Attempt(
        second.id, PAID, AttemptStatus.ANSWERED, "It is 17.", (boxed, paged), RECEIPT
    )
    assert done.attempts == (
        Attempt(first.id, ROUTE, AttemptStatus.DECLINED, reason="It holds no sum."),
        closed,
    )
    assert done.answer == closed
    assert (done.status, done.note) == (TurnStatus.ANSWERED, "Done.")
    assert history.turn(turn.id) == done


def test_closing_again_corrects(history: History) -> None:
    _, attempt = half_answered(history, "how", "so")
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
    corrected = history.close_attempt(attempt.id, AttemptStatus.FAILED, reason="It broke.")
    assert (corrected.status, corrected.text) == (AttemptStatus.FAILED, "so")
    assert len(history.search("so")) == 1


def test_a_turn_can_be_answered_again(history: History) -> None:
    turn = answered(history, "how", "so")
    again = history.resume_turn(turn.id)
    assert (again.status, again.attempts) == (TurnStatus.OPEN, turn.attempts)
    assert history.close_turn(turn.id, TurnStatus.CANCELLED).status is TurnStatus.CANCELLED


def test_a_conversation_goes_on_and_branches(history: History) -> None:
    first = answered(history, "one", "1")
    second = history.open_turn(Draft("two", conversation=first.conversation))
    branch = history.open_turn(
        Draft("another two", conversation=first.conversation[:4], parent=first.id)
    )
    third = history.open_turn(Draft("three", conversation=first.conversation))
    assert [turn.parent for turn in (second, branch, third)] == [first.id, first.id, branch.id]
    assert [turn.message.text for turn in history.turns(first.conversation)] == [
        "one",
        "two",
        "another two",
        "three",
    ]


def test_conversations_are_listed_latest_first_and_in_pages(history: History) -> None:
    first = answered(history, "one", "1")
    second = answered(history, "two", "2")
    history.open_turn(Draft("more of one", conversation=first.conversation))
    (page,) = history.conversations(1)
    (rest,) = history.conversations(1, before=page.updated)
    assert (page.id, page.title, page.turns) == (first.conversation, "one", 2)
    assert (rest.id, rest.title, rest.turns) == (second.conversation, "two", 1)
    assert history.conversations() == (page, rest)
    assert history.conversation(rest.id[:5]) == rest
    assert history.conversations(before=rest.updated) == ()


def test_what_waits_is_listed_oldest_first(history: History) -> None:
    turns = [history.open_turn(Draft(f"question {number}")) for number in range(3)]
    answered(history, "other", "reply")
    for turn in reversed(turns):
        history.close_turn(turn.id, TurnStatus.WAITING, "No model yet.")
    history.resume_turn(turns[1].id)
    assert [turn.id for turn in history.waiting()] == [turns[0].id, turns[2].id]


def test_what_is_not_there_is_said(history: History) -> None:
    turn, attempt = half_answered(history, "how", "so")
    other = history.open_turn(Draft("other"))
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
    nothing = "0" * 12
    for call in (
        lambda: history.open_turn(Draft("?", conversation=nothing)),
        lambda: history.open_turn(Draft("?", conversation=turn.conversation, parent=other.id)),
        lambda: history.turn(nothing),
        lambda: history.turns(nothing),
        lambda: history.conversation(nothing),
        lambda: history.conversation(turn.conversation[:3]),
        lambda: history.resume_turn(nothing),
        lambda: history.close_turn(nothing, TurnStatus.ANSWERED),
        lambda: history.open_attempt(nothing, ROUTE),
        lambda: history.append(nothing, "x"),
        lambda: history.append(attempt.id, "too late"),
        lambda: history.cite(attempt.id, Citation("a", "b", "c")),
        lambda: history.close_attempt(nothing, AttemptStatus.FAILED),
        lambda: history.attachment("0" * 64),
        lambda: history.attachment("../history.sqlite3"),
        lambda: history.export(nothing, "json"),
        lambda: history.forget(nothing),
    ):
        with pytest.raises(NotFound) as caught:
            call()
        assert caught.value.sentence.endswith(".")
        assert caught.value.remedy.endswith(".")
    assert len(history.conversations()) == 2


def test_a_name_that_fits_two_conversations_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE conversations (id TEXT)")
        connection.execute("INSERT INTO conversations VALUES ('abcd00'), ('abcd11')")
        assert conversation_id(connection, " ABCD1 ") == "abcd11"
        with pytest.raises(NotFound, match="More than one"):
            conversation_id(connection, "abcd")
        with pytest.raises(NotFound, match="no conversation"):
            conversation_id(connection, "____")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What is the total?", "What is the total?"),
        ("  several\n lines\tof it ", "several lines of it"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("x" * 100, "x" * 59 + "…"),
        ("a" * 55 + ", and more", "a" * 55 + "…"),
        ("y" * 60, "y" * 60),
        ("", "bill.png"),
    ],
)
def test_the_title_is_the_question_cut_between_words(
    history: History, question: str, title: str
) -> None:
    turn = history.open_turn(Draft(question, (picture(),)))
    assert history.conversation(turn.conversation).title == title


@given(question=st.text(max_size=200))
def test_a_title_is_never_longer_than_allowed(
    tmp_path_factory: pytest.TempPathFactory, question: str
) -> None:
    with History(tmp_path_factory.getbasetemp() / "titles") as history:
        turn = history.open_turn(Draft(question))
        title = history.conversation(turn.conversation).title
        assert 0 < len(title) <= TITLE_LENGTH
        assert history.turn(turn.id).message.text == question


def test_a_file_name_that_is_no_unicode_is_taken(history: History) -> None:
    name = b"caf\xe9.png".decode("utf-8", "surrogateescape")
    turn = history.open_turn(Draft("what is " + name, (picture(name=name),)))
    assert turn.message.attachments[0].name == "caf?.png"
    assert turn.message.text == "what is caf?.png"


def test_a_reading_is_kept_for_its_engine_and_as_long_as_a_message_refers_to_it(
    history: History,
) -> None:
    capture = picture()
    old = reading_of(capture.digest, "Total 17", "reader-1")
    history.keep_reading(old)
    assert history.reading(capture.digest, "reader-1") is None
    turn = history.open_turn(Draft("how much", (capture,)))
    history.keep_reading(old)
    assert history.reading(capture.digest, "reader-1") == old
    assert history.reading(capture.digest, "reader-2") is None
    new = reading_of(capture.digest, "", "reader-2")
    history.keep_reading(new)
    assert history.reading(capture.digest, "reader-2") == new
    assert history.reading(capture.digest, "reader-1") is None
    assert history.search("total") == ()
    history.close_turn(turn.id, TurnStatus.ANSWERED)
    history.forget(turn.conversation)
    assert history.reading(capture.digest, "reader-2") is None


def test_a_reading_that_an_other_version_kept_is_read_again(history: History, folder: Path) -> None:
    capture = picture()
    history.open_turn(Draft("how much", (capture,)))
    history.keep_reading(reading_of(capture.digest, "Total 17"))
    database = Database(folder)
    with database.writing() as connection:
        connection.execute('UPDATE readings SET body = \'{"digest": "ab"}\'')
    database.close()
    assert history.reading(capture.digest, "reader-1") is None


@given(st.datetimes(max_value=datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_moments_are_exact(moment: datetime) -> None:
    assert as_datetime(kept(moment)) == moment
    assert kept(moment + timedelta(microseconds=1)) == kept(moment) + 1


def test_an_outline_tells_how_much_room_each_turn_takes(tmp_path: Path) -> None:
    with History(tmp_path) as history:
        first = answered(history, "How much?", "39.90", picture())
        draft = Draft("And when?", conversation=first.conversation)
        second = history.open_turn(draft)
        outlines = history.outlines(first.conversation)
        assert [(o.id, o.letters, o.attachments) for o in outlines] == [
            (first.id, 14, 1),
            (second.id, 9, 0),
        ]
        with pytest.raises(NotFound):
            history.outlines("0000000000")


def test_a_summary_says_how_the_latest_answer_begins(tmp_path: Path) -> None:
    with History(tmp_path) as history:
        turn = answered(history, "How much?", "39.90", picture())
        assert history.conversation(turn.conversation).latest == "39.90"
        assert history.conversations()[0].attachments == 1
        history.open_turn(Draft("And when?", conversation=turn.conversation))
        assert history.conversation(turn.conversation).latest == ""


def test_a_conversation_remembers_who_answers_in_it(history):
    turn = history.open_turn(Draft("Why?"))
    assert history.chosen_writer(turn.conversation) is None
    history.choose_writer(turn.conversation, "smollm2")
    assert history.chosen_writer(turn.conversation) == "smollm2"
    history.choose_writer(turn.conversation, None)
    assert history.chosen_writer(turn.conversation) is None
    with pytest.raises(NotFound):
        history.choose_writer("nowhere", None)
