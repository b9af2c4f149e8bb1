"""Pictures made small enough to be shown: upright, never enlarged, decoded in a child."""

import os

import pytest
from PIL import Image

from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.media import Capture, Medium
from nearling.engines.local.renditions import PictureDecoder
from nearling.engines.pool import Pool
from scripted.sketches import capture, encoded


def test_small_upright_and_never_enlarged():
    image = Image.new("RGB", (400, 200), "red")
    exif = image.getexif()
    exif[0x112] = 6  # held a quarter turn to the right
    turned = capture(encoded(image, "JPEG", exif=exif))
    shown = PictureDecoder().decode(turned, 100, Cancellation())
    assert (shown.width, shown.height) == (50, 100)
    assert (shown.full_width, shown.full_height) == (200, 400)
    assert len(shown.data) == 50 * 100 * 3
    whole = PictureDecoder().decode(turned, 5000, Cancellation())
    assert (whole.width, whole.height) == (200, 400)


def test_pixels_come_from_another_process(tmp_path):
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "log")
    try:
        picture = capture(encoded(Image.new("RGB", (30, 20), (1, 2, 3))))
        shown = pool.decoder.decode(picture, 10, Cancellation())
        assert shown.digest == picture.digest
        assert set(shown.data[:3]) == {1, 2, 3}
        with pytest.raises(UnusableFile):
            pool.decoder.decode(Capture(Medium.PICTURE, "x", os.urandom(100)), 10, Cancellation())
    finally:
        pool.close()
