"""Answers made of a table's cells are right as numbers, as lists and as groups."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nearling.bench.useful.judging.computed import computed, exactly_cited
from nearling.bench.useful.numbers import number, numbers
from nearling.bench.useful.questions import Made, Named, Part, Question
from nearling.bench.useful.said import Said
from nearling.core.conversation import Citation

TABLE = """
Tool | Shelf | Price
Hammer | A | 14.50
Saw | A | 1,021.00
Saw blade | B | 9.80
Drill | B | 64.00
Total | | 1,109.30
"""
SHED = Made(Named("shed.csv", "csv", "en"), (Part(TABLE),))
RULE = "| --- | --- | --- |"
SUM = Question("sum of prices", "compute", answers=("1,109.30", "1109.3"))
DEAREST = Question("which is the dearest", "compute", answers=("Saw",))
ON_B = Question("list all on shelf B", "compute", rows=("Saw blade", "Drill"))
BY_SHELF = Question("total per shelf", "compute", groups={"A": "1035.50", "B": "73.80"})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,234.50", {"1234.50"}),
        ("1.234,50", {"1234.50"}),
        ("1 234,50 €", {"1234.50"}),
        ("£1,234", {"1234", "1.234"}),
        ("0,125", {"0.125"}),
        ("−3,5 °C", {"-3.5"}),  # noqa: RUF001 (the look-alike is the point)
        ("1.234.567", {"1234567"}),
        ("2025-041", set()),
        ("14:30", set()),
        ("5 March 2026", set()),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, meant: set[str]) -> None:
    assert number([text]) == {Decimal(each) for each in meant}


def test_a_spelling_that_can_be_read_in_one_way_decides() -> None:
    assert number(["1,234", "1,234.00"]) == {Decimal(1234)}


def test_dates_and_times_in_a_text_are_no_numbers() -> None:
    assert numbers("On 2026-03-05 at 14:30, no. 2025-041: £7.20 for 2, 3") == [
        {Decimal("7.20")},
        {Decimal(2)},
        {Decimal(3)},
    ]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("1.109,30", "right"),
        ("£1,109.3 (sum of 4 cells)", "right"),
        ("Sum of Price over 4 rows: £1,109.30", "right"),
        ("4 rows, 1,109.30, 64.00", "wrong"),
        ("2,218.60", "wrong"),
        ("", "refused"),
    ],
)
def test_a_number_is_right_however_it_is_written(text: str, grade: str) -> None:
    assert computed(SUM, SHED, Said(text)) == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Saw: 1,021.00", "right"),
        ("| Tool | Shelf | Price |\n" + RULE + "\n| Saw | A | 1,021.00 |", "right"),
        ("Saw, Drill", "wrong"),
        ("Saw blade", "wrong"),
    ],
)
def test_one_row_is_right_without_any_other(text: str, grade: str) -> None:
    assert computed(DEAREST, SHED, Said(text)) == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("- Saw blade\n- Drill", "right"),
        ("| Drill | B | 64.00 |\n| Saw blade | B | 9.80 |\nTotal 73.80", "right"),
        ("Saw blade, Drill, Hammer", "wrong"),
        ("Saw blade, Drill, Saw", "wrong"),
        ("Drill", "wrong"),
        ("", "refused"),
    ],
)
def test_a_list_names_every_row_and_no_other(text: str, grade: str) -> None:
    assert computed(ON_B, SHED, Said(text)) == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("A: 1,035.50\nB: 73.80", "right"),
        (f"| Shelf | Rows | Price |\n{RULE}\n| A | 2 | 1.035,50 |\n| B | 2 | 73,80 |", "right"),
        ("A 1,035.50, B 73.80", "right"),
        ("A: 73.80\nB: 1,035.50", "wrong"),
        ("A: 1,035.50", "wrong"),
    ],
)  # fmt: skip
def test_each_group_has_its_own_number(text: str, grade: str) -> None:
    assert computed(BY_SHELF, SHED, Said(text)) == grade


def test_what_the_table_cannot_tell_is_to_be_refused() -> None:
    weight = Question("average weight", "compute")
    assert computed(weight, SHED, Said()) == "right"
    assert computed(weight, SHED, Said("4.00")) == "wrong"


def test_the_cells_it_is_made_of_are_cited_and_no_other() -> None:
    question = Question("sum", "compute", answers=("78.50",), cells=("£14.50", "64.00", "64.00"))

    def citing(*texts: str) -> Said:
        return Said("78.50", tuple(Citation("shed.csv", "", text) for text in texts))

    assert exactly_cited(question, citing("14,50", "64.00", "64.00"))
    assert not exactly_cited(question, citing("14.50", "64.00"))
    assert not exactly_cited(question, citing("14.50", "64.00", "64.00", "9.80"))
