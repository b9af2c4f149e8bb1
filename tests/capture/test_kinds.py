"""A file is what is in it, whatever it is called."""

import os

import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import FORMS, built
from nearling.capture.files import capture_document, capture_file
from nearling.capture.kinds import LOOKED_AT, medium_of
from nearling.core.errors import UnusableFile
from nearling.core.media import Medium
from nearling.settings.assets import assets
from scripted.pictures import draw

PAGE = Described("Some words that are long enough to be read.")


@pytest.mark.parametrize("form", FORMS)
def test_forms(tmp_path, form):
    path = tmp_path / "a.mp3"
    path.write_bytes(built(form, "a", [PAGE]))
    wanted = Medium.PICTURE if form in ("picture", "photo") else Medium.DOCUMENT
    capture = capture_file(path)
    assert (capture.medium, capture.data) == (wanted, path.read_bytes())


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures(tmp_path, format):
    path = tmp_path / "a.txt"
    draw("word").convert("RGB").save(path, format)
    assert capture_file(path).medium is Medium.PICTURE


def test_a_recording(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes((assets() / "hello.wav").read_bytes())
    assert capture_file(path).medium is Medium.CLIP


@pytest.mark.parametrize(
    "head",
    [
        b"ID3\x04",
        b"\xff\xfb\x90\x00",
        b"OggS\x00",
        b"fLaC\x00",
        b"\0\0\0\x20ftypM4A ",
        b"\x1aE\xdf\xa3",
    ],
)
def test_sounds(head):
    assert medium_of("a", head + bytes(100)) is Medium.CLIP


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
def test_text(encoding):
    assert medium_of("a", "BMW fährt, GIF8 nicht".encode(encoding)) is Medium.DOCUMENT


def test_what_is_nothing_known_is_what_it_is_called(tmp_path):
    for name, wanted in (("a.mp3", Medium.CLIP), ("a.pdf", Medium.DOCUMENT)):
        (tmp_path / name).write_bytes(b"\x07\0\x01\0" * LOOKED_AT)
        assert capture_file(tmp_path / name).medium is wanted


@pytest.mark.parametrize("name", ["missing", "folder", "empty", "pipe", "a\0b"])
def test_what_is_no_file_is_told(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for capture in (capture_file, capture_document):
        with pytest.raises(UnusableFile) as caught:
            capture(tmp_path / name)
        assert caught.value.remedy
