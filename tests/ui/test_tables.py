"""Tables that were read or written, on their way into a spreadsheet or a file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nearling.core.geometry import Box
from nearling.core.reading import Cell, Table
from nearling.core.table_text import TableForm, markdown_table, table_text
from nearling.ui.tables.spreadsheet import html_of
from nearling.ui.tables.written import plainly, tables_of
from scripted.engines import reading_of, says
from scripted.pictures import draw, saved
from ui.conftest import until
from ui.test_window import drop, ended, shown, type_into

ANSWER = (
    "Here:\n\n| Item | Price |\n| --- | ---: |\n| **Tea** | 3.20 |\n| =1+1 | a \\| b |\n\nDone."
)


def rows(table):
    return [[cell.text for cell in row] for row in table.rows]


def table(*rows):
    cells = (tuple(Cell(text, Box(0, 0, 9, 9), ()) for text in row) for row in rows)
    return Table(Box(0, 0, 99, 99), tuple(cells), True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ANSWER, [[["Item", "Price"], ["Tea", "3.20"], ["=1+1", "a | b"]]]),
        ("a | b\n--|--\n1 | 2", [[["a", "b"], ["1", "2"]]]),
        ("| a |\n| --- |\n| 1 |\n\n| b |\n| --- |\n| 2 |", [[["a"], ["1"]], [["b"], ["2"]]]),
        ("| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 | 3 |", [[["a", "b"], ["1", ""], ["1", "2"]]]),
        ("```\n| a | b |\n| --- | --- |\n```", []),
        ("no | table\nat all", []),
        ("| a | b |\n| --- |\n", []),
        ("| a\\\\ | b |\n| --- | --- |\n| x<br>y | \\<br> |", [[["a\\", "b"], ["x\ny", "<br>"]]]),
    ],
)
def test_tables_of_an_answer(text, found):
    assert [rows(each) for each in tables_of(text, styled=True)] == found


@pytest.mark.parametrize("cell", ["**", "a|b", "a\\|b", "x\ny", "<br>", "`c`", "\\", "[a](b)", "-"])
def test_what_the_product_writes_as_a_table_comes_back_as_it_was(cell):
    written = markdown_table([["head", "more"], [cell, "x"]])
    (back,) = tables_of(written, styled=False)
    assert rows(back) == [["head", "more"], [cell, "x"]]


def test_a_quoted_table_is_shown_as_one_and_letter_for_letter():
    from nearling.ui.markdown.blocks import Blocks

    blocks = Blocks()
    blocks.append(plainly("*one*\n| **a** | b |\n| --- | --- |\n| <b>1</b> | [x](y) |\n# two"))
    html = "".join(block.html for block in blocks.all)
    assert html.count("<table") == 1
    assert all(
        said in html for said in ("*one*", "**a**", "&lt;b&gt;1&lt;/b&gt;", "[x](y)", "# two")
    )


def test_a_formula_stays_words_in_a_spreadsheet():
    made = table(("Sum", "a<b"), ("=HYPERLINK(1)", "-5"))
    assert html_of(made) == (
        "<table><tr><th>Sum</th><th>a&lt;b</th></tr>"
        "<tr><td>&#x27;=HYPERLINK(1)</td><td>-5</td></tr></table>"
    )


def test_an_answers_table_is_copied_for_a_spreadsheet(open_window, qt):
    window = open_window(says(ANSWER))
    type_into(window, "Prices?")
    ended(window)
    turn = shown(window)
    assert turn.tables.isVisible()
    turn.tables.click()
    menu = turn.tables.menu_of_tables
    until(menu.isVisible)
    menu.actions()[0].trigger()
    menu.close()
    until(lambda: qt.clipboard().mimeData().hasFormat("text/html"))
    assert qt.clipboard().text() == "Item\tPrice\nTea\t3.20\n'=1+1\ta | b"
    assert "<th>Item</th>" in qt.clipboard().mimeData().html()
    assert window.composer._hint.text() == "The table is on the clipboard."


def test_an_answer_without_a_table_has_no_button_for_it(open_window):
    window = open_window(says("Seven."))
    type_into(window, "How many?")
    ended(window)
    assert not shown(window).tables.isVisible()


def test_a_pictures_tables_are_at_hand_where_it_is_looked_at(open_window, tmp_path, history):
    picture = saved(draw("Tea 3.20"), tmp_path / "bill.png")
    window = open_window(says("3.20"), reads={"bill.png": ("Tea 3.20",)})
    drop(window, picture)
    type_into(window, "How much?")
    ended(window)
    turn = shown(window)
    (attachment,) = turn.view.attachments
    read = replace(reading_of(attachment, "Tea 3.20"), tables=(table(("Item",), ("Tea",)),) * 2)
    window.looking.open(turn.view, attachment)
    until(window.looking.pictures.isVisible)
    until(lambda: window._tasks.idle)
    assert not window.looking.pictures.tables.isVisible()
    window.looking.pictures._read(read)
    until(window.looking.pictures.tables.isVisible)
    window.looking.pictures.tables._fill()
    said = [each.text() for each in window.looking.pictures.tables.menu_of_tables.actions()]
    assert said == ["Copy table 1", "Save table 1 as …", "Copy table 2", "Save table 2 as …"]


@pytest.mark.parametrize(
    ("name", "kept", "form"),
    [
        ("t.csv", "t.csv", TableForm.CSV),
        ("t.TSV", "t.TSV", TableForm.TSV),
        ("t.md", "t.md", TableForm.MARKDOWN),
        ("t.json", "t.json", TableForm.JSON),
        ("prices", "prices.tsv", TableForm.TSV),
    ],
)
def test_a_table_is_saved_as_its_name_says(open_window, tmp_path, name, kept, form):
    made = table(("Größe", "b"), ("1,5", "2"))
    window = open_window(says("x"))
    window.tables.write(made, tmp_path / name, "TSV (*.tsv)")
    until(lambda: window.composer._hint.text() == f"Saved as {kept}.")
    assert (tmp_path / kept).read_text("utf-8") == table_text(made, form) + "\n"
    if form is TableForm.JSON:
        assert json.loads((tmp_path / kept).read_text("utf-8")) == [["Größe", "b"], ["1,5", "2"]]


def test_a_table_that_cannot_be_saved_says_so(open_window, tmp_path):
    window = open_window(says("x"))
    window.tables.write(table(("a",)), tmp_path / "missing" / "t.csv", "")
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "t.csv could not be written."
