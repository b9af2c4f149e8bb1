"""The network page and the line above a conversation: what left this computer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone
from scripted.engines import says
from ui.conftest import spin, until
from ui.test_access import nameless, unreachable
from ui.test_window import ended, press, type_into

WHEN = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def connect(history):
    """Writes a connection down as whoever makes one does."""
    made = []

    def write(purpose=Purpose.ANSWER, *, turn="", zone=Zone.CLOUD, outcome="done", sent=1204):
        number = len(made)
        host = "api.example.org" if zone is Zone.CLOUD else "nas.local"
        at = WHEN + timedelta(minutes=number)
        made.append(Connection(f"c{number}", at, "work", host, 443, zone, purpose, turn))
        history.ledger.connecting(made[-1])
        address = "203.0.113.7" if zone is Zone.CLOUD else "192.168.1.9"
        history.ledger.connected(
            f"c{number}", address=address, sent=sent, received=33, outcome=outcome
        )

    return write


def open_page(window):
    press("ctrl+shift+n")
    until(lambda: window.beyond.network is not None and window.beyond.network.isVisible())
    until(lambda: window._tasks.idle)
    return window.beyond.network


def shown(page) -> list[list[str]]:
    model = page.table.model()
    return [
        [model.index(row, at).data() for at in range(1, model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_where_nothing_was_connected_it_says_so(open_window):
    window = open_window(says("x"))
    page = open_page(window)
    assert page.empty.isVisible()
    assert page.empty.text() == "Nothing has left this computer."
    assert not page.table.isVisible()
    assert nameless(window) == []
    press("Escape")
    until(lambda: not page.isVisible())


def test_every_connection_is_a_row_the_latest_first(open_window, connect):
    connect()
    connect(Purpose.TEST, zone=Zone.NETWORK, outcome="connect", sent=0)
    window = open_window(says("x"))
    page = open_page(window)
    assert shown(page) == [
        ["nas.local (192.168.1.9)", "your network", "a test", "0 bytes", "33 bytes",
         "not reached"],
        ["api.example.org (203.0.113.7)", "cloud", "an answer", "1.2 kB", "33 bytes", "done"],
    ]  # fmt: skip
    assert page.totals.text() == "2 connections: 1.2 kB sent, 66 bytes received"
    assert nameless(window) == []
    assert unreachable(window) == []


def test_it_is_narrowed_down_and_copied(open_window, connect, qt):
    for zone in (Zone.CLOUD, Zone.NETWORK, Zone.CLOUD):
        connect(zone=zone)
    window = open_window(says("x"))
    page = open_page(window)
    page.filter.setText("NETWORK answer")
    assert len(shown(page)) == 1
    assert page.totals.text() == "1 connection: 1.2 kB sent, 33 bytes received"
    page.copy.click()
    heads, row, rest = qt.clipboard().text().split("\n")
    assert heads.split("\t") == [
        "When", "Server", "Where", "Why", "Sent", "Received", "How it went",
    ]  # fmt: skip
    assert row.split("\t")[1:] == shown(page)[0]
    assert rest == ""
    page.filter.clear()
    assert len(shown(page)) == 3


def test_the_table_is_left_by_tab_and_walked_with_arrows(open_window, connect):
    connect()
    connect()
    window = open_window(says("x"))
    page = open_page(window)
    page.filter.setFocus()
    press("Tab")
    until(page.table.hasFocus)
    press("Down", "Down")
    until(lambda: page.table.currentIndex().row() == 1)
    press("Tab")
    until(lambda: not page.table.hasFocus())


def test_it_grows_while_it_is_looked_at(open_window, connect):
    window = open_window(says("x"))
    page = open_page(window)
    connect()
    window.session.ended.emit()
    until(lambda: len(shown(page)) == 1)
    assert page.table.isVisible()


def about(window) -> str:
    return window._title._about_it.text()


def test_a_conversation_says_that_nothing_has_left(open_window):
    window = open_window(says("Seven."))
    assert about(window) == ""
    type_into(window, "How many?")
    ended(window)
    until(lambda: about(window) == "1 question · nothing has left this computer")


def test_a_conversation_says_how_many_answers_came_from_beyond(open_window, history, connect):
    window = open_window(says("Seven."))
    type_into(window, "How many?")
    ended(window)
    conversation = window.session.conversation
    (outline,) = history.outlines(conversation)
    connect(turn=outline.id, outcome="server")
    window.session.open(conversation)
    said = "1 question · something has left this computer, and no answer came"
    until(lambda: about(window) == said)
    connect(turn=outline.id)
    window.session.open(conversation)
    until(lambda: about(window) == "1 question · 1 answer came from beyond")
    window.open_new()
    until(lambda: about(window) == "")
    spin(0.1)
    assert about(window) == ""
