"""Every connection is on the disk before it is made, and outlives the question it was for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nearling.core.conversation import AttemptStatus, Draft, Mode, Route
from nearling.core.errors import NotFound
from nearling.core.network import Connection, Purpose
from nearling.core.outgoing import UNCHANGED, Edits
from nearling.core.writers import Zone
from nearling.history.history import History

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BEGUN = Connection("one", NOW, "shop", "shop.example", 443, Zone.CLOUD, Purpose.ANSWER)
ROUTE = Route("shop/large", Zone.CLOUD, "Only the cloud can answer.")


@pytest.fixture
def history(folder):
    with History(folder) as history:
        yield history


def test_one_is_written_down_before_it_is_made_and_told_how_it_went(history, folder):
    turn = history.open_turn(Draft("Why?"))
    history.ledger.connecting(replace(BEGUN, turn=turn.id))
    with History(folder) as other:
        assert other.connections() == (replace(BEGUN, turn=turn.id),)
    history.ledger.connected("one", address="192.0.2.7", sent=12, received=34, outcome="done")
    (told,) = history.connections()
    assert (told.address, told.sent, told.received, told.outcome) == ("192.0.2.7", 12, 34, "done")


def test_the_latest_come_first(history):
    for number in range(5):
        history.ledger.connecting(replace(BEGUN, id=str(number)))
    assert [each.id for each in history.connections(limit=2)] == ["4", "3"]


def test_what_is_forgotten_was_connected_all_the_same(history):
    turn = history.open_turn(Draft("Why?"))
    history.ledger.connecting(replace(BEGUN, turn=turn.id))
    history.close_turn(turn.id, turn.status)
    history.forget(turn.conversation)
    (left,) = history.connections()
    assert (left.host, left.turn) == ("shop.example", "")
    history.forget_everything()
    assert history.connections() == ()


def test_a_question_of_nobody_is_no_obstacle(history):
    history.ledger.connecting(replace(BEGUN, turn="0" * 12, purpose=Purpose.TEST))
    assert history.connections()[0].turn == ""


def test_an_attempt_that_waits_keeps_its_edits_and_is_replaced(history):
    turn = history.open_turn(Draft("Why?"))
    waiting = history.wait_for_consent(turn.id, ROUTE, UNCHANGED)
    edits = Edits(hidden=("Mara",), without_earlier=True)
    history.keep_edits(waiting.id, edits)
    (kept,) = history.turn(turn.id).attempts
    assert (kept.status, kept.edits) == (AttemptStatus.WAITING, edits)
    again = history.wait_for_consent(turn.id, ROUTE, edits)
    assert [each.id for each in history.turn(turn.id).attempts] == [again.id]
    running = history.open_attempt(turn.id, ROUTE)
    assert [each.id for each in history.turn(turn.id).attempts] == [running.id]
    with pytest.raises(NotFound):
        history.keep_edits(running.id, edits)


def test_an_answer_is_found_again_only_once_it_is_one(history):
    turn = history.open_turn(Draft("Why?"))
    attempt = history.open_attempt(turn.id, ROUTE, "mark")
    history.append(attempt.id, "For this.")
    assert history.answered_before("mark") is None
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
    found = history.answered_before("mark")
    assert found is not None
    assert found.text == "For this."
    assert history.answered_before("other") is None


def test_how_far_a_conversation_may_go_is_kept(history):
    conversation = history.open_turn(Draft("Why?")).conversation
    assert history.chosen_mode(conversation) is None
    history.choose_mode(conversation, Mode.ASK)
    assert history.chosen_mode(conversation) is Mode.ASK
    history.choose_mode(conversation, None)
    assert history.chosen_mode(conversation) is None
