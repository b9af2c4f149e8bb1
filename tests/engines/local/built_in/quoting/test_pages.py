"""What pages of a document state: values out of sentences and rows, and when there is no answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.geometry import Box
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Cell, Line, Reading, Table
from nearling.engines.local.built_in.quoting.passages import passages
from nearling.engines.local.built_in.quoting.writer import quoted
from nearling.engines.local.built_in.reply import Reply

HEADING, TEXT = 26, 16
"""Pixels of height."""


def line(text: str, top: int, block: int, left: int = 20) -> Line:
    height = HEADING if text.startswith("# ") else TEXT
    text = text.removeprefix("# ")
    box = Box(left, top, left + 8 * len(text), top + height)
    return Line(text, 1.0, box, ((float(left), float(top)),) * 4, block)


def page(*blocks: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Reading:
    """Blocks of lines, one below the other, and a table with a header below them."""
    lines = [
        line(text, 40 * block + 20 * at, block)
        for block, texts in enumerate(blocks)
        for at, text in enumerate(texts)
    ]
    table: list[tuple[Cell, ...]] = []
    for at, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            placed = line(text, 900 + 20 * at, len(blocks), 20 + 300 * column)
            cells.append(Cell(text, placed.box, (len(lines),)))
            lines.append(placed)
        table.append(tuple(cells))
    tables = (Table(Box(20, 900, 1200, 1200), tuple(table), header=True),) if table else ()
    return Reading("d1", 1200, 3000, 0, tuple(lines), tables, (), "by hand", 0.0)


LEASE = (
    page(
        ["# Lease", "The landlord is Orla Fenwick. The rent is £1,080 a month and is paid on the"],
        ["first day. Either side may end the lease with two months' notice."],
        ["# Keys", "A lost key costs £18. Bicycles that are not collected cost £2 a day."],
    ),
    page(
        ["# Heating", "The meter is read in June, the boiler is serviced in May and weighs 45 kg."],
        ["The flat is warm at 21 °C."],
        ["The filter is cleaned every three months by Dr Ines Carvalho."],
        ["Ines also keeps the spare fuse. The error E7 means that the motor is too hot."],
        rows=(
            ("Room", "Width", "Paint"),
            ("Kitchen", "2.4 m", "sage green"),
            ("Bedroom", "3.1 m", "oyster"),
        ),
    ),
)


def asked(question: str, pages: Sequence[Reading] = LEASE) -> Reply | Declined:
    sources = tuple(Source("lease.pdf", each, page=number) for number, each in enumerate(pages, 1))
    return quoted(Prompt(question, sources), Cancellation())


@pytest.mark.parametrize(
    ("question", "answer", "number"),
    [
        ("who is the landlord?", "Orla Fenwick", 1),
        ("how much is the rent", "£1,080", 1),
        ("what does a lost key cost", "£18", 1),
        ("how heavy is the boiler?", "45 kg", 2),
        ("when is the boiler serviced", "", 0),  # a month alone is no date
        ("how warm is the flat", "21 °C", 2),
        ("how often is the filter cleaned?", "every three months", 2),
        ("who keeps the spare fuse?", "Ines", 2),
        ("what does E7 mean", "the motor is too hot", 2),
        ("how wide is the kitchen?", "2.4 m", 2),
        ("what paint is in the bedroom", "oyster", 2),
    ],
)
def test_a_value_is_quoted_from_its_page(question: str, answer: str, number: int) -> None:
    said = asked(question)
    if not answer:
        assert isinstance(said, Declined)
        return
    assert isinstance(said, Reply)
    assert said.text == answer
    assert {citation.page for citation in said.citations} == {number}


@pytest.mark.parametrize(
    "question",
    [
        "how much is the deposit?",  # no such word
        "what does the internet cost a month",
        "what does E5 mean",
        "how heavy is the filter?",  # a weight stands there, of something else
        "what does it cost if my bicycle is collected",  # it says what happens if it is not
        "how wide is the room?",  # two rooms
        "who won the lottery",
    ],
)
def test_what_no_passage_states_is_declined(question: str) -> None:
    assert isinstance(asked(question), Declined)


def test_two_values_that_fit_alike_are_no_answer() -> None:
    fees = page(["The fee for adults is £12. The fee for juniors is £7."])
    assert isinstance(asked("how much is the fee?", (fees,)), Declined)
    said = asked("how much is the fee for juniors?", (fees,))
    assert isinstance(said, Reply)
    assert said.text == "£7"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is the phone number?", "01632 960 118"),
        ("who do I call about repairs?", "01632 960 300"),
        ("when do you open on Saturday?", "10:00 - 14:00"),
    ],
)
def test_a_label_says_which_value_is_meant(question: str, answer: str) -> None:
    desk = page(
        ["Phone: 01632 960 118"],
        ["Fax: 01632 960 119"],
        ["For repairs call 01632 960 300."],
        ["Saturday: 10:00 - 14:00", "Monday: 9:00 - 17:00"],
        ["On Saturday parcels come at 9:15 and cost £5."],
    )
    said = asked(question, (desk,))
    assert isinstance(said, Reply)
    assert said.text == answer


def test_a_refusal_shows_the_passages_that_come_closest() -> None:
    said = asked("when does the notice end if I lose the key")
    assert isinstance(said, Declined)
    assert 0 < len(said.closest) <= 3
    assert any("two months' notice" in near.text for near in said.closest)


def test_sentences_run_over_lines_and_stand_under_their_heading() -> None:
    found = passages(
        page(
            ["# Payment", "The whole of the rent is paid on the first day of a", "month. It rises."]
        )
    )
    assert [it.text for it in found] == [
        "The whole of the rent is paid on the first day of a month.",
        "It rises.",
    ]
    assert {it.heading for it in found} == {"Payment"}
    assert found[0].lines(0, len(found[0].text)) == (1, 2)
    assert found[1].lines(0, 2) == (2,)
    assert found[1].above == found[0].text


def test_a_row_is_one_passage_and_its_cells_know_their_columns() -> None:
    kitchen = passages(LEASE[1])[-2]
    assert kitchen.text == "Kitchen | 2.4 m | sage green"
    assert [clause.head for clause in kitchen.clauses] == ["Room", "Width", "Paint"]
    assert kitchen.clause(12).text == "2.4 m"


def test_lines_of_a_log_stand_alone() -> None:
    log = page(["2026-11-07 02:04:40 net reset", "2026-11-07 02:05:41 net connected again"])
    assert len(passages(log)) == 2
