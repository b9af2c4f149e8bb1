"""A canvas remembers what it drew and where."""

import io

import numpy as np
import pytest
from PIL import Image

from nearling.bench.canvas import Align, Box, Canvas, Sheet
from nearling.bench.damage import Wear, photograph
from nearling.bench.fonts import DEVELOP


def pixels(sheet: Sheet) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(sheet.picture)).convert("L"), dtype=float)


def darkest(sheet: Sheet, box: Box) -> float:
    left, top, right, bottom = (round(edge) for edge in box)
    return float(pixels(sheet)[top:bottom, left:right].min())


def page() -> Canvas:
    return Canvas(500, 300, DEVELOP.sans, size=22)


@pytest.mark.parametrize("align", ["left", "right", "middle"])
def test_the_ink_stays_in_the_box_and_touches_its_sides(align: Align) -> None:
    canvas = page()
    box = canvas.text(250, 100, "Jagd ÄQ", align=align)
    rows, columns = np.nonzero(pixels(canvas.sheet()) < 128)
    assert box[1] <= rows.min()
    assert rows.max() <= box[3]
    assert abs(columns.min() - box[0]) <= 2
    assert abs(columns.max() - box[2]) <= 2


def test_a_box_is_as_high_with_tall_letters_as_without() -> None:
    canvas = page()
    low, tall = canvas.text(10, 10, "aaa"), canvas.text(10, 80, "Äg|")
    assert low[3] - low[1] == tall[3] - tall[1]


def test_a_right_aligned_price_ends_at_its_column() -> None:
    canvas = page()
    canvas.row(40, [(20, "Bread"), (480, "2.40", "right")])
    label, price = canvas.sheet().lines
    assert (label.text, price.text) == ("Bread", "2.40")
    assert label.box[1] == price.box[1]
    assert abs(price.box[2] - 480) <= 1


def test_a_paragraph_is_remembered_line_by_line_within_its_width() -> None:
    canvas = page()
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    below = canvas.paragraph(20, 20, words, 200)
    lines = canvas.sheet().lines
    assert len(lines) > 2
    assert " ".join(line.text for line in lines) == words
    assert all(line.box[2] <= 221 for line in lines)
    assert below >= lines[-1].box[3]


def test_a_table_leaves_empty_cells_out() -> None:
    canvas = page()
    canvas.table(20, [(20, "left"), (300, "right")], [("Tea", "3"), ("", "4")])
    assert [line.text for line in canvas.sheet().lines] == ["Tea", "3", "4"]


def test_the_picture_is_png_of_the_size_told() -> None:
    sheet = page().sheet()
    picture = Image.open(io.BytesIO(sheet.picture))
    assert (picture.format, picture.size) == ("PNG", sheet.size)


def test_a_photo_is_repeatable_and_another_seed_is_another_photo() -> None:
    canvas = page()
    canvas.text(30, 30, "The same")
    sheet = canvas.sheet()
    assert photograph(sheet, 5) == photograph(sheet, 5)
    assert photograph(sheet, 5).lines != photograph(sheet, 6).lines


def test_a_photo_carries_the_boxes_with_the_ink() -> None:
    canvas = Canvas(600, 400, DEVELOP.sans, size=22)
    for x, y in ((20, 20), (480, 20), (20, 350), (480, 350), (260, 180)):
        canvas.text(x, y, "Xylophon")
    for seed in range(6):
        photo = photograph(canvas.sheet(), seed, Wear(turn=4.0, tilt=0.05))
        for line in photo.lines:
            left, top, right, bottom = line.box
            assert 0 <= left < right <= photo.size[0]
            assert 0 <= top < bottom <= photo.size[1]
            # Dark ink inside, none of it just left and right of the box.
            inside = darkest(photo, line.box)
            beside = min(
                darkest(photo, (left - 8, top + 6, left - 3, bottom - 6)),
                darkest(photo, (right + 3, top + 6, right + 8, bottom - 6)),
            )
            assert inside + 50 < beside


def test_a_photo_keeps_the_number_and_words_of_the_lines() -> None:
    canvas = page()
    canvas.lines(20, 20, ["first", "", "second"])
    photo = photograph(canvas.sheet(), 1)
    assert [line.text for line in photo.lines] == ["first", "second"]
    assert Image.open(io.BytesIO(photo.picture)).format == "JPEG"
