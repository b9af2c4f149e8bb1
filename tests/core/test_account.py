"""What the account of connections says in words."""

from datetime import UTC, datetime

import pytest

from nearling.core.account import Left, amount, cells, left, outcome, totals
from nearling.core.errors import RemoteKind
from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone

WHEN = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def connection(**changes) -> Connection:
    known = {
        "id": "1", "at": WHEN, "endpoint": "work", "host": "api.example.org", "port": 443,
        "zone": Zone.CLOUD, "purpose": Purpose.ANSWER, "turn": "t", "address": "203.0.113.7",
        "sent": 1204, "received": 33, "outcome": "done",
    }  # fmt: skip
    return Connection(**(known | changes))


def test_a_row_says_when_where_to_why_and_how_much():
    when, *rest = cells(connection())
    assert datetime.strptime(when, "%Y-%m-%d %H:%M:%S").astimezone() == WHEN
    assert rest == [
        "api.example.org (203.0.113.7)", "cloud", "an answer", "1.2 kB", "33 bytes", "done",
    ]  # fmt: skip


def test_who_was_never_connected_has_no_address():
    assert cells(connection(address=""))[1] == "api.example.org"
    assert cells(connection(host="127.0.0.1", address="127.0.0.1", port=80))[1] == "127.0.0.1:80"


@pytest.mark.parametrize("kind", ["", "done", "cancelled", *RemoteKind])
def test_every_outcome_has_words(kind):
    assert outcome(connection(outcome=kind)) not in ("", kind) or kind in ("done", "overloaded")


def test_what_nobody_knows_is_said_as_it_is():
    assert outcome(connection(outcome="novel")) == "novel"


def test_every_zone_and_purpose_has_words():
    for zone in Zone:
        for purpose in Purpose:
            assert all(cells(connection(zone=zone, purpose=purpose)))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (38_400, "38.4 kB"), (2e6, "2.0 MB")],
)
def test_bytes_are_read_quickly(count, said):
    assert amount(int(count)) == said


def test_totals_add_up():
    assert totals([connection(), connection()]) == "2.4 kB sent, 66 bytes received"


def test_what_left_is_counted_by_question():
    again = connection(id="2")
    other = connection(id="3", turn="u")
    assert left([connection(), again, other], {"t"}) == Left(1, anything=True)
    assert left([connection(), again, other], {"t", "u"}) == Left(2, anything=True)
    assert left([connection()], {"v"}) == Left()


@pytest.mark.parametrize(
    ("changes", "anything"),
    [
        ({"outcome": "server"}, True),
        ({"outcome": "connect", "sent": 0}, False),
        ({"outcome": "", "sent": 0}, True),
        ({"outcome": "done", "purpose": Purpose.TRANSCRIBE}, True),
        ({"outcome": "done", "purpose": Purpose.TEST}, False),
    ],
)
def test_what_left_without_an_answer_is_told_too(changes, anything):
    assert left([connection(**changes)], {"t"}) == Left(0, anything=anything)
