"""`nearling read --tables`: what a spreadsheet is given of a picture of a table."""

import csv
import json

import pytest
from PIL import Image, ImageDraw, ImageFont

ROWS = (("Item", "Size", "Price"), ("Lamp", "S", "19.00"), ("Chair", "M", "45.00"))


@pytest.fixture(scope="module")
def prices(tmp_path_factory):
    """A picture of ROWS."""
    sheet = Image.new("RGB", (900, 300), "white")
    pen = ImageDraw.Draw(sheet)
    for number, row in enumerate(ROWS):
        for place, text in enumerate(row):
            pen.text(
                (60 + 300 * place, 40 + 60 * number),
                text,
                fill="black",
                font=ImageFont.load_default(30),
            )
    path = tmp_path_factory.mktemp("tables") / "prices.png"
    sheet.save(path)
    return path


def test_tables_of_several_pictures_in_every_form(product, prices):
    both = product.run("read", prices, prices, "--tables", "csv")
    assert both.code == 0
    first, second = both.out.strip("\n").split("\n\n")
    assert first == second
    assert tuple(map(tuple, csv.reader(first.split("\n")))) == ROWS
    once = product.run("read", prices, "--tables", "json")
    assert json.loads(once.out)["tables"] == [{"header": True, "rows": [list(r) for r in ROWS]}]


def test_a_picture_without_a_table_says_so(product, receipt):
    ended = product.run("read", receipt, "--tables", "tsv")
    assert (ended.code, ended.out) == (0, "")
    assert "No table" in ended.notes
    assert product.run("read", receipt, "--tables", "xml").code == 2
