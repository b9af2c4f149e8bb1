"""`nearling extract` as scripts rely on it: keys, CSV, failures, and going on after a kill."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from scripted.pictures import draw, saved
from scripted.product import Product


def receipt(folder: Path, number: int) -> Path:
    drawn = draw("Corner Shop", f"Date: 1{number}.06.2026", f"Total: {number}.50 EUR")
    return saved(drawn, folder / f"{number}.png")


def rows(out: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(out)))


def test_every_cell_has_its_place(product, receipt):
    ended = product.run("extract", "--fields", "Total, colour,  date", receipt, "--json")
    assert ended.code == 0, ended
    (row,) = ended.json["rows"]
    assert list(row) == ["file", "Total", "colour", "date"]
    assert row["file"] == str(receipt)
    assert (row["colour"], row["date"]) == (None, None)
    total = row["Total"]
    assert (total["text"], total["doubtful"]) == ("12.50 EUR", False)
    left, top, right, bottom = total["box"]
    assert 20 <= left < right <= 640
    assert 100 <= top < bottom <= 184


def test_a_file_that_cannot_be_read_stops_no_other(product, receipt, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"GIF89a")
    files = (broken, tmp_path / "nowhere.png", receipt)
    ended = product.run("extract", "--fields", "total", *files, "--json")
    assert ended.code == 1
    first, second, third = ended.json["rows"]
    assert first["error"]["kind"] == second["error"]["kind"] == "file"
    assert first["total"] is None
    assert third["total"]["text"] == "12.50 EUR"
    ended = product.run("extract", "--fields", "total", *files)
    assert ended.code == 1
    assert "12.50 EUR" in ended.out
    assert "There is no file nowhere.png there." in ended.notes


def test_csv_marks_doubt_and_runs_no_formula(product, tmp_path):
    drawn = draw("Corner Shop", "Date: 03/04/2026", "Note: =1+1", "Total: 9.50 EUR")
    picture = saved(drawn, tmp_path / "=x.png")
    ended = product.run("extract", "--fields", "date,note,total", "--csv", picture)
    assert ended.code == 0, ended
    head, row = rows(ended.out)
    assert head == ["file", "date", "note", "total", "doubtful"]
    assert row[1:] == ["03/04/2026", "'=1+1", "9.50 EUR", "date"]
    ended = product.run("extract", "--fields", "=1+1", "--csv", picture)
    assert rows(ended.out)[0][1] == "'=1+1"


@pytest.mark.parametrize(
    "words",
    [("--fields", " , "), ("--fields", "file"), ("--fields", "date,error"), ()],
    ids=" ".join,
)
def test_fields_that_cannot_be(product, receipt, words):
    ended = product.run("extract", *words, receipt, "--json")
    assert ended.code == 2
    assert ended.error["kind"] in ("question", "usage")


def test_csv_or_json(product, receipt):
    ended = product.run("extract", "--fields", "total", "--csv", "--json", receipt)
    assert ended.code == 2


def test_killed_it_goes_on_where_it_was(product: Product, tmp_path):
    files = [receipt(tmp_path, number) for number in range(5)]
    running = product.start("extract", "--fields", "total,date", "--csv", *files)
    assert running.stdout is not None
    # A row is said once it is kept.
    said = [running.stdout.readline() for _ in range(3)]
    running.kill()
    running.communicate(timeout=60)
    assert said[0].startswith(b"file,total,date")
    ended = product.run("extract", "--fields", "total,date", *files, "--json")
    assert ended.code == 0, ended
    assert 2 <= ended.json["known"] <= 5
    texts = [(row["total"]["text"], row["date"]["text"]) for row in ended.json["rows"]]
    assert texts == [(f"{n}.50 EUR", f"1{n}.06.2026") for n in range(5)]
    told = product.run("extract", "--fields", "total,date", *files)
    assert "5 files had been finished by an earlier run." in told.notes
