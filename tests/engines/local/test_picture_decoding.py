"""Whatever bytes are handed in, they become upright pixels or one calm sentence."""

import io
import struct
import time
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nearling.core.errors import UnusableFile
from nearling.engines.local.picture_decoding import MOST_PIXELS, decode
from scripted.sketches import capture, encoded

RED = (200, 30, 40)


def corner(image: Image.Image, format: str = "PNG", **options: object) -> list[int]:
    pixels = decode(capture(encoded(image, format, **options)))
    assert pixels.dtype == np.uint8
    assert pixels.shape == (image.height, image.width, 3)
    return pixels[0, 0].tolist()


def png_header(width: int, height: int) -> bytes:
    """A PNG of that size according to its header, with only the first bytes of its pixels."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 100)),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "GIF", "WEBP", "JPEG"])
def test_every_format_gives_its_colours(format: str) -> None:
    options = {"lossless": True} if format == "WEBP" else {}
    near = np.abs(np.array(corner(Image.new("RGB", (9, 7), RED), format, **options)) - RED)
    assert near.max() <= 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LA", "RGBA", "PA"])
def test_every_mode_of_a_white_picture_is_white(mode: str) -> None:
    if mode == "PA":
        picture = Image.new("RGBA", (8, 8), "white").quantize(4)
    else:
        picture = Image.new("RGB", (8, 8), "white").convert(mode)
    assert min(corner(picture, "JPEG" if mode == "CMYK" else "PNG")) >= 252


@pytest.mark.parametrize("mode", ["I;16", "I"])
def test_deep_grey_keeps_dark_and_light_apart(mode: str) -> None:
    levels = np.full((20, 20), 60_000, np.uint16)
    levels[:10] = 1_000
    picture = Image.fromarray(levels.astype(np.int32 if mode == "I" else np.uint16))
    pixels = decode(capture(encoded(picture, "TIFF")))
    assert pixels[0, 0, 0] == 0
    assert pixels[-1, -1, 0] == 255


@pytest.mark.parametrize(("ink", "ground"), [("white", 0), ("black", 255)])
def test_a_transparent_picture_lies_on_the_ground_its_ink_can_be_seen_on(
    ink: str, ground: int
) -> None:
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    picture.paste(ink, (5, 5, 9, 9))
    assert corner(picture) == [ground] * 3
    assert corner(picture.convert("LA")) == [ground] * 3


def test_a_palette_picture_with_a_transparent_colour_is_grounded() -> None:
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([0, 0, 0, 10, 10, 10])
    picture.paste(1, (2, 2, 4, 4))
    assert corner(picture, "GIF", transparency=0) == [255] * 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_s_orientation_is_applied(orientation: int) -> None:
    turned = Image.new("RGB", (30, 20), "white")
    # The corner that belongs to the top left once the picture is held upright.
    x, y = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (1, 0)}[
        orientation
    ]
    turned.paste(RED, (20 * x, 10 * y, 20 * x + 10, 10 * y + 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = decode(capture(encoded(turned, exif=exif)))
    assert pixels.shape == ((20, 30, 3) if orientation < 5 else (30, 20, 3))
    assert pixels[0, 0].tolist() == list(RED)


def test_a_broken_orientation_note_leaves_the_picture_as_it_is() -> None:
    picture = Image.new("RGB", (30, 20), RED)
    pixels = decode(capture(encoded(picture, exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff")))
    assert pixels.shape == (20, 30, 3)


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black")]
    assert corner(frames[0], "GIF", save_all=True, append_images=frames[1:]) == [255] * 3
    assert corner(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True) == (
        [255] * 3
    )


def test_progressive_pictures_and_single_pixels_are_fine() -> None:
    assert max(corner(Image.new("RGB", (40, 40), "black"), "JPEG", progressive=True)) <= 3
    assert corner(Image.new("RGB", (1, 1), RED)) == list(RED)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"Dear Anna, the total is 12.50 EUR.", "not a picture"),
        (b"%PDF-1.7 and so on", "not a picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (encoded(Image.effect_noise((90, 90), 60))[:900], "damaged or incomplete"),
        (encoded(Image.effect_noise((90, 90), 60), "JPEG")[:900], "damaged or incomplete"),
        (png_header(200, 200), "damaged or incomplete"),
    ],
)
def test_what_is_no_whole_picture_is_named_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        decode(capture(data, "holiday.png"))
    assert refused.value.sentence.startswith("holiday.png ")
    assert said in refused.value.sentence
    assert refused.value.remedy.endswith(".")


@pytest.mark.alone
@pytest.mark.parametrize("side", [7_072, 12_000, 30_000])
def test_a_picture_too_large_is_refused_by_its_header_alone(side: int) -> None:
    assert side * side > MOST_PIXELS
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(UnusableFile, match="50 million pixels"):
        decode(capture(png_header(side, side)))
    taken = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 0.25
    assert peak < 5_000_000


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"]), st.data())
def test_damaged_bytes_end_in_pixels_or_a_sentence(format: str, data: st.DataObject) -> None:
    whole = bytearray(encoded(Image.linear_gradient("L").resize((24, 16)), format))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))
    length = data.draw(st.integers(0, len(whole)))
    try:
        pixels = decode(capture(bytes(whole[:length])))
    except UnusableFile as refused:
        assert refused.sentence  # noqa: PT017  either outcome is right, a third one is not
    else:
        assert pixels.ndim == 3
        assert pixels.shape[2] == 3


def test_nothing_is_printed_or_warned_about(capsys: pytest.CaptureFixture[str]) -> None:
    picture = Image.new("P", (8, 8))
    picture.info["transparency"] = bytes(range(256))
    decode(capture(encoded(picture)))
    stream = io.BytesIO(encoded(Image.new("RGB", (8, 8)), "TIFF"))
    decode(capture(stream.getvalue()[:-2] + b"\xff\xff"))
    assert capsys.readouterr() == ("", "")
