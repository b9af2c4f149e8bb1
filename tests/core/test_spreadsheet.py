"""What goes into spreadsheets: quoted as it must be, and never run as a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.spreadsheet import as_csv, as_tsv, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+49 40", "-5,00", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "12.50", "€ 5", "Corner Shop", "a=b", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), max_size=4))
def test_csv_is_read_back(rows: list[list[str]]) -> None:
    text = as_csv(rows)
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back == [["\n".join(harmless(cell).splitlines()) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in back for cell in row)


def test_tsv_keeps_a_row_in_one_line() -> None:
    assert as_tsv([("a\nb", "c\td"), ("=x", "")]) == "a b\tc d\n'=x\t\n"
