"""Every table of what was brought along, and only where nothing else is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.geometry import Box
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Cell, Table
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.whole_tables import whole_tables
from scripted.engines import picture, reading_of

BILL = picture("bill.png")


def table(*rows, top=0):
    cells = tuple(tuple(Cell(text, Box(0, top, 9, top + 9), ()) for text in row) for row in rows)
    return Table(Box(0, top, 99, top + 20), cells, True)


def source(*tables, page=None, exchange=None):
    reading = replace(reading_of(BILL, "Item Price"), tables=tables)
    return Source("bill.png", reading, exchange, page)


TEA = table(("Item", "Price"), ("Tea", "3.20"))
ROOM = table(("Room", "Size"), ("A|B", "12"), top=50)


def asked(question, *sources):
    return whole_tables(Prompt(question, sources), Cancellation())


@pytest.mark.parametrize(
    "question",
    [
        "Extract the table",
        "extract table",
        "Extract all the tables, please",
        "Please extract this table.",
        "Tabelle extrahieren",
        "Extrahiere die Tabelle",
        "Lies die Tabelle aus",
        "Kannst du alle Tabellen auslesen?",
    ],
)
def test_it_is_asked_for_in_several_words(question):
    reply = asked(question, source(TEA))
    assert isinstance(reply, Reply)
    assert reply.text == "| Item | Price |\n| --- | --- |\n| Tea | 3.20 |"
    assert reply.means is Means.QUOTED
    (place,) = reply.citations
    assert (place.source, place.text, place.box) == ("bill.png", "Item Price", TEA.box)


@pytest.mark.parametrize(
    "question",
    [
        "Extract the total from the table",
        "Which table is free?",
        "Extract the cheapest row",
        "What is in the table?",
        "Extract the tablecloth",
        "Is the table made of wood?",
    ],
)
def test_anything_else_is_left_to_others(question):
    assert asked(question, source(TEA)) is None


def test_pages_come_in_their_order_and_each_table_with_its_place():
    reply = asked("Extract all tables", source(ROOM, page=7), source(TEA, page=2))
    assert reply.text.index("Tea") < reply.text.index("A\\|B")
    assert [(each.page, each.box) for each in reply.citations] == [(2, TEA.box), (7, ROOM.box)]


def test_what_came_before_is_not_mixed_in():
    reply = asked("Extract the table", source(TEA), source(ROOM, exchange=0))
    assert "Room" not in reply.text


def test_where_no_table_was_read_it_says_so():
    assert isinstance(asked("Extract the table", source()), Declined)
    assert isinstance(asked("Extract the table"), Declined)
