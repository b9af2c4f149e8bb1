"""A picture that leaves is a new one: its pixels as far as they are shown, and nothing else."""

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, UnusableFile
from nearling.core.geometry import Box
from nearling.core.outgoing import CleanPicture, Disclosure, PictureEdit
from nearling.engines.local.cleaning import LONGEST, PictureCleaner
from nearling.engines.local.picture_decoding import decode
from nearling.engines.local.rapid_reader import RapidReader
from nearling.engines.pool import Pool
from scripted import planted
from scripted.pictures import png_header
from scripted.sketches import Sketch, capture, encoded, sketch

WHOLE = PictureEdit("", Disclosure.WHOLE)
SOURCE_TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera holds what its note turns upright."""


def clean(data: bytes, edit: PictureEdit = WHOLE) -> CleanPicture:
    return PictureCleaner().clean(capture(data), edit, Cancellation())


def masked(*masks: Box, region: Box | None = None) -> PictureEdit:
    return PictureEdit("", Disclosure.MASKED, region, masks)


def pixels(made: CleanPicture) -> np.ndarray:
    with Image.open(io.BytesIO(made.data), formats=["JPEG"]) as image:
        assert (image.width, image.height) == (made.width, made.height)
        return np.asarray(image.convert("RGB")).astype(int)


def segments(jpeg: bytes) -> list[int]:
    """The marker of each segment; fails where anything stands before, between or behind them."""
    assert jpeg[:2] == b"\xff\xd8"
    found, place = [], 2
    while True:
        assert jpeg[place] == 0xFF
        marker = jpeg[place + 1]
        found.append(marker)
        (length,) = struct.unpack(">H", jpeg[place + 2 : place + 4])
        place += 2 + length
        if marker == 0xDA:
            break
    end = jpeg.index(b"\xff\xd9", place)
    assert end + 2 == len(jpeg)
    return found


def noise(width: int, height: int, seed: int) -> Image.Image:
    levels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(levels)


def letter() -> Sketch:
    drawing = sketch(720, 300)
    drawing.text(30, 20, "Mill Lane Housing", 26)
    drawing.text(30, 90, "Tenant", 22)
    drawing.text(200, 90, "Wilhelmina Oakenshaw", 22)
    drawing.text(30, 160, "Contract", 22)
    drawing.text(200, 160, "HX-20481", 22)
    return drawing


def box_of(drawing: Sketch, text: str) -> Box:
    return next(box for said, box in drawing.drawn if said == text)


@pytest.mark.parametrize("kind", sorted(planted.FILES))
def test_nothing_planted_leaves(kind: str) -> None:
    file = planted.FILES[kind](Image.effect_noise((90, 60), 40).convert("RGB"))
    marker = planted.MARKER.encode()
    assert marker in file
    made = clean(file)
    assert (made.width, made.height) == (90, 60)
    for spelt in (marker, planted.MARKER.encode("utf-16-le"), planted.MARKER.encode("utf-16-be")):
        assert spelt not in made.data
    # JFIF head, tables, one frame, one scan: no EXIF, XMP, ICC (APP1, APP2) and no comment (COM).
    assert set(segments(made.data)) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
    with Image.open(io.BytesIO(made.data)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", sorted(planted.FILES))
def test_the_first_frame_is_what_leaves(kind: str) -> None:
    """A second picture in the file, a thumbnail, a film: all of them are red."""
    made = pixels(clean(planted.FILES[kind](Image.new("RGB", (90, 60), "white"))))
    assert made.min() > 245


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_count_in_the_upright_picture(orientation: int) -> None:
    upright = Image.new("RGB", (120, 80), "white")
    upright.paste((200, 30, 40), (0, 0, 40, 40))
    turn = SOURCE_TURNS[orientation]
    held = upright if turn is None else upright.transpose(turn)
    file = encoded(held, "JPEG", quality=95, exif=planted.exif(orientation))
    made = pixels(clean(file, masked(Box(80, 0, 120, 40))))
    assert made.shape == (80, 120, 3)
    assert abs(made[20, 20] - (200, 30, 40)).max() < 12
    assert made[20, 100].max() < 12
    assert made[60, 60].min() > 240
    corner = pixels(clean(file, PictureEdit("", Disclosure.REGION, Box(4, 4, 36, 36))))
    assert corner.shape == (32, 32, 3)
    assert abs(corner - (200, 30, 40)).max() < 30


@pytest.mark.parametrize("size", [(300, 200), (3000, 2000), (4001, 37)])
def test_nothing_masked_can_be_told_from_what_leaves(size: tuple[int, int]) -> None:
    """Two pictures that differ in the masked place alone leave as the same bytes."""
    ground = noise(*size, seed=1)
    box = Box(51, 11, 173, 30)
    made = set()
    for seed in (2, 3):
        picture = ground.copy()
        picture.paste(noise(box.width, box.height, seed), (box.left, box.top))
        made.add(clean(encoded(picture), masked(box)).data)
    assert len(made) == 1
    assert clean(encoded(picture)).data not in made


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_nothing_masked_is_left_in_the_blocks_of_a_jpeg(orientation: int, subsampling: str) -> None:
    """A JPEG smears what is in a box over its surroundings, as far as its blocks reach."""
    turn = SOURCE_TURNS[orientation]
    box = Box(53, 37, 90, 61)
    made = set()
    for seed in (2, 3):
        upright = noise(201, 137, seed=1)
        upright.paste(noise(box.width, box.height, seed), (box.left, box.top))
        held = upright if turn is None else upright.transpose(turn)
        exif = planted.exif(orientation)
        file = encoded(held, "JPEG", quality=40, subsampling=subsampling, exif=exif)
        made.add(clean(file, masked(box)).data)
    assert len(made) == 1
    shown = pixels(CleanPicture(201, 137, made.pop()))
    assert shown[37:61, 53:90].max() < 8
    assert shown[:19].mean() > 60
    assert shown[:, 109:].mean() > 60


def test_a_mask_is_one_colour_and_a_pixel_larger_than_its_box() -> None:
    white = encoded(Image.new("RGB", (64, 64), "white"))
    made = pixels(clean(white, masked(Box(17, 17, 31, 31))))
    # The grown box is a whole number of the 16 × 16 pixels that JPEG knows, so its edge is sharp.
    assert made[16:32, 16:32].max() < 4
    assert made[15, :].min() > 251
    assert made[:, 32].min() > 251


def test_nothing_outside_of_the_region_can_be_told_from_what_leaves() -> None:
    part = noise(700, 500, seed=1)
    made = set()
    for seed in (2, 3):
        picture = noise(2400, 1800, seed)
        picture.paste(part, (300, 200))
        edit = PictureEdit("", Disclosure.REGION, Box(300, 200, 1000, 700))
        made.add(clean(encoded(picture), edit).data)
    assert len(made) == 1
    assert made == {clean(encoded(part)).data}


def test_a_region_can_be_masked() -> None:
    white = encoded(Image.new("RGB", (200, 200), "white"))
    made = pixels(clean(white, masked(Box(90, 90, 110, 110), region=Box(80, 80, 160, 140))))
    assert made.shape == (60, 80, 3)
    assert made[20, 20].max() < 8
    assert made[50, 70].min() > 247


@pytest.mark.parametrize(
    ("box", "black"),
    [
        (Box(-50, -50, 20, 20), True),
        (Box(20, 20, 0, 0), True),  # drawn from its last corner to its first
        (Box(20, -9, -9, 20), True),
        (Box(-10_000, -10_000, 10_000, 10_000), True),
        (Box(500, 500, 900, 900), False),
        (Box(-90, -90, -20, -20), False),
    ],
)
def test_a_mask_partly_or_wholly_outside(box: Box, black: bool) -> None:
    made = pixels(clean(encoded(Image.new("RGB", (80, 80), "white")), masked(box)))
    assert (made[10, 10].max() < 8) == black
    assert (made[10, 10].min() > 247) != black


@pytest.mark.parametrize(
    "region",
    [Box(10, 10, 10, 40), Box(40, 40, 10, 10), Box(90, 0, 200, 40), Box(-9, -9, 0, 0)],
)
def test_an_empty_region_is_refused_with_a_sentence(region: Box) -> None:
    edit = PictureEdit("", Disclosure.REGION, region)
    with pytest.raises(UnusableFile, match=r"picture\.png .* is empty\.") as refused:
        clean(encoded(Image.new("RGB", (80, 80))), edit)
    assert refused.value.remedy.endswith(".")


def test_a_region_that_reaches_out_is_cut() -> None:
    edit = PictureEdit("", Disclosure.REGION, Box(60, -40, 900, 30))
    made = clean(encoded(Image.new("RGB", (80, 80))), edit)
    assert (made.width, made.height) == (20, 30)


@settings(max_examples=60)
@given(
    st.tuples(*[st.integers(-40, 120)] * 4).map(lambda sides: Box(*sides)),
    st.lists(st.tuples(*[st.integers(-40, 120)] * 4).map(lambda sides: Box(*sides)), max_size=3),
)
def test_whatever_is_drawn_hides_at_least_that(region: Box, masks: list[Box]) -> None:
    picture = encoded(Image.new("RGB", (80, 60), "white"))
    try:
        made = pixels(clean(picture, masked(*masks, region=region)))
    except UnusableFile:
        assert not region.clipped(80, 60).area
        return
    part = region.clipped(80, 60)
    assert made.shape == (part.height, part.width, 3)
    for mask in masks:
        for x, y in ((mask.left, mask.top), (mask.right - 1, mask.bottom - 1)):
            if part.contains(x, y):
                assert made[y - part.top, x - part.left].max() < 128


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((3136, 1000), (1568, 500)),
        ((1000, 3136), (500, 1568)),
        ((1568, 1568), (1568, 1568)),
        ((20, 30), (20, 30)),
        ((9000, 1), (1568, 1)),
    ],
)
def test_the_longest_side_is_bounded_and_nothing_is_enlarged(
    size: tuple[int, int], made: tuple[int, int]
) -> None:
    out = clean(encoded(Image.new("RGB", size, "white")))
    assert (out.width, out.height) == made
    assert max(pixels(out).shape) <= LONGEST
    assert pixels(out).min() > 247


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LA", "RGBA", "I;16"])
def test_every_mode_leaves_as_it_is_shown(mode: str) -> None:
    drawn = Image.new("RGB", (64, 64), "white")
    drawn.paste("black", (0, 16, 32, 64))
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(drawn.convert("L")).astype(np.uint16) * 257)
    else:
        picture = drawn.convert(mode)
    file = encoded(picture, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    assert abs(pixels(clean(file)) - decode(capture(file)).astype(int)).max() < 12


def test_what_transparency_covers_does_not_leave() -> None:
    """An image program keeps the colours of what was erased; here they differ and are not seen."""
    made = set()
    for seed in (1, 2):
        levels = np.asarray(noise(100, 100, seed).convert("RGBA")).copy()
        levels[..., 3] = 0
        levels[40:60, 40:60] = (0, 0, 0, 255)
        made.add(clean(encoded(Image.fromarray(levels))).data)
    assert len(made) == 1
    picture = pixels(CleanPicture(100, 100, made.pop()))
    assert picture[10, 10].min() > 247
    assert picture[50, 50].max() < 8


def test_the_same_picture_and_edit_give_the_same_bytes(tmp_path) -> None:
    """Here, again, and in a child process: consent is given to bytes."""
    file = planted.FILES["jpeg"](noise(2000, 900, seed=5))
    edit = masked(Box(100, 100, 300, 200), region=Box(50, 50, 1900, 850))
    made = clean(file, edit)
    assert clean(file, edit) == made
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "log")
    try:
        assert pool.cleaner.clean(capture(file), edit, Cancellation()) == made
    finally:
        pool.close()


def test_failures_come_from_the_child_with_their_words(tmp_path) -> None:
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "log")
    try:
        with pytest.raises(UnusableFile, match="50 million pixels"):
            pool.cleaner.clean(capture(png_header(30_000, 30_000)), WHOLE, Cancellation())
        with pytest.raises(UnusableFile, match="not a picture"):
            pool.cleaner.clean(capture(b"no picture at all"), WHOLE, Cancellation())
        nothing = PictureEdit("", Disclosure.REGION, Box(0, 0, 0, 0))
        with pytest.raises(UnusableFile, match="is empty"):
            pool.cleaner.clean(capture(encoded(Image.new("L", (9, 9)))), nothing, Cancellation())
    finally:
        pool.close()


def test_where_no_pixels_are_shown_none_are_made(tmp_path) -> None:
    picture = capture(encoded(Image.new("L", (9, 9))))
    with pytest.raises(ValueError, match="nothing but text"):
        PictureCleaner().clean(picture, PictureEdit(picture.digest), Cancellation())
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "log")
    try:
        with pytest.raises(ValueError, match="nothing but text"):
            pool.cleaner.clean(picture, PictureEdit(picture.digest), Cancellation())
        assert not (tmp_path / "log").exists()
    finally:
        pool.close()


def test_it_can_be_given_up() -> None:
    given_up = Cancellation()
    given_up.cancel()
    with pytest.raises(Cancelled):
        PictureCleaner().clean(capture(encoded(Image.new("L", (9, 9)))), WHOLE, given_up)


def test_a_masked_word_cannot_be_read_any_more_and_its_neighbour_can(reader: RapidReader) -> None:
    drawing = letter()
    file = encoded(drawing.image)
    open_ = clean(file)
    hidden = clean(file, masked(box_of(drawing, "Wilhelmina Oakenshaw")))

    def read(made: CleanPicture) -> str:
        return reader.read(capture(made.data, "leaves.jpg"), Cancellation()).text

    assert "Wilhelmina Oakenshaw" in read(open_)
    text = read(hidden)
    assert "Wil" not in text
    assert "shaw" not in text
    assert "HX-20481" in text
    assert "Mill Lane Housing" in text


def test_only_the_region_can_be_read(reader: RapidReader) -> None:
    drawing = letter()
    box = box_of(drawing, "HX-20481")
    edit = PictureEdit(
        "",
        Disclosure.REGION,
        Box(box.left - 8, box.top - 8, box.right + 8, box.bottom + 8),
    )
    made = clean(encoded(drawing.image), edit)
    assert reader.read(capture(made.data, "leaves.jpg"), Cancellation()).text == "HX-20481"
