"""Tables as text for other programs: what is written is read back letter by letter."""

import csv
import io
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nearling.core.geometry import Box
from nearling.core.reading import Cell, Table
from nearling.core.table_text import TableForm, harmless, table_text, tables_text

BOX = Box(0, 0, 10, 10)


def table(*rows: tuple[str, ...], header: bool = True) -> Table:
    cells = tuple(tuple(Cell(text, BOX if text else None, ()) for text in row) for row in rows)
    return Table(BOX, cells, header)


PRICES = table(("Item", "Price"), ("Lamp, red", "19.00"), ("", "-3.50"))


def test_each_form_as_other_programs_know_it() -> None:
    assert table_text(PRICES, TableForm.CSV) == 'Item,Price\n"Lamp, red",19.00\n,-3.50'
    assert table_text(PRICES, TableForm.TSV) == "Item\tPrice\nLamp, red\t19.00\n\t-3.50"
    assert table_text(PRICES, TableForm.MARKDOWN) == (
        "| Item | Price |\n| --- | --- |\n| Lamp, red | 19.00 |\n|  | -3.50 |"
    )
    assert json.loads(table_text(PRICES, TableForm.JSON)) == [
        ["Item", "Price"],
        ["Lamp, red", "19.00"],
        ["", "-3.50"],
    ]


def test_a_table_without_a_header_gets_an_empty_one_in_markdown() -> None:
    told = table_text(table(("a", "1"), header=False), TableForm.MARKDOWN)
    assert told == "|  |  |\n| --- | --- |\n| a | 1 |"


def test_several_tables_are_an_empty_line_apart_and_one_object_in_json() -> None:
    both = (PRICES, table(("a", "b"), header=False))
    assert tables_text(both, TableForm.CSV).split("\n\n") == [
        table_text(one, TableForm.CSV) for one in both
    ]
    assert json.loads(tables_text(both, TableForm.JSON)) == {
        "tables": [
            {"header": True, "rows": [["Item", "Price"], ["Lamp, red", "19.00"], ["", "-3.50"]]},
            {"header": False, "rows": [["a", "b"]]},
        ]
    }
    assert tables_text((), TableForm.CSV) == ""
    assert json.loads(tables_text((), TableForm.JSON)) == {"tables": []}


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "'=1", "-", "+49 341 555", "-x"],
)
def test_nothing_a_spreadsheet_would_run_stays_as_it_is(formula: str) -> None:
    assert harmless(formula) == "'" + formula


@pytest.mark.parametrize("plain", ["-3.50", "+2", "-1.234,50", "-5 %", "a=b", "'tis", "", "3-4"])
def test_what_is_no_formula_is_not_touched(plain: str) -> None:
    assert harmless(plain) == plain


def disarmed(text: str) -> str:
    """What a program reads back; numbers were never armed."""
    armed = re.match(r"'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", text)
    return text[1:] if armed else text


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a Markdown row, as a renderer takes them apart."""
    parts = re.findall(r"\\<br>|\\\\|\\\||<br>|[^|]|\|", line)
    cells, plain = [""], {"<br>": "\n", "\\<br>": "<br>", "\\\\": "\\", "\\|": "|"}
    for part in parts:
        if part == "|":
            cells.append("")
        else:
            cells[-1] += plain.get(part, part)
    return tuple(cell[1:-1] for cell in cells[1:-1])


CELLS = st.text(st.sampled_from("a1 =+-@'\"\t\n,|\\<br>;"), max_size=8) | st.text(max_size=8)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=5
    )
)


@given(GRIDS)
@example([("",), ("",)])
def test_spreadsheets_read_back_what_was_written(rows: list[tuple[str, ...]]) -> None:
    for form, delimiter in ((TableForm.CSV, ","), (TableForm.TSV, "\t")):
        written = table_text(table(*rows), form)
        read = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
        assert [tuple(map(disarmed, row)) for row in read] == rows


@given(GRIDS)
def test_markdown_and_json_hold_every_letter(rows: list[tuple[str, ...]]) -> None:
    assert json.loads(table_text(table(*rows), TableForm.JSON)) == [list(row) for row in rows]
    first, _rule, *others = table_text(table(*rows), TableForm.MARKDOWN).split("\n")
    read = [cells_of(line) for line in (first, *others)]
    assert read == [tuple(re.sub(r"\r\n|\r", "\n", cell) for cell in row) for row in rows]
