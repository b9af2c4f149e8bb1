"""Pictures drawn here are read as they were drawn: words, places, order, tables, codes."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled
from nearling.core.geometry import Box
from nearling.core.reading import Reading
from nearling.engines.local.rapid_reader import RapidReader, reader_id
from scripted.sketches import Sketch, capture, encoded, sketch

Read = Callable[[Image.Image], Reading]

TURNS = {
    0: None,
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}
"""Pillow turns counter-clockwise: so many degrees clockwise make the picture upright again."""


def letter() -> Sketch:
    drawing = sketch(720, 260)
    drawing.text(30, 20, "Mill Lane Housing", 26)
    drawing.text(30, 80, "The rent of 842.50 EUR is due on 3 June.")
    drawing.text(30, 120, "Please quote contract HX-20481 when you pay.")
    drawing.text(30, 200, "Questions? Call 0113 496 0817.", 14)
    return drawing


def timetable() -> Sketch:
    drawing = sketch(760, 330)
    rows = [
        ("Destination", "Platform", "Leaves", "Price"),
        ("Ashford", "4", "09:41", "12.50"),
        ("Lower Bramley", "11", "09:58", "7.20"),
        ("Kings Park", "", "10:05", "103.00"),
        ("Ludlow", "2", "10:17", "9.90"),
    ]
    for number, (name, platform, leaves, price) in enumerate(rows):
        y = 20 + 56 * number
        drawing.text(30, y, name)
        if platform:
            drawing.text(380, y, platform, align="right")
        drawing.text(470, y, leaves)
        drawing.text(720, y, price, align="right")
    return drawing


def places(drawing: Sketch, reading: Reading) -> list[float]:
    """How well each drawn box is met by the line that says its text."""
    said = {line.text: line.box for line in reading.lines}
    return [box.overlap(said.get(text, Box(0, 0, 0, 0))) for text, box in drawing.drawn]


def test_words_places_and_order(read: Read) -> None:
    drawing = letter()
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert min(places(drawing, reading)) > 0.7
    assert min(line.score for line in reading.lines) > 0.9
    assert (reading.width, reading.height, reading.rotation) == (720, 260, 0)
    assert reading.engine == reader_id()
    assert reading.tables == reading.codes == ()


@pytest.mark.parametrize(("ground", "ink"), [("#1e1e1e", "#d4d4d4"), ("#2b5fa8", "#ffffff")])
def test_light_text_on_a_dark_ground(read: Read, ground: str, ink: str) -> None:
    drawing = sketch(620, 120, ground)
    drawing.text(20, 20, "BuildError: missing header zlib.h", 13, ink=ink)
    drawing.text(20, 70, "process exited with code 3", 10, ink=ink)
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert min(places(drawing, reading)) > 0.6


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("draw", [letter, timetable])
def test_a_turned_picture_reads_like_the_upright_one(read: Read, draw, degrees: int) -> None:
    drawing = draw()
    upright = read(drawing.image)
    image = drawing.image.transpose(TURNS[degrees])
    reading = read(image)
    assert reading.rotation == degrees
    assert (reading.width, reading.height) == image.size
    assert [line.text for line in reading.lines] == [line.text for line in upright.lines]
    assert len(reading.tables) == len(upright.tables)
    grey = np.asarray(image.convert("L"))
    for line in reading.lines:
        box = line.box
        assert grey[box.top : box.bottom, box.left : box.right].min() < 128
        # The text's own top left corner, wherever the turn has put it.
        start = {90: (0, 1), 180: (1, 1), 270: (1, 0)}[degrees]
        x, y = line.polygon[0]
        assert abs(x - (box.right if start[0] else box.left)) <= 2
        assert abs(y - (box.bottom if start[1] else box.top)) <= 2


def test_a_table_keeps_its_rows_columns_and_gaps(read: Read) -> None:
    reading = read(timetable().image)
    (table,) = reading.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Destination", "Platform", "Leaves", "Price"],
        ["Ashford", "4", "09:41", "12.50"],
        ["Lower Bramley", "11", "09:58", "7.20"],
        ["Kings Park", "", "10:05", "103.00"],
        ["Ludlow", "2", "10:17", "9.90"],
    ]
    assert table.header
    assert table.rows[3][1].box is None
    for row in table.rows:
        for cell in row:
            assert cell.text == " ".join(reading.lines[number].text for number in cell.lines)


def test_columns_are_read_one_after_the_other(read: Read) -> None:
    drawing = sketch(1000, 300)
    columns = (
        ("Rain is expected in the north until", "late in the evening, with strong winds",
         "along the coast and snow on high", "ground. Roads may be closed at night."),
        ("The council voted on Tuesday to keep", "the old bridge open for people on foot",
         "while the new one is being built. Work", "will begin in the spring of next year."),
    )  # fmt: skip
    drawing.text(30, 20, "News of the day", 30)
    for x, lines in zip((30, 530), columns, strict=True):
        for number, line in enumerate(lines):
            drawing.text(x, 100 + 28 * number, line, 20)
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert [line.block for line in reading.lines] == [0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert reading.tables == ()


def test_a_label_and_its_far_value_are_two_lines_side_by_side(read: Read) -> None:
    drawing = sketch(420, 220)
    for number, (label, price) in enumerate(
        (("Rye bread", "3.10"), ("Milk", "1.29"), ("Sum", "4.39"))
    ):
        drawing.text(30, 20 + 40 * number, label, 20)
        drawing.text(190, 20 + 40 * number, price, 20, align="right")
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert min(places(drawing, reading)) > 0.6


def test_small_text_on_a_whole_screen(read: Read) -> None:
    drawing = sketch(1920, 1080, "#f4f4f4")
    for number in range(3):
        drawing.text(
            60 + 600 * number, 90 + 300 * number, f"Backup {number} finished at 09:4{number}", 12
        )
    drawing.text(1780, 1050, "14.05.2024", 12)
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert min(places(drawing, reading)) > 0.6


def test_a_long_page_keeps_its_small_lines(read: Read) -> None:
    drawing = sketch(500, 4000)
    for number in range(13):
        drawing.text(
            20, 40 + 300 * number, f"Section {number + 1} begins on page {3 * number + 2}", 13
        )
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]


def test_a_slanted_page_keeps_its_rows(read: Read) -> None:
    image = timetable().image.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    reading = read(image)
    assert reading.rotation == 0
    (table,) = reading.tables
    assert [cell.text for cell in table.rows[2]] == ["Lower Bramley", "11", "09:58", "7.20"]


def test_text_along_an_axis_is_read_beside_level_text(read: Read) -> None:
    drawing = letter()
    label = Image.new("RGB", (220, 40), "white")
    aside = Sketch(label)
    aside.text(10, 8, "Rainfall in mm", 20)
    drawing.image.paste(label.transpose(Image.Transpose.ROTATE_90), (660, 20))
    reading = read(drawing.image)
    assert reading.rotation == 0
    assert "Rainfall in mm" in [line.text for line in reading.lines]


def test_codes_are_found_where_they_are(read: Read) -> None:
    image = Image.new("RGB", (1920, 1080), "white")
    code = zxingcpp.create_barcode("https://example.org/pay?id=4711", zxingcpp.BarcodeFormat.QRCode)
    image.paste(Image.fromarray(np.array(code.to_image(scale=2))), (1500, 700))
    line = zxingcpp.create_barcode("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    image.paste(Image.fromarray(np.array(line.to_image(scale=2))), (200, 100))
    reading = read(image)
    assert [(code.text, code.format) for code in reading.codes] == [
        ("4006381333931", "EAN13"),
        ("https://example.org/pay?id=4711", "QRCode"),
    ]
    assert Box(1500, 700, 1566, 766).overlap(reading.codes[1].box) > 0.5


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (640, 480)])
def test_a_picture_without_text_reads_as_empty(read: Read, size: tuple[int, int]) -> None:
    reading = read(Image.new("RGB", size, "#88aacc"))
    assert reading.lines == reading.tables == reading.codes == ()
    assert (reading.width, reading.height) == size


def test_a_photo_without_text_reads_as_empty(read: Read) -> None:
    chance = np.random.default_rng(5)
    clouds = Image.fromarray(chance.integers(0, 255, (12, 16, 3), np.uint8))
    reading = read(clouds.resize((1280, 960), Image.Resampling.BICUBIC))
    assert reading.lines == ()
    assert reading.rotation == 0


def test_cancelled_before_it_begins(reader: RapidReader) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        reader.read(capture(encoded(Image.new("RGB", (9, 9)))), cancellation)


def test_naming_the_reader_loads_no_runtime() -> None:
    heavy = ("numpy", "cv2", "onnxruntime", "rapidocr", "zxingcpp", "PIL")
    script = (
        "import sys; from nearling.engines.local.rapid_reader import reader_id; print(reader_id());"
        f"print(*(set({heavy!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    name, loaded = done.stdout.split("\n")[:2]
    assert name.startswith("rapidocr 3.")
    assert loaded == ""


def test_reading_is_silent_and_does_without_the_package_s_own_code(tmp_path) -> None:
    picture = sketch(300, 60)
    picture.text(10, 10, "Total 12.50", 20)
    (tmp_path / "a.png").write_bytes(encoded(picture.image))
    script = (
        "import sys, pathlib; from nearling.core.media import Capture, Medium;"
        "from nearling.core.cancellation import Cancellation;"
        "from nearling.engines.local.rapid_reader import RapidReader;"
        f"data = pathlib.Path({str(tmp_path / 'a.png')!r}).read_bytes();"
        "RapidReader(1).read(Capture(Medium.PICTURE, 'a.png', data), Cancellation());"
        "assert not {'rapidocr', 'urllib3', 'ssl'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_ruling_lines_do_not_join_or_become_text(read: Read) -> None:
    drawing = timetable()
    pen = ImageDraw.Draw(drawing.image)
    for number in range(6):
        pen.line((20, 10 + 56 * number, 740, 10 + 56 * number), fill="#444444")
    for x in (20, 260, 420, 600, 740):
        pen.line((x, 10, x, 290), fill="#444444")
    reading = read(drawing.image)
    assert [line.text for line in reading.lines] == [text for text, _ in drawing.drawn]
    assert min(places(drawing, reading)) > 0.5
    assert len(reading.tables) == 1
