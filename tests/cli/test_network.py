"""`nearling network`: what was connected, for people and for scripts."""

from datetime import UTC, datetime

import pytest

from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone
from nearling.history.history import History
from nearling.settings.paths import Paths

WHEN = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def connected(product):
    paths = Paths.find({"NEARLING_HOME": str(product.home)})
    with History(paths.history) as history:
        for number, zone in enumerate((Zone.CLOUD, Zone.NETWORK)):
            history.ledger.connecting(
                Connection(str(number), WHEN, "work", f"host-{number}", 443, zone, Purpose.ANSWER)
            )
        history.ledger.connected("0", address="203.0.113.7", sent=1204, received=33, outcome="done")


def test_nothing_is_said_to_have_left_where_nothing_has(product):
    ended = product.run("network")
    assert (ended.code, ended.out) == (0, "")
    assert "Nothing has left this computer." in ended.notes
    assert product.run("network", "--json").json == {"connections": []}


@pytest.mark.usefixtures("connected")
def test_each_connection_is_a_line(product):
    ended = product.run("network")
    other, first = ended.out.splitlines()
    assert "  host-1  " in other
    assert other.endswith("not finished")
    assert "host-0 (203.0.113.7)  cloud " in first
    assert first.endswith("an answer  1.2 kB   33 bytes  done")
    assert "2 connections: 1.2 kB sent, 33 bytes received." in ended.notes
    assert product.run("network", "--limit", "1").out.count("\n") == 1
    assert product.run("network", "--limit", "0").code == 2


@pytest.mark.usefixtures("connected")
def test_scripts_get_all_of_it(product):
    other, first = product.run("network", "--json").json["connections"]
    assert first == {
        "at": WHEN.isoformat(), "endpoint": "work", "host": "host-0", "port": 443,
        "zone": "cloud", "purpose": "answer", "turn": "", "address": "203.0.113.7",
        "sent": 1204, "received": 33, "outcome": "done",
    }  # fmt: skip
    assert (other["zone"], other["address"], other["outcome"]) == ("network", "", "")
