"""What is measured in a picture, and what is taken from its file, is right or not said."""

import io
from time import thread_time

import cv2
import numpy as np
import pytest
from PIL import Image

from nearling.core.media import Capture, Medium
from nearling.core.reading import Colour
from nearling.engines.local.look import look_at
from nearling.engines.local.picture_decoding import decode
from nearling.settings.assets import assets

CAMERA = {271: "Nikon\x00", 272: "Nikon Z 5\n<b>", 306: "2020:01:01 00:00:00"}
MOMENT = {36867: "2026:05:03 14:20:07"}
PLACE = {1: "N", 2: (51.0, 20.0, 24.0), 3: "W", 4: (12.0, 22.0, 30.0)}


def taken(pixels, *, kind="JPEG", notes=(), moment=(), place=()):
    image, kept = Image.fromarray(pixels), io.BytesIO()
    exif = Image.Exif()
    exif.update(notes)
    exif.get_ifd(0x8769).update(moment)
    exif.get_ifd(0x8825).update(place)
    image.save(kept, kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {}))
    return Capture(Medium.PICTURE, "a picture", kept.getvalue())


def look(picture):
    return look_at(picture, decode(picture))


def plain(*colour, size=(120, 160)):
    return np.full((*size, 3), colour, np.uint8)


def discs(seed=1):
    """Something like a photograph: many things before a shaded ground."""
    random = np.random.default_rng(seed)
    pixels = np.repeat(np.linspace(60, 180, 1200).astype(np.uint8)[None], 900, 0)
    pixels = np.ascontiguousarray(np.stack([pixels] * 3, 2))
    for _disc in range(60):
        colour = [int(value) for value in random.integers(0, 255, 3)]
        at = (int(random.integers(0, 1200)), int(random.integers(0, 900)))
        cv2.circle(pixels, at, int(random.integers(10, 120)), colour, -1, cv2.LINE_AA)
    return pixels


def drawn(name):
    data = (assets() / "demo" / name).read_bytes()
    return decode(Capture(Medium.PICTURE, name, data)).copy()


SCENES = {"discs": discs(), "error": drawn("error.png"), "timetable": drawn("timetable.png")}


def noisy(pixels, sigma=5):
    noise = np.random.default_rng(2).normal(0, sigma, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def test_notes_of_the_camera():
    seen = look(taken(discs(), notes=CAMERA, moment=MOMENT, place=PLACE))
    assert (seen.format, seen.camera) == ("JPEG", "Nikon Z 5 b")
    assert seen.taken == "2026-05-03 14:20:07"
    assert (seen.latitude, seen.longitude) == (51.34, -12.375)


def test_a_picture_without_notes_says_nothing_of_them():
    picture = taken(discs(), kind="PNG")
    seen = look(picture)
    assert (seen.format, seen.taken, seen.camera) == ("PNG", "", "")
    assert (seen.latitude, seen.longitude) == (None, None)
    assert seen.bytes == len(picture.data)


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        ({36867: "yesterday"}, {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (1.0, 1.0, 1.0)}),
        ({36867: "0000:00:00 00:00:00"}, {1: "N", 2: (5.0, 0.0, 0.0)}),
        ({36867: 5}, {2: (5.0, 0.0, 0.0), 4: (1.0, 1.0, 1.0)}),
    ],
)
def test_notes_that_cannot_be_are_none(moment, place):
    seen = look(taken(discs(), moment=moment, place=place))
    assert (seen.taken, seen.latitude, seen.longitude) == ("", None, None)


def test_broken_notes_do_no_harm():
    whole = taken(plain(9, 9, 9), notes=CAMERA, moment=MOMENT, place=PLACE).data
    start = whole.index(b"Exif")
    for at in range(start, start + 120, 3):
        data = whole[:at] + b"\xff\x00\xff" + whole[at + 3 :]
        assert look(Capture(Medium.PICTURE, "broken", data)).format == "JPEG"


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((255, 255, 255), "white"), ((0, 0, 0), "black"), ((128, 128, 128), "grey"),
        ((200, 20, 20), "red"), ((250, 140, 10), "orange"), ((240, 220, 40), "yellow"),
        ((30, 160, 60), "green"), ((30, 60, 200), "blue"), ((110, 60, 20), "brown"),
        ((250, 120, 180), "pink"), ((120, 40, 190), "purple"), ((30, 190, 190), "turquoise"),
        ((232, 220, 192), "beige"), ((144, 200, 240), "light blue"), ((16, 40, 108), "dark blue"),
        ((16, 74, 30), "dark green"), ((200, 200, 200), "light grey"), ((70, 70, 70), "dark grey"),
    ],
)  # fmt: skip
def test_colours_by_their_names(colour, name):
    assert look(taken(plain(*colour), kind="PNG")).colours == (Colour(name, 1.0),)


def test_the_larger_share_comes_first_and_the_smallest_is_not_named():
    pixels = plain(255, 255, 255, size=(100, 100))
    pixels[:30] = (30, 60, 200)
    pixels[30:32] = (200, 20, 20)
    assert look(taken(pixels, kind="PNG")).colours == (Colour("white", 0.68), Colour("blue", 0.3))


def test_light_and_dark_of_one_colour_are_that_colour():
    pixels = plain(144, 200, 240, size=(100, 100))
    pixels[:40] = (16, 40, 108)
    assert look(taken(pixels, kind="PNG")).colours == (Colour("blue", 1.0),)


def test_brightness():
    assert look(taken(plain(255, 255, 255), kind="PNG")).brightness == 1.0
    assert look(taken(plain(10, 10, 10), kind="PNG")).brightness < 0.1


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_sharp_looks_sharp(scene):
    pixels = SCENES[scene]
    assert look(taken(pixels)).sharp is True
    assert look(taken(noisy(pixels))).sharp is True


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("sigma", [3.5, 5])
def test_what_is_out_of_focus_looks_blurred(scene, sigma):
    blurred = cv2.GaussianBlur(SCENES[scene], (0, 0), sigma)
    assert look(taken(blurred)).sharp is False
    assert look(taken(noisy(blurred))).sharp is False


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_said_where_it_is_not_sure(scene):
    pixels = SCENES[scene]
    assert look(taken(cv2.GaussianBlur(pixels, (0, 0), 2))).sharp is None
    shaken = np.zeros((15, 15), np.float32)
    shaken[7] = 1 / 15
    assert look(taken(cv2.filter2D(pixels, -1, shaken))).sharp is not True


def stripes(width=40):
    at = np.arange(600) // width % 2
    return np.ascontiguousarray(
        np.broadcast_to((40 + 180 * at)[None, :, None], (500, 600, 3)), np.uint8
    )


def test_stripes_have_edges_in_one_direction():
    assert look(taken(stripes())).sharp is True
    assert look(taken(np.ascontiguousarray(stripes().swapaxes(0, 1)))).sharp is True
    assert look(taken(cv2.GaussianBlur(stripes(), (0, 0), 5))).sharp is False
    # Noise, and anything else that may have been shaken, could hide edges across them.
    assert look(taken(noisy(stripes()))).sharp is None


@pytest.mark.parametrize("sigma", [15, 20])
def test_what_is_far_out_of_focus_looks_blurred(sigma):
    assert look(taken(cv2.GaussianBlur(discs(), (0, 0), sigma))).sharp is False


def test_shading_is_neither_sharp_nor_blurred():
    shaded = np.linspace(0, 255, 900).astype(np.uint8)[:, None, None]
    assert look(taken(np.ascontiguousarray(np.broadcast_to(shaded, (900, 1200, 3))))).sharp is None


def test_a_plain_picture_is_neither_sharp_nor_blurred():
    assert look(taken(plain(90, 90, 90))).sharp is None
    assert look(taken(plain(90, 90, 90, size=(1, 1)), kind="PNG")).sharp is None


def test_a_large_picture_takes_little_time():
    picture = taken(cv2.resize(discs(), (4000, 3000)))
    upright = decode(picture)
    look_at(picture, upright)
    started = thread_time()
    look_at(picture, upright)
    assert thread_time() - started < 1
