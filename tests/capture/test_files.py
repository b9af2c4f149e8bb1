"""Files are taken as they are, or refused with what is wrong with them."""

import os

import pytest

from nearling.capture.files import (
    LARGEST_PICTURE,
    capture_clip,
    capture_file,
    capture_input,
    capture_picture,
)
from nearling.core.errors import UnusableFile
from nearling.core.media import Medium


def test_a_file_is_taken_byte_for_byte(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"anything")
    capture = capture_picture(path)
    assert (capture.medium, capture.name, capture.data) == (Medium.PICTURE, "a.png", b"anything")


def test_a_link_is_followed(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "link.png").symlink_to("a.png")
    assert capture_picture(tmp_path / "link.png").data == b"x"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(LARGEST_PICTURE + 1)
    with pytest.raises(UnusableFile, match="268 MB"):
        capture_picture(path)


@pytest.mark.parametrize(
    ("name", "medium"),
    [
        ("a.wav", Medium.CLIP),
        ("a.MP3", Medium.CLIP),
        ("a.m4a", Medium.CLIP),
        ("a.mkv", Medium.CLIP),
        ("a.flac", Medium.CLIP),
        ("a.ogg", Medium.CLIP),
        ("a.mp4", Medium.CLIP),
        ("a.opus", Medium.CLIP),
        ("a.webm", Medium.CLIP),
        ("a.webp", Medium.PICTURE),
        ("a.pdf", Medium.DOCUMENT),
        ("a.docx", Medium.DOCUMENT),
        ("a", Medium.PICTURE),
    ],
)
def test_a_dropped_file_is_what_its_ending_says(tmp_path, name, medium):
    (tmp_path / name).write_bytes(b"\0")
    assert capture_file(tmp_path / name).medium is medium


@pytest.mark.parametrize(
    ("name", "begins", "medium"),
    [
        ("lease.png", b"%PDF-1.7\n", Medium.DOCUMENT),
        ("scan", b"\n\n%PDF-1.4\n", Medium.DOCUMENT),
        ("talk.mp3", b"PK\x03\x04\x14\0", Medium.DOCUMENT),
        ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", Medium.DOCUMENT),
        ("photo.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF", Medium.PICTURE),
        ("photo.txt", b"RIFF\x10\0\0\0WEBPVP8 ", Medium.PICTURE),
        ("drawing", b"BM\x46\0\0\0\0\0", Medium.PICTURE),
        ("cars", b"BMW, Audi, Opel", Medium.DOCUMENT),
        ("README", "Größe und Länge".encode(), Medium.DOCUMENT),
        ("wide", "Größe".encode("utf-16"), Medium.DOCUMENT),
        ("long", b"x" * 4095 + "ö".encode(), Medium.DOCUMENT),
        ("letters.csv", "Größe;Länge".encode("latin-1"), Medium.DOCUMENT),
        ("noise", b"\x80\x81\x82\x83", Medium.PICTURE),
    ],
)
def test_a_file_is_what_it_begins_with(tmp_path, name, begins, medium):
    (tmp_path / name).write_bytes(begins)
    assert capture_file(tmp_path / name).medium is medium


def test_a_recording_that_cannot_be_taken_is_told_as_one(tmp_path):
    with pytest.raises(UnusableFile, match="not a recording"):
        capture_clip(tmp_path)
    with (tmp_path / "film.mkv").open("wb") as file:
        file.truncate(LARGEST_PICTURE + 1)
    with pytest.raises(UnusableFile, match="recordings up to"):
        capture_clip(tmp_path / "film.mkv")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableFile):
        capture_picture(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["missing", "folder", "empty", "x" * 300, "a\0b", "loop"])
def test_what_is_no_file_is_told(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnusableFile) as caught:
        capture_picture(tmp_path / name)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "medium"),
    [
        (b"\x89PNG\r\n\x1a\n", Medium.PICTURE),
        (b"%PDF-1.7", Medium.DOCUMENT),
        ("Überweisung: 12,50".encode(), Medium.DOCUMENT),
        (b"RIFF\0\0\0\0WAVE", Medium.CLIP),
    ],
)
def test_what_comes_without_a_name_is_what_it_holds(data, medium):
    capture = capture_input(data)
    assert (capture.medium, capture.name, capture.data) == (medium, "standard input", data)


@pytest.mark.parametrize(
    ("data", "told"),
    [(b" \n", "Nothing came"), (b"%PDF-" + bytes(LARGEST_PICTURE), "standard input has 268 MB")],
    ids=["nothing", "too much"],
)
def test_too_little_and_too_much_without_a_name_is_told(data, told):
    with pytest.raises(UnusableFile, match=told):
        capture_input(data)
