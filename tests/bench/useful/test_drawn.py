"""Screens can be read, and pictures without text are what their descriptions say."""

from __future__ import annotations

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from nearling.bench.useful.drawn import blank, screen
from nearling.bench.useful.questions import Blank, Screen

TEXT = "\n$ ls\n\nls: cannot open: Permission denied\n"


def picture(**more: object) -> Blank:
    told = {
        "name": "flag.png",
        "width": 600,
        "height": 400,
        "format": "png",
        "colours": (("green", 0.5), ("white", 0.3), ("red", 0.2)),
        "pattern": "blocks",
        "blurred": False,
        "question": (),
    }
    return Blank(**{**told, **more})  # type: ignore[arg-type]


def drawn(**more: object) -> Image.Image:
    return Image.open(io.BytesIO(blank(picture(**more))))


def share(image: Image.Image, colour: str) -> float:
    pixels = np.asarray(image.convert("RGB"))
    same = (pixels == np.array(tuple(bytes.fromhex(colour)))).all(axis=-1)
    return float(same.mean())


def test_a_screen_is_a_picture_and_its_photo_another() -> None:
    plain, photo = (screen(Screen(form, TEXT, "")) for form in ("picture", "photo"))
    assert Image.open(io.BytesIO(plain)).format == "PNG"
    taken = Image.open(io.BytesIO(photo))
    assert taken.format == "JPEG"
    assert taken.width > Image.open(io.BytesIO(plain)).width
    assert screen(Screen("photo", TEXT, "")) == photo


@pytest.mark.parametrize("format", ["png", "jpeg", "webp"])
def test_size_format_and_camera(format: str) -> None:
    image = drawn(format=format, camera=("Canon", "EOS 80D"), taken="2026:03:08 09:15:00")
    assert (image.format, image.size) == (format.upper(), (600, 400))
    exif = image.getexif()
    assert (exif[0x010F], exif[0x0110]) == ("Canon", "EOS 80D")
    assert exif.get_ifd(0x8769)[0x9003] == "2026:03:08 09:15:00"
    assert not drawn().getexif()


@pytest.mark.parametrize("pattern", ["blocks", "stripes", "noise"])
def test_each_colour_takes_its_share(pattern: str) -> None:
    image = drawn(pattern=pattern)
    for colour, meant in (("2e9e3e", 0.5), ("fafafa", 0.3), ("d02020", 0.2)):
        assert share(image, colour) == pytest.approx(meant, abs=0.02)


def test_a_gradient_goes_from_the_first_colour_to_the_last() -> None:
    image = drawn(pattern="gradient").convert("RGB")
    assert image.getpixel((300, 0)) == (0x2E, 0x9E, 0x3E)
    assert image.getpixel((300, 399)) == (0xD0, 0x20, 0x20)


def test_a_blurred_picture_has_no_edges() -> None:
    def sharpest(image: Image.Image) -> int:
        return int(np.abs(np.diff(np.asarray(image.convert("L"), dtype=int), axis=0)).max())

    assert sharpest(drawn(blurred=True)) < sharpest(drawn()) / 3


def test_blurred_grains_keep_their_colours() -> None:
    pixels = np.asarray(drawn(pattern="noise", blurred=True).convert("RGB"), dtype=int)
    for colour, meant in (("2e9e3e", 0.5), ("fafafa", 0.3), ("d02020", 0.2)):
        away = np.abs(pixels - np.array(tuple(bytes.fromhex(colour)))).max(axis=-1)
        assert (away < 60).mean() > meant / 2


def test_a_code_can_be_read() -> None:
    found = zxingcpp.read_barcodes(drawn(qr="HALL-7").convert("RGB"))
    assert [code.text for code in found] == ["HALL-7"]


def test_a_colour_that_nobody_mixed_is_named() -> None:
    with pytest.raises(KeyError, match="mauve"):
        blank(picture(colours=(("mauve", 1.0),)))
