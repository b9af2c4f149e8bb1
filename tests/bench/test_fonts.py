"""The packaged fonts are there, licensed, and the two groups share no family."""

import dataclasses

import pytest

from nearling.bench.fonts import DEVELOP, FRESH, Face, Faces, folder, load


def faces(group: Faces) -> list[Face]:
    return [getattr(group, field.name) for field in dataclasses.fields(group)]


@pytest.mark.parametrize("face", faces(DEVELOP) + faces(FRESH), ids=lambda face: face.file)
def test_a_face_draws_letters_of_its_own(face: Face) -> None:
    font = load(face, 24)
    # A font without the letter draws the same box for it as for a private-use character.
    missing = bytes(font.getmask("\ue999"))
    for letter in "Aß€ü7":
        assert bytes(font.getmask(letter)) != missing


def test_the_groups_share_no_family() -> None:
    families = [{face.file.split("/")[0] for face in faces(group)} for group in (DEVELOP, FRESH)]
    assert not families[0] & families[1]


def test_every_family_brings_its_licence() -> None:
    for face in faces(DEVELOP) + faces(FRESH):
        family = folder() / face.file.split("/")[0]
        assert "Copyright" in (family / "LICENSE.txt").read_text("utf-8"), face.file


def test_the_fonts_stay_small() -> None:
    sizes = [
        len(file.read_bytes())
        for family in folder().iterdir()
        if family.is_dir()
        for file in family.iterdir()
    ]
    assert sum(sizes) <= 4_000_000
