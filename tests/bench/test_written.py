"""The written questions are read as they are meant, and answers to them judged as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearling.bench.written.asking import written_figures, written_questions
from nearling.bench.written.documents import laid_out, questions
from nearling.core.events import Declined, Delta, Finished
from scripted.engines import ScriptedWriter

MATERIAL = Path(__file__).parents[2] / "models/quoting/material"
SHOP = """=== shop
# Corner Shop
Item | Price
Bread | 2.50
Milk | 1.20

? en money | How much was the bread? | 2.50
? de money | Was kostet das Brot? >> und die Milch? | 1.20
? en none | Who served us? | -
"""


def test_a_block_is_a_document_with_its_questions() -> None:
    bread, milk, nobody = questions(SHOP)
    assert (bread.before, bread.question, bread.answer) == ("", "How much was the bread?", "2.50")
    assert (milk.before, milk.question) == ("Was kostet das Brot?", "und die Milch?")
    assert nobody.answer is None
    title, item, price, *_ = bread.reading.lines
    assert title.text == "Corner Shop"
    assert title.box.bottom - title.box.top > item.box.bottom - item.box.top
    assert item.box.top == price.box.top
    assert price.box.left > max(line.box.right for line in bread.reading.lines[1::2])


def test_columns_stand_under_each_other() -> None:
    lines = laid_out("t", ["a | b", "much longer | d"]).lines
    assert lines[1].box.left == lines[3].box.left > lines[2].box.right


@pytest.mark.parametrize("line", ["? en | no kind | x", "? en money | Which? | 9.99"])
def test_what_cannot_be_understood_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="shop"):
        questions(SHOP + line + "\n")


@pytest.mark.parametrize("file", sorted(MATERIAL.glob("*.txt")), ids=lambda file: file.stem)
def test_the_material_can_be_read(file: Path) -> None:
    found = questions(file.read_text(encoding="utf-8"))
    assert len(found) > 200
    assert any(each.answer is None for each in found)


def test_the_held_out_questions_are_no_material() -> None:
    held_out = {each.question for each in written_questions()}
    assert len(held_out) > 150
    material = [q for file in MATERIAL.glob("*.txt") for q in questions(file.read_text("utf-8"))]
    both = {each.question for each in material} & held_out
    # Short everyday questions are asked of more than one document.
    assert len(both) < len(held_out) / 20


def test_right_wrong_refused_and_made_up_are_told_apart() -> None:
    asked = questions(SHOP)
    right, made_up = written_figures(ScriptedWriter(Delta("2.50"), Finished(0, 0)), asked)
    assert (right.name, right.value, made_up.value) == ("read.written_right", 0.5, 1.0)
    assert "1 right, 1 wrong, 0 refused" in right.note
    right, made_up = written_figures(ScriptedWriter(Declined("no")), asked)
    assert (right.value, made_up.value) == (0.0, 0.0)
    assert "0 wrong, 2 refused" in right.note
